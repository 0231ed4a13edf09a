"""How high curves of losses are drawn, over which ranges, and where there is room for their names."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from playground.model.parameters import Floats, frozen_array

MARGIN = 0.06
"""What is left free above the highest value, and on a logarithmic scale below the lowest."""


def drawable(values: Floats) -> Floats:
    """Return the values with a gap where one is not finite."""
    return frozen_array(np.where(np.isfinite(values), values, np.nan))


def drawn_heights(losses: Floats, *, is_log: bool) -> Floats:
    """Return losses as they are drawn: logarithms on the logarithmic scale, NaN where nothing is drawn."""
    usable = np.isfinite(losses) & (losses > 0 if is_log else True)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = np.log10(losses) if is_log else losses
    return frozen_array(np.where(usable, drawn, np.nan))


def height_range(heights: Sequence[Floats], *, is_log: bool) -> tuple[float, float] | None:
    """Return the range that shows all heights, the even scale from zero on; None where there are none."""
    every = np.concatenate([part.ravel() for part in heights])
    every = every[np.isfinite(every)]
    if not len(every):
        return None
    low, high = float(every.min()), float(every.max())
    if not is_log and low >= 0:
        low = 0.0
    if high <= low:
        low, high = low - 0.5, high + 0.5
    margin = MARGIN * (high - low)
    return (low if low == 0 and not is_log else low - margin), high + margin


def last_value(history: Floats, column_index: int) -> tuple[float, float] | None:
    """Return epoch and value of the last finite point of a curve, None where there is none."""
    finite = np.flatnonzero(np.isfinite(history[:, column_index]))
    if len(finite) == 0:
        return None
    row = history[finite[-1]]
    return float(row[0]), float(row[column_index])


def name_height(near: Floats, bottom: float, top: float, line: float, count: int) -> float:
    """Return where the lowest of some names stands: above the curves near it, else below them.

    near : heights of the curves there; line : the height of one name
    """
    # In whole steps of half a line, so that the names do not tremble with the curves.
    start = (math.floor((float(near.max()) - bottom) / line * 2) / 2 + 0.7) * line + bottom
    if start + line * count > top:
        start = float(near.min()) - line * (count + 0.2)
    return min(max(start, bottom), top - line * count)
