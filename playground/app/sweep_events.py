"""What a sweep under way tells, wherever its runs are done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playground.model.message import Message
from playground.model.sweep import Outcome


@dataclass(frozen=True, slots=True)
class Started:
    """The run of a point has begun."""

    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """The run of a point is over."""

    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Ended:
    """No run is under way any more; `problem` says why there was none at all, where that is so."""

    problem: Message | None = None


SweepEvent = Started | Finished | Ended
Tell = Callable[[SweepEvent], None]
"""Hears of events, in whichever thread they happen."""


class Sweep(Protocol):
    """Runs points, and tells of each. `Ended` is told once, and nothing after it."""

    def start(self) -> None:
        """Begin with the first points; returns at once."""
        ...

    def cancel(self) -> None:
        """End everything at once; what was told stays true, and nothing more is told."""
        ...

    def hold(self, is_held: bool) -> None:
        """Let what runs on this computer stand still for a while, or go on."""
        ...
