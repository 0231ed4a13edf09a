"""What is to be measured, the button that begins it or ends it, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from playground.model.message import message
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.controls.segmented import SegmentedControl
from widgets.text import say

PROGRESS_PX = 120


class MeasureBar(QWidget):
    """Choices, and a button that becomes Cancel while it runs."""

    changed = Signal()
    measure_clicked = Signal()
    cancel_clicked = Signal()

    def __init__(self, tooltip: str, *choices: SegmentedControl) -> None:
        super().__init__()
        self._tooltip = tooltip
        self._choices = choices
        self._is_running = False
        self.button = Button(self.tr("Measure"), tooltip, "primary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(PROGRESS_PX)
        self.progress.setAccessibleName(self.tr("How much is measured"))
        self.done = Label("", "caption", wraps=False)
        column(self).addWidget(FlowRow(*choices, self.button, self.progress, self.done))
        for part in (self.progress, self.done):
            part.setVisible(False)
        self.button.clicked.connect(self._clicked)
        for choice in choices:
            choice.chosen.connect(self._chosen)

    @property
    def is_running(self) -> bool:
        """Whether something is being measured."""
        return self._is_running

    def set_running(self, is_running: bool) -> None:
        """While it runs, the choice is settled, and the button ends it."""
        if is_running == self._is_running:
            return
        self._is_running = is_running
        for choice in self._choices:
            choice.setEnabled(not is_running)
        for part in (self.progress, self.done):
            part.setVisible(is_running)
        self.progress.setRange(0, 0)
        self.done.set_text("")
        self.button.set_text(self.tr("Cancel") if is_running else self.tr("Measure"))
        told = self.tr("End it; what was measured stays") if is_running else self._tooltip
        self.button.setToolTip(told)
        self.button.setAccessibleDescription(told)

    def set_progress(self, done: int, total: int) -> None:
        """Show how many of all timings are done."""
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        self.done.set_text(say(message("{done} of {total} timings", done=done, total=total)))

    def set_ready(self, is_ready: bool) -> None:
        """Whether there is anything to measure; what runs can always be ended."""
        self.button.setEnabled(is_ready or self._is_running)

    def _clicked(self) -> None:
        if self._is_running:
            self.cancel_clicked.emit()
        else:
            self.measure_clicked.emit()

    def _chosen(self, _key: str) -> None:
        self.changed.emit()
