"""A field with its name above it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from widgets.controls.card import column
from widgets.controls.labels import Label


class NamedField(QWidget):
    """A name, and the control that it belongs to."""

    def __init__(self, name: str, control: QWidget) -> None:
        super().__init__()
        self.label = Label(name)
        self.label.setBuddy(control)
        rows = column(self, gap_px=4)
        rows.addWidget(self.label)
        rows.addWidget(control)
