"""Lets the trainer step aside while the window has its hands full.

Both are Python, and only one of them can run at a time. While the trainer runs, each of the many short calls
of a paint would wait for its turn; with the trainer standing aside the paint takes as long as it takes alone.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

LONGEST_SECONDS = 0.05
"""After that the trainer goes on, whatever the window does."""


class Courtesy:
    """A context that the window enters to paint or to show a frame; `wait` lets another thread stand aside.

    Only the window's thread enters; it may do so again while it is inside.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._is_free = threading.Event()
        self._is_free.set()

    def __enter__(self) -> Self:
        self._depth += 1
        self._is_free.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._is_free.set()

    def wait(self) -> None:
        """Stand aside while the window is inside, but not for ever."""
        if not self._is_free.is_set():
            self._is_free.wait(LONGEST_SECONDS)
