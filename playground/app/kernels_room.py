"""The room Kernels: what can be measured and watched in the middle, training and the machine at the right."""

from __future__ import annotations

from typing import Literal, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from playground.model.keys import Level
from playground.model.message import Message
from widgets.controls.card import column
from widgets.controls.labels import Label, Rule
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.side_column import SideColumn
from widgets.kernels.machine_panel import MachinePanel
from widgets.kernels.matrices_view import MatricesView
from widgets.kernels.race_panel import RacePanel
from widgets.kernels.roofline_plot import RooflinePlot
from widgets.kernels.scaling_plot import ScalingPlot
from widgets.kernels.slow_motion import SlowMotion
from widgets.kernels.sweep_plot import SweepPlot
from widgets.kernels.use_panel import UsePanel
from widgets.text import say

Tab = Literal["race", "sizes", "threads", "slow", "network"]
TABS: tuple[Tab, ...] = ("race", "sizes", "threads", "slow", "network")
RIGHT_PX = 340
MARGIN_PX = 32
WIDGET_SIZE_MAX = 16_777_215
"""Qt's own largest size of a widget."""


class KernelsRoom(QWidget):
    """Five tabs in the middle; what training uses, how close to the limit, and the machine at the right.

    escape_pressed() : Esc, where nothing in the room has a use for it
    """

    tab_chosen = Signal(str)
    escape_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.race = RacePanel()
        self.sizes = SweepPlot()
        self.threads = ScalingPlot()
        self.slow = SlowMotion()
        self.network = MatricesView()
        self.use = UsePanel()
        self.roofline = RooflinePlot()
        self.machine = MachinePanel()
        self.tabs = SegmentedControl(
            self.tr("What is shown in the middle"),
            (
                Segment("race", self.tr("Race"), self.tr("Compare every way to multiply at one size")),
                Segment("sizes", self.tr("Sizes"), self.tr("See how the speed grows with the matrices")),
                Segment("threads", self.tr("Threads"), self.tr("See what each further core brings")),
                Segment("slow", self.tr("Slow motion"), self.tr("Watch how a kernel walks over the numbers")),
                Segment("network", self.tr("This network"), self.tr("See the open network as matrices")),
            ),
        )
        self.state = Label("", "caption")
        self._pages = QStackedWidget()
        self._arrange()
        self.tabs.chosen.connect(self.show_tab)

    @property
    def tab(self) -> Tab:
        """What is shown in the middle."""
        return cast("Tab", self.tabs.current)

    def show_tab(self, key: str) -> None:
        """Show something else in the middle."""
        self.tabs.set_current(key)
        self._pages.setCurrentIndex(TABS.index(cast("Tab", key)))
        self.tab_chosen.emit(key)

    @property
    def shown(self) -> QWidget:
        """The panel that is shown in the middle."""
        return (self.race, self.sizes, self.threads, self.slow, self.network)[TABS.index(self.tab)]

    def set_level(self, level: Level) -> None:
        """Tell everything at another level."""
        middle = (self.race, self.sizes, self.threads, self.slow, self.network)
        for panel in (*middle, self.use, self.roofline, self.machine):
            panel.set_level(level)

    def set_state(self, text: Message | None) -> None:
        """Say what the machine is busy with; its place is kept."""
        self.state.set_text("" if text is None else say(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._middle(), 1)
        rule = Rule()
        rule.setMinimumSize(1, 0)
        rule.setMaximumSize(1, WIDGET_SIZE_MAX)
        row.addWidget(rule)
        right = SideColumn(self.tr("This computer"), RIGHT_PX, self.use, self.roofline, self.machine)
        row.addWidget(right)

    def _middle(self) -> QWidget:
        middle = QWidget()
        middle.setProperty("ground", "stage")
        rows = column(middle, gap_px=0)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN_PX, 20, MARGIN_PX, 4)
        head.setSpacing(16)
        head.addWidget(self.tabs)
        head.addWidget(self.state, 1)
        rows.addLayout(head)
        rows.addWidget(self._pages, 1)
        for panel in (self.race, self.sizes, self.threads, self.slow, self.network):  # as in TABS
            self._pages.addWidget(_page(panel, is_high=panel in (self.slow, self.network)))
        return middle


def _page(panel: QWidget, *, is_high: bool) -> QScrollArea:
    """A panel in a page that scrolls where the window is low; a high one uses all the height."""
    inside = QWidget()
    inside.setProperty("ground", "stage")
    rows = QVBoxLayout(inside)
    layout = panel.layout()
    own_px = 0 if layout is None else layout.contentsMargins().left()
    rows.setContentsMargins(MARGIN_PX - own_px, 20 - min(own_px, 12), MARGIN_PX - own_px, 24 - own_px)
    rows.addWidget(panel, int(is_high))
    if not is_high:
        rows.addStretch(1)
    page = QScrollArea()
    page.setFrameShape(QFrame.Shape.NoFrame)
    page.setWidgetResizable(True)
    page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setWidget(inside)
    return page
