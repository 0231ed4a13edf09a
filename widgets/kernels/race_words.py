"""What a race says in its rows: names with threads, figures, and what is worth knowing beside them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from playground.model.keys import DType, Level
from playground.model.message import Message, format_number, message
from playground.model.speed import Operation, RungFacts, Timing

WORTH_TELLING_SECONDS = 0.05
"""Compiling that took less is not told."""
BEYOND_NUMBERS = 1e300
"""An error as large as this stands for results that are infinite, or no numbers."""


def with_threads(title: Message, threads: int) -> Message:
    """The name of a rung with the number of threads that it uses."""
    if threads == 1:
        return message("{title}, one\N{NO-BREAK SPACE}thread", title=title)
    return message("{title}, {threads}\N{NO-BREAK SPACE}threads", title=title, threads=threads)


def entrant_name(facts: RungFacts, threads: int) -> Message:
    """The name of a rung as it takes part: with its threads, which a GPU does not count."""
    return facts.title if facts.device == "gpu" else with_threads(facts.title, threads)


def figure(gflops: float) -> Message:
    """A speed with its unit."""
    return message("{gflops} GFLOP/s", gflops=gflops)


def times(ratio: float) -> str:
    """A ratio as a row shows it: "58,000×"; three digits that count."""
    return f"{round_ratio(ratio)}×"


def round_ratio(ratio: float) -> str:
    """A ratio with three digits that count, whole from ten on, never as a power of ten."""
    if ratio < 9.95:
        return format_number(ratio, 2)
    return format_number(int(float(f"{ratio:.3g}")))


def share(part: float) -> Message:
    """A share in whole percent; what is less than one is said so."""
    if 0 < part < 0.01:
        return message("<1\N{NO-BREAK SPACE}%")
    return message("{percent}\N{NO-BREAK SPACE}%", percent=round(part * 100))


def seconds(duration: float) -> Message:
    """A measured time in the unit in which it is read most easily."""
    if duration >= 1:
        return message("{time} s", time=duration)
    if duration >= 1e-3:
        return message("{time} ms", time=duration * 1e3)
    return message("{time} µs", time=duration * 1e6)


def product_of(operation: Operation, m: int, n: int, k: int) -> Message:
    """The product itself, by its sizes."""
    if operation == "gemv":
        return message("{m} × {k} times a vector of {k}", m=m, k=k)
    return message("{m} × {k} times {k} × {n}", m=m, n=n, k=k)


def cannot(facts: RungFacts, operation: Operation, dtype: DType) -> Message | None:
    """Why a rung cannot take part in such a race here; None where it can."""
    if facts.why_not is not None:
        return facts.why_not
    if operation not in facts.operations:
        return message("It multiplies matrices only, and no matrix by a vector.")
    if dtype not in facts.dtypes:
        return message("It has no {dtype}: choose {other}.", dtype=dtype, other=facts.dtypes[0])
    return None


def remarks(timing: Timing, level: Level) -> tuple[Message, ...]:
    """What stands small below a bar."""
    found: list[Message] = []
    if timing.is_smaller:
        product = product_of(timing.operation, timing.m, timing.n, timing.k)
        found.append(message("on a smaller product, since it is slow: {product}", product=product))
    if timing.compile_seconds >= WORTH_TELLING_SECONDS:
        found.append(message("compiled in {time}", time=seconds(timing.compile_seconds)))
    if timing.end_to_end_gflops is not None:
        found.append(message("{speed} with transfers", speed=figure(timing.end_to_end_gflops)))
    if level != "words" and timing.operation == "gemv":
        found.append(message("{rate} GB/s", rate=timing.gbytes_per_second))
    if level == "maths":
        found.append(message("error {part} of its bound", part=format_number(timing.error_over_bound, 2)))
    return tuple(found)


def wrong(timing: Timing) -> Message | None:
    """A sentence about a result that rounding does not explain; None where all is right."""
    if timing.is_right:
        return None
    if not timing.error_over_bound < BEYOND_NUMBERS:
        return message("Wrong result: some numbers are none at all.")
    return message(
        "Wrong result: one number is {ratio} times as far off as rounding explains.",
        ratio=timing.error_over_bound,
    )


def told_fully(timing: Timing) -> Message:
    """How a figure was measured and checked, for the tooltip of its bar."""
    return message(
        "{product}, {dtype}: median of {repeats} repeats {time}; half of them between {low} and {high} "
        "GFLOP/s. The largest error is {part} of what rounding may explain.",
        product=product_of(timing.operation, timing.m, timing.n, timing.k),
        dtype=timing.dtype,
        repeats=timing.repeats,
        time=seconds(timing.seconds),
        low=timing.low_gflops,
        high=timing.high_gflops,
        part=format_number(timing.error_over_bound, 2),
    )


def together(parts: Sequence[Message]) -> Message | None:
    """Several remarks in one line, set apart by dots; None where there are none."""
    if not parts:
        return None
    return reduce(lambda left, right: message("{left} · {right}", left=left, right=right), parts)
