"""What is asked of the measuring process, written as one line of JSON each."""

from __future__ import annotations

import msgspec

from playground.model.keys import DType
from playground.model.speed import Operation

Entrant = tuple[str, int]
"""A rung by its key, and its number of threads."""


class Request(msgspec.Struct, frozen=True, kw_only=True, tag_field="do"):
    """Something to be measured; its answers carry its `id`."""

    id: int = 0


class MachineAsked(Request, frozen=True, tag="machine"):
    """Measure this computer: its peaks, its memory, its adapters."""


class RungsAsked(Request, frozen=True, tag="rungs"):
    """List the rungs of the ladder, and why some cannot run."""


class PreparingAsked(Request, frozen=True, tag="prepare"):
    """Compile or load what a rung needs, so that it can be timed at once."""

    kernel: str
    dtype: DType


class RaceAsked(Request, frozen=True, tag="race"):
    """Time every entrant on one product: C (m, n) = A (m, k) B (k, n)."""

    operation: Operation
    m: int
    n: int
    k: int
    dtype: DType
    rungs: tuple[Entrant, ...]


class SweepAsked(Request, frozen=True, tag="sweep"):
    """Time every entrant on square products of several sizes."""

    operation: Operation
    sizes: tuple[int, ...]
    dtype: DType
    rungs: tuple[Entrant, ...]


class ScalingAsked(Request, frozen=True, tag="scaling"):
    """Time rungs with 1, 2, ... threads, up to all cores."""

    size: int
    dtype: DType
    rungs: tuple[str, ...]


class ScheduleAsked(Request, frozen=True, tag="schedule"):
    """Tell the order in which a kernel walks over A (m, k), B (k, n) and C (m, n)."""

    kernel: str
    m: int
    n: int
    k: int
    threads: int
    dtype: DType


def encode(request: Request) -> bytes:
    """Return a request as a line of JSON, with the line's end."""
    return msgspec.json.encode(request) + b"\n"
