"""What happens while kernels are timed, in the order in which it happens."""

from __future__ import annotations

from dataclasses import dataclass

from kernels.bench.timing import Timing
from kernels.ladder.kernel import Reason


@dataclass(frozen=True, slots=True)
class Preparing:
    """A kernel is compiled, or a device is woken, and then timed."""

    kernel: str


@dataclass(frozen=True, slots=True)
class Timed:
    """A kernel was timed and checked."""

    timing: Timing


@dataclass(frozen=True, slots=True)
class Refused:
    """A kernel cannot do what was asked for."""

    kernel: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of all timings are done."""

    done: int
    total: int


Event = Preparing | Timed | Refused | Progress
