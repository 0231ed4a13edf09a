"""Numbers as the canvas writes them: short, steady in length, at most three significant digits."""

from __future__ import annotations

import math

from playground.model.message import MINUS, format_number

MOST_DECIMALS = 4
ARROW = " → "


def plain(value: float) -> str:
    """A value: 0.62, −0.02, 12.3, 1,230; small ones keep two significant digits."""
    magnitude = abs(value)
    if not math.isfinite(value) or magnitude >= 999.5 or value == 0:
        return format_number(float(value))
    if magnitude < 0.00995:
        return format_number(float(value), 2)
    decimals = 2 if magnitude < 9.995 else 1 if magnitude < 99.95 else 0
    return _fixed(value, decimals)


def signed(value: float) -> str:
    """A value that always shows its sign: +1.60, −0.60; 0 has none."""
    text = plain(value)
    return f"+{text}" if value > 0 and not text.startswith("+") else text


def change(old: float, new: float) -> str:
    """Two signed values with an arrow, with as many decimals up to MOST_DECIMALS as tell them apart."""
    before, after = signed(old), signed(new)
    decimals = 2
    while before == after and old != new and decimals < MOST_DECIMALS and abs(old) < 1e3:
        decimals += 1
        before, after = _plus(old, decimals), _plus(new, decimals)
    return f"{before}{ARROW}{after}"


def _plus(value: float, decimals: int) -> str:
    text = _fixed(value, decimals)
    return f"+{text}" if value > 0 else text


def _fixed(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}"
    return f"{MINUS}{text}" if value < 0 else text
