"""A list that opens, with its name above it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from widgets.controls.card import column
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.labels import Label
from widgets.names import Names, name_of


class LabelledChoice(QWidget):
    """A choice among keys that are called by their names at the chosen level."""

    chosen = Signal(str)

    def __init__(self, name: str, tooltip: str, names: Names) -> None:
        super().__init__()
        self._names = names
        self.label = Label(name)
        self.box = ChoiceBox(name, tooltip, wraps=True)
        self.label.setBuddy(self.box)
        self.label.setToolTip(tooltip)
        rows = column(self, gap_px=4)
        rows.addWidget(self.label)
        rows.addWidget(self.box)
        self.box.chosen.connect(self.chosen)

    def sync(self, name: str, key: str, level: Level) -> None:
        """Show the name and the choice at a level."""
        self.label.set_text(name)
        self.box.setAccessibleName(name)
        self.box.set_choices([Choice(known, name_of(self._names, known, level)) for known in self._names])
        self.box.set_current(key)
