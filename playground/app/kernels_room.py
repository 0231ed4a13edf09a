"""The room Kernels: what can be measured and watched in the middle, training and the machine at the right."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from playground.app.kernels_pages import MARGIN_PX, KernelsPages, Tab
from playground.model.keys import Level
from playground.model.message import Message
from playground.model.speed import MachineFacts, RungFacts
from widgets.controls.card import column
from widgets.controls.labels import Label, Rule
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.side_column import SideColumn
from widgets.kernels.machine_panel import MachinePanel
from widgets.kernels.roofline_plot import RooflinePlot
from widgets.kernels.use_panel import UsePanel
from widgets.text import say

RIGHT_PX = 340
STATE_PX = 18
"""Room for one line is kept, so that nothing moves when it is written."""
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
        self.pages = KernelsPages()
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
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # has the keyboard where no control has it
        self.setAccessibleName(self.tr("Kernels"))
        self._arrange()
        self.tabs.chosen.connect(self.show_tab)

    @property
    def tab(self) -> Tab:
        """What is shown in the middle."""
        return self.pages.tab

    def show_tab(self, key: str) -> None:
        """Show something else in the middle."""
        self.tabs.set_current(key)
        self.pages.show_tab(cast("Tab", key))
        self.tab_chosen.emit(key)

    def set_level(self, level: Level) -> None:
        """Tell everything at another level."""
        for panel in (self.pages, self.use, self.roofline, self.machine):
            panel.set_level(level)

    def set_rungs(self, rungs: tuple[RungFacts, ...]) -> None:
        """Show the ladder."""
        for panel in (self.pages, self.roofline, self.machine):
            panel.set_rungs(rungs)

    def set_machine(self, machine: MachineFacts) -> None:
        """Show what this computer can do at most."""
        for panel in (self.pages, self.roofline, self.machine):
            panel.set_machine(machine)

    def set_state(self, text: Message | None) -> None:
        """Say what the machine is busy with; its place is kept."""
        self.state.set_text("" if text is None else say(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves what is under way; Space does what the shown panel is there for."""
        if event.key() == Qt.Key.Key_Escape:
            self.escape_pressed.emit()
        elif event.key() == Qt.Key.Key_Space and self.hasFocus():
            self.pages.ask()
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
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN_PX, 20, MARGIN_PX, 0)
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addWidget(self.state)
        self.state.setMinimumHeight(STATE_PX)
        rows.addLayout(head)
        rows.addWidget(self.pages, 1)
        return middle
