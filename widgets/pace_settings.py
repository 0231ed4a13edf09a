"""How fast it learns: as fast as possible, or so slowly that people can follow."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from widgets.controls.card import column
from widgets.controls.labelled_slider import LabelledSlider
from widgets.controls.number_text import Bounds
from widgets.controls.scales import Scale
from widgets.controls.toggle import Toggle
from widgets.text import pick

SLOWEST, FASTEST = 0.1, 1000.0
"""Epochs a second."""


class PaceSettings(QWidget):
    """A switch, and while it is off a number of epochs a second; of the window, not of the file."""

    changed = Signal(object)
    """Epochs a second, None for as fast as possible."""

    def __init__(self) -> None:
        super().__init__()
        self.flat_out = Toggle(
            self.tr("As fast as possible"),
            self.tr("Off, learning goes so slowly that people can follow; the results are the same"),
        )
        self.pace = LabelledSlider(
            self.tr("Epochs per second"),
            self.tr("How many times a second it goes through all examples, where this computer can"),
            Scale(SLOWEST, FASTEST, log=True, digits=2),
            bounds=Bounds(SLOWEST, FASTEST),
        )
        rows = column(self, gap_px=4)
        rows.addWidget(self.flat_out)
        rows.addWidget(self.pace)
        self.set_pace(None, 2.0)
        self.flat_out.toggled.connect(self._toggled)
        self.pace.changed.connect(self._paced)

    def set_level(self, level: Level) -> None:
        """Name the number at a level."""
        self.pace.set_name(
            pick(level, self.tr("Rounds a second"), self.tr("Epochs per second")),
            self.tr("How many times a second it goes through all examples, where this computer can"),
        )

    def set_pace(self, pace: float | None, slow: float) -> None:
        """Show a pace without announcing it; `slow` is the number that the switch goes back to."""
        with QSignalBlocker(self.flat_out):
            self.flat_out.setChecked(pace is None)
        self.pace.set_number(slow if pace is None else pace)
        self.pace.setVisible(pace is not None)

    def _toggled(self, is_flat_out: bool) -> None:
        self.pace.setVisible(not is_flat_out)
        self.changed.emit(None if is_flat_out else self.pace.number)

    def _paced(self, number: float, _gesture: str | None) -> None:
        if not self.flat_out.isChecked():
            self.changed.emit(number)
