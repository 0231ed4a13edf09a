"""A whole pass in words: its chapters and steps in order, as every kind of text tells them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from playground.engine.narration import narrate
from playground.engine.timeline import Timeline
from playground.model.keys import Granularity, Level, Phase
from playground.model.message import Message, message
from playground.model.narration import Narration
from playground.model.trace import LearnerState, Trace

HEADS = (message("What"), message("Calculation"), message("Result"))
"""Above the columns of the arithmetic."""

PHASE_TITLES: Mapping[Phase, Message] = MappingProxyType(
    {
        "forward": message("Forward"),
        "loss": message("Loss"),
        "backward": message("Backward"),
        "update": message("Update"),
    }
)


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One step: its number in the pass, from 1 on, and what is said about it."""

    number: int
    narration: Narration


@dataclass(frozen=True, slots=True, eq=False)
class Chapter:
    """One phase of the pass, over one example."""

    title: Message
    steps: tuple[Told, ...]


def title_of(trace: Trace) -> Message:
    """Return what the pass is called."""
    if trace.n_rows > 1:
        return message("One pass over {count} examples", count=trace.n_rows)
    if trace.rows[0] < 0:
        return message("One pass over values set by hand")
    return message("One pass over example {number}", number=int(trace.rows[0]) + 1)


def chapters(
    trace: Trace, level: Level, state: LearnerState | None = None, granularity: Granularity = "node"
) -> Iterator[Chapter]:
    """Yield the pass phase by phase.

    state : the learner before the pass; with it the arithmetic of momentum and Adam shows their memory
    """
    timeline = Timeline(trace, granularity)
    numbered = ((index, timeline.step(index)) for index in range(timeline.step_count))
    for (phase, row), steps in groupby(numbered, key=lambda entry: (entry[1].phase, entry[1].row)):
        told = tuple(Told(index + 1, narrate(trace, step, level, state)) for index, step in steps)
        yield Chapter(_phase_title(trace, phase, row), told)


def _phase_title(trace: Trace, phase: Phase, row: int) -> Message:
    title = PHASE_TITLES[phase]
    if trace.n_rows == 1 or phase == "update":
        return title
    return message("{phase}, example {number} of {count}", phase=title, number=row + 1, count=trace.n_rows)
