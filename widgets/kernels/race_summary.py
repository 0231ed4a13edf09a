"""What a race has shown, in one or two sentences at each level; every number in them was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playground.model.keys import DType, Level
from playground.model.message import Message, format_number, message
from playground.model.speed import Timing
from widgets.kernels.race_words import figure, round_ratio, seconds, share, with_threads

PYTHON, NUMPY = "python", "numpy"

ROUNDING: Mapping[DType, str] = {"float32": "2⁻²⁴", "float64": "2⁻⁵³"}
"""Half the distance from 1 to the next number of a type."""

_UNITS: tuple[tuple[float, Message, Message, Message], ...] = (
    (1.0, message("a second"), message("a second and a half"), message("{count} seconds")),
    (60.0, message("a minute"), message("a minute and a half"), message("{count} minutes")),
    (3600.0, message("an hour"), message("an hour and a half"), message("{count} hours")),
    (86_400.0, message("a day"), message("a day and a half"), message("{count} days")),
    (604_800.0, message("a week"), message("a week and a half"), message("{count} weeks")),
    (31_557_600.0, message("a year"), message("a year and a half"), message("{count} years")),
)
"""Length in seconds, and how one, one and a half, and more of it are called."""


def winner(timings: Sequence[Timing]) -> Timing | None:
    """The fastest of those whose result is right; None where there is none."""
    right = [timing for timing in timings if timing.is_right]
    return max(right, key=lambda timing: timing.gflops, default=None)


def duration(length: float) -> Message:
    """A stretch of time as people say it: "a day and a half"; `length` in seconds, one or more."""
    reached = [unit for unit in _UNITS if length >= unit[0] * 0.95] or [_UNITS[0]]
    size, one, half, more = reached[-1]
    count = length / size
    if count < 1.25:
        return one
    return half if count < 1.75 else message(more.template, count=round(count))


def summary(timings: Sequence[Timing], titles: Mapping[str, Message], level: Level) -> tuple[Message, ...]:
    """Sum a race up at a level; nothing where nothing was measured yet.

    titles : the name of each kernel by its key
    """
    best = winner(timings)
    if best is None:
        return ()
    tell = {"words": _words, "numbers": _numbers, "maths": _maths}[level]
    return tell(best, timings, titles)


def _words(best: Timing, timings: Sequence[Timing], titles: Mapping[str, Message]) -> tuple[Message, ...]:
    """What the fastest does in a second, beside plain Python, beside the slowest, or alone."""
    name = titles[best.kernel]
    if best.times_python is not None and best.times_python >= 1.25 and best.kernel != PYTHON:
        return (
            message(
                "{name} did in one second what plain Python needs {duration} for.",
                name=name,
                duration=duration(best.times_python),
            ),
        )
    slowest = min(timings, key=lambda timing: timing.gflops)
    if slowest.kernel != best.kernel:
        return (
            message(
                "{name} is {ratio} times as fast as {other}.",
                name=name,
                ratio=round_ratio(best.gflops / slowest.gflops),
                other=titles[slowest.kernel],
            ),
        )
    pairs = best.gflops / 2  # in billions: GFLOP/s count a multiplication and an addition as two
    count = (
        message("{count} billion", count=pairs)
        if pairs >= 1
        else message("{count} million", count=pairs * 1e3)
    )
    return (
        message(
            "{name}: {count} multiplications, and as many additions, in one second.", name=name, count=count
        ),
    )


def _numbers(best: Timing, _timings: Sequence[Timing], titles: Mapping[str, Message]) -> tuple[Message, ...]:
    speed = figure(best.gflops)
    name = with_threads(titles[best.kernel], best.threads) if best.threads > 1 else titles[best.kernel]
    told = [message("{name}: {speed}.", name=name, speed=speed)]
    if best.ratio_to_numpy is not None and best.kernel != NUMPY:
        told.append(
            message(
                "That is {ratio} times NumPy with as many threads.",
                ratio=format_number(best.ratio_to_numpy),
            )
        )
    if best.share_of_peak is not None:
        told.append(
            message(
                "It uses {share} of what these cores can do at all, as measured.",
                share=share(best.share_of_peak),
            )
        )
    return tuple(told)


def _maths(best: Timing, _timings: Sequence[Timing], titles: Mapping[str, Message]) -> tuple[Message, ...]:
    return (
        message(
            "{name}: 2 m n k / t = 2 · {m} · {n} · {k} / {time} = {speed}.",
            name=titles[best.kernel],
            m=best.m,
            n=best.n,
            k=best.k,
            time=seconds(best.seconds),
            speed=figure(best.gflops),
        ),
        message(
            "Checked in the same run: |C − AB| ≤ γ(k + 2) |A| |B| in every element, γ(j) = j u / (1 − j u), "
            "u = {rounding}; the largest error is {part} of its bound.",
            rounding=ROUNDING[best.dtype],
            part=format_number(best.error_over_bound, 2),
        ),
    )
