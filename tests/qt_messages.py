"""Collects what Qt says, where pytest-qt does not listen: while a test is cleared away."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Self

from tests import leaks

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

    Handler = Callable[[QtMsgType, QMessageLogContext, str], Any]


class QtMessages:
    """A context in which Qt's messages are kept, except those that match an ignored pattern."""

    def __init__(self, ignored: Sequence[str] = ()) -> None:
        self.texts: list[str] = []
        self._ignored = [re.compile(pattern) for pattern in ignored]
        self._listens = False
        self._previous: Handler | None = None

    def __enter__(self) -> Self:
        self._listens = leaks.has_application()
        if self._listens:
            from PySide6.QtCore import qInstallMessageHandler

            self._previous = qInstallMessageHandler(self._keep)
        return self

    def __exit__(self, *_: object) -> None:
        if self._listens:
            from PySide6.QtCore import qInstallMessageHandler

            qInstallMessageHandler(self._previous)

    def _keep(self, _kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if not any(pattern.search(text) for pattern in self._ignored):
            self.texts.append(text)
