"""A choice from a list that opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QComboBox

from widgets.style import theme_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: its key and its text."""

    key: str
    text: str


class ChoiceBox(QComboBox):
    """A list that opens; what is chosen is known by its key. The wheel leaves it alone without focus."""

    chosen = Signal(str)

    def __init__(self, name: str, tooltip: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._choices: tuple[Choice, ...] = ()
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.set_choices(choices)
        self.activated.connect(self._activated)

    @property
    def current_key(self) -> str:
        """The key of what is chosen; empty where nothing is."""
        found = self.currentData()
        return found if isinstance(found, str) else ""

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other entries; what was chosen stays chosen where it is still offered."""
        if tuple(choices) == self._choices:
            return
        key = self.current_key
        self._choices = tuple(choices)
        with QSignalBlocker(self):
            self.clear()
            for choice in choices:
                self.addItem(choice.text, choice.key)
            self.setCurrentIndex(self.findData(key))

    def set_current(self, key: str) -> None:
        """Show an entry without announcing it; an unknown key shows none."""
        if key != self.current_key:
            with QSignalBlocker(self):
                self.setCurrentIndex(self.findData(key))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll unless the list has focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and the arrow that says that it opens."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(QPen(QColor(theme.muted if self.isEnabled() else theme.line), 1.6))
        x, y = self.width() - 15.0, self.height() / 2 + 1
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y - 3), QPointF(x, y + 2), QPointF(x + 4, y - 3)]))
        painter.end()

    def _activated(self, _index: int) -> None:
        self.chosen.emit(self.current_key)
