"""Speed against size: the lines of the plot, and where one kernel overtakes another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playground.model.keys import DType, Level
from playground.model.message import Message, message
from playground.model.speed import MachineFacts, Operation, RungFacts, Timing
from widgets.kernels.crossings import Crossing, Curve, crossings, fastest_by_size, lead_changes
from widgets.kernels.plot_content import LIMIT, LOOKS, OTHER, Axis, Content, Line
from widgets.kernels.race_words import entrant_name, figure, product_of, share

NUMPY = "numpy"
MOST_SENTENCES = 4

Sweep = Mapping[str, Mapping[int, Timing]]
"""For each kernel its timings by size; the size is k."""


def sweep_content(
    sweep: Sweep,
    rungs: Sequence[RungFacts],
    machine: MachineFacts | None,
    dtype: DType,
    sizes: Sequence[int],
) -> Content:
    """A line for each kernel, and the limits of this computer.

    sizes : all that are or will be measured, so that the axis stays while points come
    """
    lines = [_line(facts, sweep[facts.key]) for facts in rungs if sweep.get(facts.key)]
    if lines and machine is not None:
        lines += _limits(machine, dtype, sizes)
    return Content(
        tuple(lines),
        Axis(message("rows of each matrix"), is_log=True, low=sizes[0], high=sizes[-1], ticks=tuple(sizes)),
        Axis(message("GFLOP/s"), is_log=True),
    )


def sweep_sentences(sweep: Sweep, rungs: Sequence[RungFacts], level: Level) -> tuple[Message, ...]:
    """Where the fastest changes; from Numbers on also where a kernel overtakes NumPy."""
    titles = {facts.key: facts.title for facts in rungs}
    curves = {
        key: [(size, timing.gflops) for size, timing in sorted(timings.items()) if timing.is_right]
        for key, timings in sweep.items()
        if key in titles
    }
    curves = {key: curve for key, curve in curves.items() if len(curve) > 1}
    if len(curves) < 2:
        return ()
    found = list(lead_changes(curves))
    if level != "words" and NUMPY in curves:
        for key in curves:
            found += [crossing for crossing in crossings(key, NUMPY, curves) if key != NUMPY]
    if not found:
        return (_one_leader(curves, titles),)
    return tuple(_told(crossing, titles) for crossing in _different(found)[:MOST_SENTENCES])


def point_told(facts: RungFacts, timing: Timing) -> Message:
    """What a point of a plot says when it is pointed at."""
    name = entrant_name(facts, timing.threads)
    product = product_of(timing.operation, timing.m, timing.n, timing.k)
    if timing.share_of_peak is None:
        return message("{name}, {product}: {speed}", name=name, product=product, speed=figure(timing.gflops))
    return message(
        "{name}, {product}: {speed}, {share} of the limit",
        name=name,
        product=product,
        speed=figure(timing.gflops),
        share=share(timing.share_of_peak),
    )


def sweep_rows(sweeps: Mapping[tuple[Operation, DType], Sweep]) -> list[tuple[str | int | float, ...]]:
    """All timings as rows of a table, its header first."""
    rows: list[tuple[str | int | float, ...]] = [TIMING_HEADER]
    for sweep in sweeps.values():
        for timings in sweep.values():
            rows += [timing_row(timing) for _, timing in sorted(timings.items())]
    return rows


TIMING_HEADER = (
    "kernel",
    "operation",
    "m",
    "n",
    "k",
    "dtype",
    "threads",
    "repeats",
    "seconds",
    "gflops",
    "low_gflops",
    "high_gflops",
    "gbytes_per_second",
    "compile_seconds",
    "error_over_bound",
    "end_to_end_gflops",
    "share_of_peak",
    "ratio_to_numpy",
    "times_python",
)
"""The names of the columns, as `Timing` calls them."""


def timing_row(timing: Timing) -> tuple[str | int | float, ...]:
    """A timing as the cells of a table; what is unknown is empty."""
    cells = (getattr(timing, name) for name in TIMING_HEADER)
    return tuple("" if cell is None else cell for cell in cells)


def _line(facts: RungFacts, timings: Mapping[int, Timing]) -> Line:
    ordered = [timing for _, timing in sorted(timings.items())]
    return Line(
        entrant_name(facts, ordered[-1].threads),
        LOOKS.get(facts.key, OTHER),
        tuple((timing.k, timing.gflops) for timing in ordered),
        tuple(point_told(facts, timing) for timing in ordered),
    )


def _limits(machine: MachineFacts, dtype: DType, sizes: Sequence[int]) -> list[Line]:
    peak = next((peak for peak in machine.peaks if peak.dtype == dtype), None)
    if peak is None:
        return []
    ends = (sizes[0], sizes[-1])
    one = message("limit of one core, {speed}", speed=peak.one_core)
    every = message("limit of all cores, {speed}", speed=peak.all_cores)
    known = [(one, peak.one_core)] if machine.cores == 1 else [(one, peak.one_core), (every, peak.all_cores)]
    return [Line(name, LIMIT, tuple((size, speed) for size in ends)) for name, speed in known]


def _one_leader(curves: Mapping[str, Curve], titles: Mapping[str, Message]) -> Message:
    """Who leads where nobody is clearly overtaken: at every size, or until another is as fast."""
    leads = fastest_by_size(curves)
    leader = next(iter(leads.values()))
    other = next(((size, key) for size, key in leads.items() if key != leader), None)
    if other is None:
        return message("{name} is the fastest at every size that was measured.", name=titles[leader])
    return message(
        "{name} leads at first; from {size} on, {other} is about as fast.",
        name=titles[leader],
        size=other[0],
        other=titles[other[1]],
    )


def _told(crossing: Crossing, titles: Mapping[str, Message]) -> Message:
    return message(
        "Below {size}, {below} is faster than {above}.",
        size=crossing.size,
        below=titles[crossing.below],
        above=titles[crossing.above],
    )


def _different(found: Sequence[Crossing]) -> list[Crossing]:
    """Each crossing once, the smaller sizes first."""
    return sorted(dict.fromkeys(found), key=lambda crossing: crossing.size)
