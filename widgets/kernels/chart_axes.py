"""Where an axis of a chart begins and ends, and which numbers stand along it."""

from __future__ import annotations

import math

import numpy as np

from playground.model.message import format_number
from playground.model.parameters import Floats
from widgets.kernels.plot_content import Axis
from widgets.log_ticks import log_ticks


def ends(places: Floats, axis: Axis) -> tuple[float, float]:
    """The ends of an axis: all points that are finite, and what it must show in any case."""
    wanted = [axis.place(value) for value in (axis.low, axis.high) if value is not None]
    every = np.concatenate([places[np.isfinite(places)], wanted])
    low, high = float(every.min()), float(every.max())
    if high <= low:
        low, high = low - 0.5, high + 0.5
    if axis.is_log:
        margin = 0.05 * (high - low)
        return low - margin * (axis.low is None), high + margin
    return low, high + 0.06 * (high - low) * (axis.high is None)


def ticks(axis: Axis, low: float, high: float, room_px: float, apart_px: float) -> list[tuple[float, str]]:
    """Named places along an axis, far enough apart to be read."""
    if axis.ticks is not None:
        every = [(axis.place(tick), format_number(_whole(tick))) for tick in axis.ticks]
        return _thinned(every, apart_px / room_px * (high - low))
    if axis.is_log:
        return log_ticks(low, high, room_px, apart_px)
    count = max(1, int(room_px / (2 * apart_px)))
    step = _round_step((high - low) / count)
    first = math.ceil(low / step)
    return [
        (number * step, format_number(_whole(number * step)))
        for number in range(first, math.floor(high / step) + 1)
    ]


def _thinned(ticks: list[tuple[float, str]], apart: float) -> list[tuple[float, str]]:
    kept: list[tuple[float, str]] = []
    for tick in ticks:
        if not kept or tick[0] - kept[-1][0] >= apart:
            kept.append(tick)
    return kept


def _round_step(step: float) -> float:
    """The next 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(step))
    return next(digit * power for digit in (1, 2, 5, 10) if digit * power >= step * 0.999)


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
