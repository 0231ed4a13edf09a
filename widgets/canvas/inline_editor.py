"""A line to type in, right where the name or number stands."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from playground.model.limits import MAX_LABEL
from playground.model.message import Message
from widgets.controls.number_text import Bounds, complaint

MARGIN_PX = 4


class InlineEditor(QLineEdit):
    """Takes a name or a number; Enter accepts, Esc leaves all as it was, and it goes by itself.

    Signals
    -------
    accepted : the text, when it is another one than before
    refused : a Message that says why what was typed cannot be taken
    closed : it is gone, accepted or not
    """

    accepted = Signal(str)
    refused = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, text: str, *, is_number: bool) -> None:
        super().__init__(text, parent)
        self._before = text
        self._room = parent
        self._is_number = is_number
        self._is_open = True
        self.setMaxLength(MAX_LABEL)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.textEdited.connect(self._grow)
        self.returnPressed.connect(self._accept)

    def open_at(self, centre: QPointF) -> None:
        """Appear with the middle at a point of the parent, as far as there is room, and take the focus."""
        self._centre = centre
        self._grow()
        self.show()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_editor(self) -> None:
        """Go away and leave all as it was."""
        if self._is_open:
            self._is_open = False
            if self.hasFocus():
                # Hiding what has the focus would send it on to whatever comes next.
                self._room.setFocus(Qt.FocusReason.OtherFocusReason)
            self.hide()
            self.deleteLater()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; everything else is typing."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_editor()
            return
        super().keyPressEvent(event)
        # What the line does not need itself must not reach the canvas as a shortcut.
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A click elsewhere accepts what can be accepted."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self._is_open:
            if self._why_not() is None:
                self._accept()
            else:
                self.close_editor()

    def _accept(self) -> None:
        if not self._is_open:
            return
        refusal = self._why_not()
        if refusal is not None:
            self.setProperty("invalid", True)
            self.style().polish(self)
            self.selectAll()
            self.refused.emit(refusal)
            return
        text = self.text().strip()
        self.close_editor()
        if text != self._before:
            self.accepted.emit(text)

    def _why_not(self) -> Message | None:
        return complaint(self.text(), Bounds()) if self._is_number else None

    def _grow(self) -> None:
        room = self._room.rect().adjusted(MARGIN_PX, MARGIN_PX, -MARGIN_PX, -MARGIN_PX)
        wish = self.fontMetrics().horizontalAdvance(self.text() + "00") + 28
        width = max(96, min(wish, room.width()))
        height = max(28, self.sizeHint().height())
        left = max(room.left(), min(round(self._centre.x() - width / 2), room.right() - width))
        top = max(room.top(), min(round(self._centre.y() - height / 2), room.bottom() - height))
        self.setGeometry(left, top, width, height)
