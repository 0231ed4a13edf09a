"""Round numbers for an axis."""

from __future__ import annotations

import math

STEPS = (1.0, 2.0, 5.0, 10.0)


def nice_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most about `most` round numbers from low to high, equally far apart."""
    span = high - low
    if not (math.isfinite(span) and span > 0) or most < 1:
        return [low] if math.isfinite(low) else []
    power = 10.0 ** math.floor(math.log10(span / most))
    step = next(power * factor for factor in STEPS if power * factor * most >= span)
    first = math.ceil(low / step - 1e-9)
    count = math.floor(high / step + 1e-9) - first + 1
    return [(first + index) * step for index in range(max(0, count))]
