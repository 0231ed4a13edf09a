"""A black sheet over everything, so that the audience looks at the speaker."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget


class BlackOut(QWidget):
    """Covers its parent in black; a click asks to lift it."""

    lift_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setAccessibleName(self.tr("Black screen"))
        self.hide()

    def cover(self) -> None:
        """Cover the parent."""
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask to see the stage again."""
        event.accept()
        self.lift_requested.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint nothing but black."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        painter.end()
