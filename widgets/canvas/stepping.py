"""By how much a weight or bias changes under the hand: for drags, wheels and keys alike. Pure."""

from __future__ import annotations

import math

PER_PIXEL = 0.01
"""Change for one pixel of a drag, for values up to about 10."""

PER_NOTCH = 0.1
"""Change for one notch of the wheel or one press of a key."""

FINE = 0.1
"""With Shift held, everything changes by a tenth."""


def scale_of(value: float) -> float:
    """The power of ten by which steps grow for large values: 1 below 10, 10 from there, and so on."""
    magnitude = abs(value)
    if not math.isfinite(magnitude) or magnitude < 10:
        return 1.0
    return 10.0 ** min(math.floor(math.log10(magnitude)), 12)


def rounded(value: float, step: float) -> float:
    """The multiple of a step that is nearest to a value, free of stray binary digits."""
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    return round(round(value / step) * step, digits) + 0.0


def stepped(value: float, notches: float, *, fine: bool = False) -> float:
    """The value after some notches up (or down, where negative)."""
    step = PER_NOTCH * scale_of(value) * (FINE if fine else 1.0)
    # A tenth of a notch keeps what a finer hand has set, and still drops stray digits.
    return rounded(value + notches * step, step / 10)
