"""The scale of a race: equal ways are equal ratios, and every line is ten times the one before."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

USUAL_LOW, USUAL_HIGH = -3, 3
"""The decades that every race shows, so that bars keep their places from race to race."""
LEAST_SHARE = 0.05
"""How far the slowest bar reaches at least, in decades."""


@dataclass(frozen=True, slots=True)
class LogScale:
    """A logarithmic scale from 10^low to 10^high GFLOP/s."""

    low: int = USUAL_LOW
    high: int = USUAL_HIGH

    def share(self, gflops: float) -> float:
        """How far a figure reaches along the scale, from 0 to 1; nothing below the scale is shown."""
        if not gflops > 0:
            return 0.0
        way = (math.log10(gflops) - self.low) / (self.high - self.low)
        return min(1.0, max(0.0, way))

    def ticks(self) -> tuple[float, ...]:
        """The whole powers of ten on the scale, both ends included."""
        return tuple(float(f"1e{decade}") for decade in range(self.low, self.high + 1))


def scale_for(figures: Iterable[float]) -> LogScale:
    """The scale that shows all these figures in GFLOP/s, and the usual decades in any case."""
    logs = [math.log10(figure) for figure in figures if 0 < figure < math.inf]
    low = min((math.floor(log - LEAST_SHARE) for log in logs), default=USUAL_LOW)
    high = max((math.ceil(log) for log in logs), default=USUAL_HIGH)
    return LogScale(min(low, USUAL_LOW), max(high, USUAL_HIGH))
