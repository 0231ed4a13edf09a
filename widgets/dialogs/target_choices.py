"""The columns of a table as switches: on is what the network is to answer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from playground.model.experiment import Column
from playground.model.message import Message, message
from widgets.controls.card import column, emptied
from widgets.controls.toggle import Toggle
from widgets.text import say


class TargetChoices(QScrollArea):
    """A switch for each column, with what is in it."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        self._rows = column(inside, gap_px=2, margin_px=6)
        self.setWidget(inside)
        self.setFixedHeight(140)
        self._toggles: dict[str, Toggle] = {}

    def offer(self, columns: Sequence[Column]) -> None:
        """Offer these columns; the last one is chosen."""
        emptied(self._rows)
        self._toggles = {}
        for part in columns:
            toggle = Toggle(
                say(described(part)), self.tr("On: an output that the network learns; off: an input")
            )
            self._toggles[part.name] = toggle
            self._rows.addWidget(toggle)
        self._rows.addStretch(1)
        for toggle in list(self._toggles.values())[-1:]:
            toggle.setChecked(True)
            self.ensureWidgetVisible(toggle)
        for toggle in self._toggles.values():
            toggle.toggled.connect(self.changed)

    def chosen(self) -> tuple[str, ...]:
        """Names of the columns that are on."""
        return tuple(name for name, toggle in self._toggles.items() if toggle.isChecked())

    def choose(self, names: Sequence[str]) -> None:
        """Switch these columns on and all others off."""
        for name, toggle in self._toggles.items():
            with QSignalBlocker(toggle):
                toggle.setChecked(name in names)
        self.changed.emit()

    def toggle(self, name: str) -> Toggle:
        """The switch of a column."""
        return self._toggles[name]


def described(part: Column) -> Message:
    """A column with what is in it."""
    if part.kind == "number":
        return message("{name}: a number", name=part.name)
    if len(part.classes) <= 4:
        return message("{name}: one of {classes}", name=part.name, classes=", ".join(part.classes))
    return message("{name}: one of {count} texts", name=part.name, count=len(part.classes))
