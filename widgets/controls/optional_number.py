"""A switch with a number that counts only while the switch is on."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from widgets.controls.card import column
from widgets.controls.number_field import NumberField
from widgets.controls.number_text import Bounds
from widgets.controls.toggle import Toggle


class OptionalNumber(QWidget):
    """Off, or on with a number: "Stop after 100 rounds"."""

    changed = Signal(object)
    """The number, or None where the switch is off."""

    def __init__(self, text: str, tooltip: str, bounds: Bounds, start: float) -> None:
        super().__init__()
        self.toggle = Toggle(text, tooltip)
        self.field = NumberField(text, tooltip, bounds)
        self.field.set_number(start)
        self.field.setEnabled(False)
        rows = column(self, gap_px=4)
        rows.addWidget(self.toggle)
        rows.addWidget(self.field)
        self.toggle.toggled.connect(self._toggled)
        self.field.entered.connect(self._entered)

    def set_number(self, number: float | None) -> None:
        """Show the number without announcing it; None switches off and keeps the number in sight."""
        with QSignalBlocker(self.toggle):
            self.toggle.setChecked(number is not None)
        self.field.setEnabled(number is not None)
        if number is not None:
            self.field.set_number(number)

    def set_text(self, text: str) -> None:
        """Call it something else."""
        self.toggle.setText(text)
        self.toggle.setAccessibleName(text)
        self.field.setAccessibleName(text)

    def _toggled(self, is_on: bool) -> None:
        self.field.setEnabled(is_on)
        self.changed.emit(self.field.number if is_on else None)

    def _entered(self, number: float) -> None:
        self.changed.emit(number)
