"""Hides the mouse pointer while it rests, so that it does not lie on what the audience reads."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

REST_MS = 3000


class RestingPointer(QObject):
    """Watches widgets; after three seconds without a move the pointer over them is hidden."""

    _MOVES = frozenset(
        {QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.Enter}
    )

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        self._shapes: dict[QWidget, QCursor | None] = {}
        self._timer = QTimer(self, interval=REST_MS, singleShot=True)
        self._timer.timeout.connect(self.hide)

    @property
    def is_hidden(self) -> bool:
        """Whether the pointer is hidden now."""
        return bool(self._shapes)

    @property
    def is_waiting(self) -> bool:
        """Whether the pointer will be hidden soon if it does not move."""
        return self._timer.isActive()

    def watch(self, widget: QWidget) -> None:
        """Hide the pointer over this widget too."""
        widget.setMouseTracking(True)
        widget.installEventFilter(self)
        self._widgets.append(widget)

    def start(self) -> None:
        """Begin to wait."""
        self._timer.start()

    def stop(self) -> None:
        """Show the pointer and hide it no more."""
        self._timer.stop()
        self.restore()

    def hide(self) -> None:
        """Hide the pointer over all watched widgets; each one's own shape is kept for later."""
        if self._shapes:
            return
        for widget in self._widgets:
            has_own = widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
            self._shapes[widget] = QCursor(widget.cursor()) if has_own else None
            widget.setCursor(Qt.CursorShape.BlankCursor)

    def restore(self) -> None:
        """Show the pointer in the shapes that it had."""
        for widget, shape in self._shapes.items():
            if shape is None:
                widget.unsetCursor()
            else:
                widget.setCursor(shape)
        self._shapes.clear()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the pointer when it moves, and wait anew."""
        if event.type() in self._MOVES:
            self.restore()
            self._timer.start()
        return False
