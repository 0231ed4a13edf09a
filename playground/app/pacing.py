"""How many batches are due, so that so many go by in a second."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

DEBT_S = 0.25
"""What could not be trained in time is made good for so long back; beyond that the pace is too fast."""

LOOK_S = 0.03
"""Batches that are due sooner than this are trained together."""


class Pacing:
    """Lets batches become due evenly; asked from one thread."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._at = clock()
        self._credit = 1.0

    def begin(self) -> None:
        """Let the first batch be due now."""
        self._at, self._credit = self._clock(), 1.0

    def due(self, batches_per_second: float) -> int:
        """Return how many batches are due now; they count as trained."""
        now = self._clock()
        passed, self._at = now - self._at, now
        self._credit = min(self._credit + passed * batches_per_second, 1.0 + DEBT_S * batches_per_second)
        whole = int(self._credit)
        self._credit -= whole
        return whole

    def seconds_left(self, batches_per_second: float) -> float:
        """Return how long to wait until something is due again."""
        return max(LOOK_S, (1.0 - self._credit) / batches_per_second)
