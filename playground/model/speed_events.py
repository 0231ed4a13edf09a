"""What the measuring process says while it works, read from one line of JSON each."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from playground.model.errors import PlaygroundError
from playground.model.keys import DType
from playground.model.message import Message, message, sentence
from playground.model.speed import Device, MachineFacts, Operation, RungFacts, Schedule, Timing, Traffic

STEP_COLUMNS = 8
"""Numbers in one step of a schedule."""


class EventError(PlaygroundError):
    """A line that is no event."""


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """Something that the measuring process said; `id` is that of the request which it belongs to."""

    id: int | None = None


class Preparing(Event, frozen=True, tag="preparing"):
    """A kernel is being compiled, or a device woken."""

    kernel: str


class Timed(Event, frozen=True, tag="timed"):
    """A kernel was timed and checked."""

    timing: Timing


class Refused(Event, frozen=True, tag="refused"):
    """A kernel cannot do what was asked for."""

    kernel: str
    reason: Message


class Measured(Event, frozen=True, tag="machine"):
    """What this computer can do at most."""

    machine: MachineFacts


class RungsFound(Event, frozen=True):
    """The rungs of the ladder, in order, and which of them can run here."""

    rungs: tuple[RungFacts, ...] = ()


class Scheduled(Event, frozen=True):
    """The order in which a kernel walks over its operands."""

    schedule: Schedule


class Progress(Event, frozen=True, tag="progress"):
    """How much of a request is done."""

    done: int
    total: int


class Done(Event, frozen=True, tag="done"):
    """A request is over."""


class Failed(Event, frozen=True, tag="failed"):
    """A request came to nothing."""

    reason: Message


class _Rung(msgspec.Struct, frozen=True):
    key: str
    title: str
    device: Device
    operations: tuple[Operation, ...]
    dtypes: tuple[DType, ...]
    is_parallel: bool
    why_not: Message | None


class _Rungs(Event, frozen=True, tag="rungs"):
    rungs: tuple[_Rung, ...]


class _Walk(msgspec.Struct, frozen=True):
    kernel: str
    m: int
    n: int
    k: int
    threads: int
    steps: list[list[int]]
    traffic: tuple[Traffic, ...] = ()


class _Scheduled(Event, frozen=True, tag="schedule"):
    schedule: _Walk


_Line = Preparing | Timed | Refused | Measured | _Rungs | _Scheduled | Progress | Done | Failed
_DECODER: msgspec.json.Decoder[Any] = msgspec.json.Decoder(_Line)


def decode(line: bytes) -> Event:
    """Return the event in a line of JSON. Raises EventError where the line is none."""
    try:
        event: _Line = _DECODER.decode(line)
        if isinstance(event, _Rungs):
            return RungsFound(id=event.id, rungs=tuple(_rung(rung) for rung in event.rungs))
        if isinstance(event, _Scheduled):
            return Scheduled(id=event.id, schedule=_schedule(event.schedule))
        if isinstance(event, Refused | Failed):
            _check(event.reason)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, OverflowError) as error:
        raise EventError(
            message("The measuring process said something unknown: {why}", why=str(error))
        ) from None
    return event


def _check(text: Message) -> None:
    """ValueError where a sentence cannot be said with its values."""
    try:
        sentence(text)
    except (LookupError, AttributeError) as error:
        raise ValueError(f"a sentence lacks {error}") from None


def _rung(rung: _Rung) -> RungFacts:
    for text in (message(rung.title), rung.why_not):
        if text is not None:
            _check(text)
    return RungFacts(
        rung.key,
        message(rung.title),
        rung.device,
        rung.operations,
        rung.dtypes,
        rung.is_parallel,
        rung.why_not,
    )


def _schedule(walk: _Walk) -> Schedule:
    return Schedule(walk.kernel, walk.m, walk.n, walk.k, walk.threads, _steps(walk), walk.traffic)


def _steps(walk: _Walk) -> NDArray[np.int64]:
    """The steps as an array; ValueError where one is no step or leaves the matrices."""
    if any(len(step) != STEP_COLUMNS for step in walk.steps):
        raise ValueError("a step has other than eight numbers")
    steps = np.array(walk.steps, np.int64).reshape(-1, STEP_COLUMNS)
    if (steps < 0).any() or (np.diff(steps[:, 0]) < 0).any():
        raise ValueError("the steps are not in order")
    for first, size in ((2, walk.m), (4, walk.n), (6, walk.k)):
        if (steps[:, first] > steps[:, first + 1]).any() or (steps[:, first + 1] > size).any():
            raise ValueError("a step leaves the matrices")
    steps.flags.writeable = False
    return steps
