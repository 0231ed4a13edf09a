"""Notices when the first picture is on the screen, so that what can wait begins after it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Watches a widget until it has painted once, then calls a function from the event loop.

    report : print "first paint" to standard output, for whoever measures the start
    """

    def __init__(self, watched: QWidget, then: Callable[[], None], *, report: bool = False) -> None:
        super().__init__(watched)
        self._then = then
        self._report = report
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the first paint pass, and act once it is done."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        if self._report:
            print("first paint", flush=True)
        self._then()
