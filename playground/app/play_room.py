"""The room Play: all of its panels, each in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from playground.model.keys import Level
from playground.model.narration import Narration
from playground.model.stage import Stage
from playground.model.thumbnail import Thumbnail
from widgets.canvas.canvas import Canvas
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.labels import Rule
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.side_column import SideColumn
from widgets.data_panel import DataPanel
from widgets.example_panel import ExamplePanel
from widgets.explanation import ExplanationPanel
from widgets.features_panel import FeaturesPanel
from widgets.findings import Finding, FindingsPanel
from widgets.inspector import InspectorPanel
from widgets.learning_panel import LearningPanel
from widgets.loss_plot import LossPlot
from widgets.maps.brush_bar import BrushBar
from widgets.maps.decision_panel import DecisionPanel
from widgets.offers import Offer
from widgets.outline import Outline
from widgets.results.answers_panel import AnswersPanel
from widgets.results.weights_panel import WeightsPanel
from widgets.runs.runs_panel import RunsPanel
from widgets.stage_area import StageArea
from widgets.style import PANEL_MARGIN_PX
from widgets.transport import Transport

LEFT_PX = 244
RIGHT_PX = 340
URGENT = frozenset({"not_finite", "diverged", "dead_relu", "saturated"})
"""Findings that come up while the network learns; those about the wiring come up while someone draws."""
WIDGET_SIZE_MAX = 16_777_215
"""Qt's own largest size of a widget."""


class PlayRoom(QWidget):
    """What can be set at the left, the stage in the middle, explanation and learning at the right."""

    side_chosen = Signal(str)
    """Which of the three sides at the left is shown: data, settings or outline."""

    def __init__(self, offers: Sequence[Offer], thumbnail: Callable[[str], Thumbnail] | None = None) -> None:
        super().__init__()
        self.canvas = Canvas()
        self.transport = Transport()
        self.data = DataPanel(offers, thumbnail)
        self.features = FeaturesPanel()
        self.try_several = Button(
            self.tr("Try several settings…"),
            self.tr("Let the network learn several times, with other settings each time, and compare"),
        )
        self.learning = LearningPanel()
        self.outline = Outline()
        self.explanation = ExplanationPanel()
        self.inspector = InspectorPanel()
        self.believes = DecisionPanel()
        self.brushes = BrushBar()
        self.believes.add_tools(self.brushes)
        self.example = ExamplePanel()
        self.plot = LossPlot()
        self.answers = AnswersPanel()
        self.weights = WeightsPanel()
        self.runs = RunsPanel()
        self.stage_area = StageArea(self.canvas, self.transport)
        self.findings = FindingsPanel()
        self.side = SegmentedControl(
            self.tr("What is shown at the left"),
            (
                Segment("data", self.tr("Data"), self.tr("What the network learns from")),
                Segment("settings", self.tr("Settings"), self.tr("How the network learns")),
                Segment("outline", self.tr("Outline"), self.tr("Every node and every number, as a list")),
            ),
        )
        self._is_choice_first = False
        self._noticed: set[str] = set()
        self._sides = QStackedWidget()
        self._explaining = SideColumn(
            self.tr("Explanation"),
            RIGHT_PX,
            *(
                self.explanation,
                self.inspector,
                self.findings,
                self.believes,
                self.example,
                self.plot,
                self.runs,
                self.answers,
                self.weights,
            ),
        )
        self.inspector.setVisible(False)
        self.believes.setVisible(False)
        self.believes.reach_changed.connect(self.show_map_order)
        self.show_map_order(self.believes.tells_all)
        self._arrange()
        self.side.chosen.connect(self.show_side)
        self.show_side("data")

    def show_side(self, key: str) -> None:
        """Show the data, the settings or the outline at the left."""
        self.side.set_current(key)
        self._sides.setCurrentIndex(("data", "settings", "outline").index(key))
        self.side_chosen.emit(key)

    def show_inspected(self, stage: Stage, features: Sequence[str], targets: Sequence[str]) -> None:
        """Show all about what is chosen; without a choice the inspector takes no room."""
        self.inspector.sync(stage, features, targets)
        self.inspector.setVisible(bool(stage.selection))
        # At rest the choice is what matters; while a pass is under way, what happens in it.
        is_choice_first = bool(stage.selection) and stage.moment is None
        if is_choice_first and not self._is_choice_first:
            self._explaining.follow(None)
        self._is_choice_first = is_choice_first
        self._explaining.put_first(self.inspector if self._is_choice_first else self.explanation)
        self._show_explanation()

    def show_narration(self, narration: Narration | None, level: Level) -> None:
        """Say what is happening; with nothing to say it takes no room beside a choice."""
        self.explanation.set_narration(narration, level)
        self._show_explanation()

    def show_running(self, is_running: bool) -> None:
        """Keep the curve in sight while it is drawn; and the map above it where that tells all."""
        whole = self.believes.isVisible() and self.believes.tells_all
        self._explaining.follow(
            (self.believes if whole else self.plot) if is_running else None, at_top=is_running and whole
        )

    def show_map_order(self, tells_all: bool) -> None:
        """Let the map stand above the example where it tells all that the network can answer."""
        first, last = (self.believes, self.example) if tells_all else (self.example, self.believes)
        self._explaining.arrange(first, self.plot, self.runs, last)

    def show_map(self) -> None:
        """Have the map in sight, as to paint on it."""
        self._explaining.follow(self.believes)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was noticed, and have in sight what has just gone wrong with the learning."""
        noticed = {finding.key for finding in findings}
        news = (noticed - self._noticed) & URGENT
        self._noticed = noticed
        self.findings.set_findings(findings)
        if news:
            self._explaining.follow(self.findings)

    def show_pass(self) -> None:
        """Have in sight what is said about a pass."""
        self._explaining.follow(None)
        self._explaining.bring_in_sight(self.explanation)

    def _show_explanation(self) -> None:
        self.explanation.setVisible(not self._is_choice_first or self.explanation.has_narration)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left())
        row.addWidget(_upright_rule())
        row.addWidget(self.stage_area, 1)
        row.addWidget(_upright_rule())
        row.addWidget(self._right())

    def _left(self) -> QWidget:
        # In a language of long words the panel is as wide as its three names need.
        width_px = max(LEFT_PX, self.side.sizeHint().width() + 2 * PANEL_MARGIN_PX)
        left = _ground(width_px)
        rows = column(left, gap_px=0)
        head = QVBoxLayout()
        head.setContentsMargins(PANEL_MARGIN_PX, 12, PANEL_MARGIN_PX, 8)
        head.addWidget(self.side)
        rows.addLayout(head)
        rows.addWidget(self._sides, 1)
        self._sides.addWidget(SideColumn(self.tr("Data"), width_px, self.data, self.features))
        learning = SideColumn(self.tr("Settings"), width_px, self.learning.settings, self.try_several)
        self._sides.addWidget(learning)
        self._sides.addWidget(self.outline)
        return left

    def _right(self) -> QWidget:
        right = _ground(RIGHT_PX)
        rows = column(right, gap_px=0)
        rows.addWidget(self._explaining, 1)
        rows.addWidget(Rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(PANEL_MARGIN_PX, 12, PANEL_MARGIN_PX, 12)
        foot.addWidget(self.learning)
        rows.addLayout(foot)
        return right


def _upright_rule() -> QWidget:
    """Return a hairline as high as the room."""
    rule = Rule()
    rule.setMinimumSize(1, 0)
    rule.setMaximumSize(1, WIDGET_SIZE_MAX)
    return rule


def _ground(width_px: int) -> QWidget:
    ground = QWidget()
    ground.setProperty("ground", "surface")
    ground.setFixedWidth(width_px)
    return ground
