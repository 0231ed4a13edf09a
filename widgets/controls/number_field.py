"""A field for one number, to its last digit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolTip

from playground.model.message import format_exact, format_number
from widgets.controls.number_text import Bounds, complaint, read_number
from widgets.text import say


class NumberField(QLineEdit):
    """Shows a number as `brief` writes it, and in full precision while it is edited.

    Enter or leaving the field takes the number; Esc puts the old one back. A text that is no number stays
    as it is, and one sentence says what is wrong. Up and Down change the number in steps.
    """

    entered = Signal(float)
    complained = Signal(str)

    def __init__(
        self,
        name: str,
        tooltip: str,
        bounds: Bounds | None = None,
        *,
        inline: bool = False,
        brief: Callable[[float], str] = format_number,
    ) -> None:
        super().__init__()
        self._bounds = bounds or Bounds()
        self._brief = brief
        self._value = 0.0
        self._tooltip = tooltip
        self._step: Callable[[float, int], float] = self._even_step
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        if inline:
            self.setProperty("kind", "inline")
            self.setMinimumHeight(24)
        self.editingFinished.connect(self._take)
        self._show_value()

    @property
    def number(self) -> float:
        """The number that holds; a text that is being typed does not count yet."""
        return self._value

    @property
    def complaint_text(self) -> str:
        """What is wrong with the typed text; empty where nothing is."""
        return self._tooltip_now() if self.property("invalid") == "true" else ""

    def set_number(self, value: float) -> None:
        """Show a number; a text that somebody is typing is kept."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self._show_value()

    def set_step(self, step: Callable[[float, int], float]) -> None:
        """Say which number follows when Up (+1) or Down (−1) is pressed."""
        self._step = step

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with Up and Down; put the old number back with Esc."""
        steps = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}
        if event.key() in steps:
            self._take_value(self._step(self._value, steps[event.key()]))
            self.selectAll()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show_value()
            self.selectAll()
        else:
            super().keyPressEvent(event)
            if self.complaint_text:
                event.accept()  # Enter would close a dialog whose number is not understood

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the number in full, ready to be replaced."""
        super().focusInEvent(event)
        if not self.isModified():
            self._show_value()
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the number briefly again."""
        super().focusOutEvent(event)
        if not self.isModified():
            self._show_value()

    def _take(self) -> None:
        if not self.isModified():
            return
        wrong = complaint(self.text(), self._bounds)
        if wrong is not None:
            self._complain(say(wrong))
            return
        self._take_value(read_number(self.text()))

    def _take_value(self, value: float) -> None:
        if complaint(format_exact(value), self._bounds) is not None:
            return
        changed = value != self._value
        self._value = value
        self._show_value()
        if changed:
            self.entered.emit(value)

    def _complain(self, text: str) -> None:
        self._set_invalid(text)
        self.complained.emit(text)
        if self.isVisible():
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), text, self)

    def _show_value(self) -> None:
        self.setText(format_exact(self._value) if self.hasFocus() else self._brief(self._value))
        self.setCursorPosition(0)
        self.setModified(False)
        self._set_invalid("")

    def _set_invalid(self, text: str) -> None:
        state = "true" if text else "false"
        if self.property("invalid") != state:
            self.setProperty("invalid", state)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setToolTip(text or self._tooltip)
        self.setAccessibleDescription(text or self._tooltip)

    def _tooltip_now(self) -> str:
        return self.toolTip()

    def _even_step(self, value: float, direction: int) -> float:
        return round(value + direction * (1.0 if self._bounds.whole else 0.1), 12)
