"""Answers the dialogs that stop a window, as they come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

LOOK_MS = 5


class Butler(QObject):
    """Waits for dialogs by the name of their class, and does with each what was asked for it.

    seen : class names of the dialogs that were answered, in order
    unexpected : those that nobody had asked to be answered; they are closed
    """

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.unexpected: list[str] = []
        self._deeds: dict[str, Callable[[QDialog], object]] = {}
        self._answered: QWidget | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def expect(self, name: str, deed: Callable[[QDialog], object]) -> None:
        """Do this with every dialog of a class from now on."""
        self._deeds[name] = deed

    def stop(self) -> None:
        """Answer no more."""
        self._timer.stop()

    def _look(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not isinstance(dialog, QDialog) or dialog is self._answered:
            return
        self._answered = dialog
        name = type(dialog).__name__
        deed = self._deeds.get(name)
        if deed is None:
            self.unexpected.append(f"{name} {dialog.windowTitle()}")
            dialog.reject()
        else:
            self.seen.append(name)
            deed(dialog)
