"""The one door for errors that nobody expected: work is kept safe first, then one sentence is shown."""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion

import playground
from playground.model.errors import PlaygroundError
from playground.model.message import Message, message

MAX_SHOWN = 3
"""How often the same error is shown; one that comes with every frame must not fill the screen."""


@dataclass(frozen=True, slots=True)
class Report:
    """An unexpected error as people see it: a sentence, and details to copy."""

    said: Message
    details: str


class ErrorsDoor(QObject):
    """Takes every error that nothing else has caught, from whatever thread, while it is open.

    reported(Report) : in the window's thread, after unsaved work has been kept safe
    """

    reported = Signal(object)
    _arrived = Signal(object)

    def __init__(self, keep_safe: Callable[[], object] = lambda: None, parent: QObject | None = None) -> None:
        """keep_safe : called in the window's thread before an error is shown; writes the recovery file."""
        super().__init__(parent)
        self._keep_safe = keep_safe
        self._shown: dict[str, int] = {}
        self._is_busy = False
        self._before: tuple[Any, Any, Any] | None = None
        self._arrived.connect(self._report, Qt.ConnectionType.AutoConnection)

    def open(self) -> None:
        """Take over the hooks of the interpreter."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    def close(self) -> None:
        """Give the hooks back."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None

    def report(self, error: BaseException) -> None:
        """Show an error that was caught where nothing could be done about it. Safe in any thread."""
        self._arrived.emit(error)

    def _on_error(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _on_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    def _on_unraisable(self, arguments: sys.UnraisableHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_value)

    @Slot(object)
    def _report(self, error: BaseException) -> None:
        report = _described(error)
        print(report.details, file=sys.stderr)
        self._shown[report.details] = self._shown.get(report.details, 0) + 1
        if self._is_busy or self._shown[report.details] > MAX_SHOWN:
            return
        self._is_busy = True  # an error while one is shown is written to the terminal only
        try:
            self._keep_safe()
            self.reported.emit(report)
        finally:
            self._is_busy = False


def _described(error: BaseException) -> Report:
    lines = traceback.format_exception(error)
    about = (
        f"Neural Playground {playground.__version__}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, {platform.platform()}"
    )
    details = f"{about}\n\n{''.join(lines)}"
    if isinstance(error, PlaygroundError):
        return Report(error.message, details)
    return Report(
        message("Something went wrong in the program. Your work is kept safe, and you can go on."), details
    )
