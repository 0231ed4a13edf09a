"""Round numbers along a logarithmic axis, as many as can be read."""

from __future__ import annotations

import math

from playground.model.message import format_number

TICK_DIGITS = (1, 3, 2, 5, 4, 7)
"""In the order in which they are wanted on a logarithmic axis."""
APART_PX = 16.0


def log_ticks(low: float, high: float, room_px: float, apart_px: float = APART_PX) -> list[tuple[float, str]]:
    """Round numbers on a logarithmic axis, as (logarithm, text), far enough apart to be read.

    low, high : decimal logarithms of the ends
    """
    decades = range(math.floor(low), math.ceil(high) + 1)
    candidates = [(digit, decade) for digit in TICK_DIGITS for decade in decades]
    found: list[tuple[float, str]] = []
    for digit, decade in candidates:
        place = math.log10(digit) + decade
        apart = apart_px / room_px * (high - low) if room_px > 0 else math.inf
        if low <= place <= high and all(abs(place - other) >= apart for other, _ in found):
            found.append((place, format_number(float(f"{digit}e{decade}"))))
    return sorted(found)
