"""Lets the trainer step aside while the window has its hands full.

Both are Python, and only one of them can run at a time. While the trainer runs, each of the many short calls
of a paint would wait for its turn; with the trainer standing aside the paint takes as long as it takes alone.
"""

from __future__ import annotations

import threading
from time import perf_counter, sleep
from types import TracebackType
from typing import Self

LONGEST_SECONDS = 0.05
"""After that the trainer goes on, whatever the window does."""

GRACE_SECONDS = 0.002
"""How long the trainer still waits when the window is done: what follows a paint is often more work."""


class Courtesy:
    """A context that the window enters to paint or to show a frame; `wait` lets another thread stand aside.

    Only the window's thread enters; it may do so again while it is inside.
    """

    def __init__(self) -> None:
        self._depth = 0
        self._entered_at = self._left_at = 0.0
        self._seconds = 0.0
        self._is_free = threading.Event()
        self._is_free.set()

    @property
    def seconds(self) -> float:
        """How long the window has been inside, all visits together."""
        return self._seconds

    def __enter__(self) -> Self:
        self._depth += 1
        if self._depth == 1:
            self._entered_at = perf_counter()
            self._is_free.clear()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            self._left_at = perf_counter()
            self._seconds += self._left_at - self._entered_at
            self._is_free.set()

    def wait(self) -> None:
        """Stand aside while the window is inside and shortly after, but not for ever."""
        if not self._is_free.is_set():
            self._is_free.wait(LONGEST_SECONDS)
        rest = self._left_at + GRACE_SECONDS - perf_counter()
        if rest > 0:
            sleep(rest)
