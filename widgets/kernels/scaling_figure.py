"""Speed against the number of threads, beside what twice the threads would give at best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.speed import RungFacts, Timing
from widgets.kernels.plot_content import LIMIT, LOOKS, OTHER, Axis, Content, Line
from widgets.kernels.race_words import figure, share
from widgets.kernels.sweep_figure import point_told

Scaling = Mapping[str, Mapping[int, Timing]]
"""For each kernel its timings by the number of threads."""


def scaling_content(scaling: Scaling, rungs: Sequence[RungFacts], cores: int) -> Content:
    """A line for each kernel, and the ideal one: so many threads, so many times as fast."""
    lines = [_line(facts, scaling[facts.key]) for facts in rungs if scaling.get(facts.key)]
    first = [timings[1].gflops for timings in scaling.values() if 1 in timings]
    if first and cores > 1:
        ideal = max(first)
        ends = ((1.0, ideal), (float(cores), ideal * cores))
        lines.append(Line(message("ideal"), LIMIT, ends))
    return Content(
        tuple(lines),
        Axis(message("threads"), low=1, high=max(2, cores), ticks=tuple(range(1, cores + 1))),
        Axis(message("GFLOP/s"), low=0),
    )


def scaling_sentences(scaling: Scaling, rungs: Sequence[RungFacts], level: Level) -> tuple[Message, ...]:
    """How much faster each kernel is with the most threads than with one."""
    told = []
    for facts in rungs:
        timings = scaling.get(facts.key, {})
        most = max(timings, default=1)
        if most == 1 or 1 not in timings:
            continue
        gain = timings[most].gflops / timings[1].gflops
        if level == "words":
            told.append(
                message(
                    "With {threads} threads, {name} is {gain} times as fast as with one.",
                    threads=most,
                    name=facts.title,
                    gain=format_number(gain),
                )
            )
        else:
            told.append(
                message(
                    "{name}: {gain} times with {threads} threads ({speed}), {share} of the ideal.",
                    name=facts.title,
                    gain=format_number(gain),
                    threads=most,
                    speed=figure(timings[most].gflops),
                    share=share(gain / most),
                )
            )
    return tuple(told)


def _line(facts: RungFacts, timings: Mapping[int, Timing]) -> Line:
    ordered = [timing for _, timing in sorted(timings.items())]
    return Line(
        facts.title,
        LOOKS.get(facts.key, OTHER),
        tuple((timing.threads, timing.gflops) for timing in ordered),
        tuple(point_told(facts, timing) for timing in ordered),
    )
