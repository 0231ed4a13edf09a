"""The middle of the window: the canvas, with the transport above its lower edge and a notice at its upper."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.canvas.canvas import Canvas
from widgets.runs.looking_back import LookingBack
from widgets.transport import Transport

MARGIN_PX = 24
WIDEST_PX = 960


class StageArea(QWidget):
    """Lays the transport over the canvas, and tells the canvas how much of it is covered."""

    def __init__(self, canvas: Canvas, transport: Transport) -> None:
        super().__init__()
        self.canvas = canvas
        self.transport = transport
        canvas.setParent(self)
        transport.setParent(self)
        transport.raise_()
        self.looking = LookingBack()
        self.looking.setParent(self)
        self.looking.setVisible(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give both their places."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Give both their places again when the transport needs more or less height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        margin = MARGIN_PX if self.width() > 560 else MARGIN_PX // 2
        width = min(self.width() - 2 * margin, WIDEST_PX)
        if width <= 0:
            return
        tall = self.transport.heightForWidth(width)
        height = tall if tall > 0 else self.transport.sizeHint().height()
        self.canvas.setGeometry(self.rect())
        self.transport.setGeometry(
            (self.width() - width) // 2, self.height() - height - margin, width, height
        )
        self.canvas.set_covered(height + margin)
        wide = min(self.looking.sizeHint().width(), width)
        self.looking.setGeometry(
            (self.width() - wide) // 2, margin // 2, wide, self.looking.heightForWidth(wide)
        )
        self.looking.raise_()
