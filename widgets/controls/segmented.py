"""A row of choices of which exactly one holds: Words | Numbers | Maths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from widgets.style import CONTROL_PX, interface_font

SIDE_PX = 14
"""Room at each side of a text, with the frame and a pixel to spare."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: its key, its text, and what choosing it does."""

    key: str
    text: str
    tooltip: str


class SegmentedControl(QWidget):
    """Choices side by side; arrow keys move between them, Tab enters and leaves."""

    chosen = Signal(str)

    def __init__(self, name: str, segments: Sequence[Segment]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._keys = [segment.key for segment in segments]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for index, segment in enumerate(segments):
            button = _SegmentButton(segment, _place(index, len(segments)))
            self._group.addButton(button, index)
            row.addWidget(button)
        self.button(self._keys[0]).setChecked(True)
        self._group.idToggled.connect(self._toggled)

    @property
    def current(self) -> str:
        """The key of the choice that holds."""
        return self._keys[self._group.checkedId()]

    def set_current(self, key: str) -> None:
        """Show a choice without announcing it."""
        if key != self.current:
            with QSignalBlocker(self._group):
                self.button(key).setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Call a choice something else."""
        button = self.button(key)
        if text != button.text():
            button.setText(text)
            button.setAccessibleName(text)
            button.updateGeometry()

    def button(self, key: str) -> QPushButton:
        """The button of a choice."""
        found = self._group.button(self._keys.index(key))
        assert isinstance(found, QPushButton)
        return found

    def _toggled(self, index: int, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(self._keys[index])


class _SegmentButton(QPushButton):
    """One segment; it keeps room for its text in bold, so that choosing moves nothing."""

    def __init__(self, segment: Segment, place: str) -> None:
        super().__init__(segment.text)
        self.setCheckable(True)
        self.setToolTip(segment.tooltip)
        self.setAccessibleName(segment.text)
        self.setAccessibleDescription(segment.tooltip)
        self.setProperty("segment", place)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        """Room for the text in bold."""
        hint = super().sizeHint()
        bold = QFontMetrics(interface_font(CONTROL_PX, QFont.Weight.DemiBold)).horizontalAdvance(self.text())
        return hint.expandedTo(QSize(bold + 2 * SIDE_PX, hint.height()))

    def minimumSizeHint(self) -> QSize:
        """The text is never cut."""
        return self.sizeHint()


def _place(index: int, count: int) -> str:
    if count == 1:
        return "only"
    if index == 0:
        return "first"
    return "last" if index == count - 1 else "middle"
