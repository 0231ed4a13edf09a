"""Everything that is measured for a report: the machine, the ladder over sizes, the training of networks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import isqrt

from kernels import machine
from kernels.bench.events import Event, Refused
from kernels.bench.networks import NETWORKS
from kernels.bench.requests import KEYS
from kernels.bench.sampling import Budget
from kernels.bench.sweep import sweep
from kernels.bench.track import Track
from kernels.bench.training import TrainingSpeed, fused_speeds, oracle_speed
from kernels.ladder import registry
from kernels.ladder.kernel import DTYPES, OPERATIONS, DType, Operation
from kernels.limits.memory import array_bytes
from kernels.machine import Machine
from kernels.threads import available_cores


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured, and how long.

    sizes : of the square matrices that are multiplied by each other
    beyond_caches : whether a matrix larger than all caches is multiplied by a vector too
    longest_seconds : about as long as one product may take
    """

    sizes: tuple[int, ...]
    vector_sizes: tuple[int, ...]
    beyond_caches: bool
    dtypes: tuple[DType, ...]
    budget: Budget
    training: Budget
    longest_seconds: float


FULL = Effort(
    sizes=(64, 128, 256, 512, 1024, 2048),
    vector_sizes=(256, 1024),
    beyond_caches=True,
    dtypes=DTYPES,
    budget=Budget(least_seconds=0.3, most_seconds=1.5),
    training=Budget(least_seconds=0.6, most_seconds=2.0),
    longest_seconds=3.0,
)
QUICK = Effort(
    sizes=(64, 256, 1024),
    vector_sizes=(1024,),
    beyond_caches=True,
    dtypes=("float32",),
    budget=Budget(least_seconds=0.06, least_repeats=3, most_seconds=0.3),
    training=Budget(least_seconds=0.15, least_repeats=3, most_seconds=0.4),
    longest_seconds=0.2,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What of it is measured; what is empty is as the effort says, or everything.

    sizes : of square matrices, for both operations
    keys : kernels
    threads : for kernels that can use several; the others compute with one
    """

    sizes: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    threads: tuple[int, ...] = ()
    dtypes: tuple[DType, ...] = ()
    is_quick: bool = False


def report(choice: Choice, overrides: tuple[str, ...] = ()) -> Iterator[Event | Machine | TrainingSpeed]:
    """Measure the machine, then the ladder, then training; yields what happens as it happens."""
    effort = QUICK if choice.is_quick else FULL
    yield machine.measure(overrides)
    for kernel in registry.kernels():
        if (reason := kernel.why_not()) is not None and kernel.key in (choice.keys or KEYS):
            yield Refused(kernel.key, reason)
    dtypes = choice.dtypes or effort.dtypes
    lanes = {place: lanes_of(choice, *place) for place in product(OPERATIONS, dtypes)}
    if not any(lanes.values()):
        return
    for (operation, dtype), entrants in lanes.items():
        track = Track(effort.budget, longest_seconds=effort.longest_seconds, is_paired=True)
        sizes = choice.sizes or sizes_of(effort, operation, dtype)
        yield from sweep(track, operation, sizes, dtype, entrants, effort.longest_seconds)
    yield from _training(dtypes, effort.training)


def sizes_of(effort: Effort, operation: Operation, dtype: DType) -> tuple[int, ...]:
    """Return the sizes of an effort; with a vector also one whose matrix no cache can hold."""
    if operation == "gemm":
        return effort.sizes
    return (*effort.vector_sizes, beyond_caches(dtype)) if effort.beyond_caches else effort.vector_sizes


def beyond_caches(dtype: DType) -> int:
    """Return the side of a square matrix as large as the array that measures memory, in steps of 256."""
    n_numbers = array_bytes() // {"float32": 4, "float64": 8}[dtype]
    return -(-isqrt(n_numbers) // 256) * 256


def lanes_of(choice: Choice, operation: Operation, dtype: DType) -> list[tuple[str, int]]:
    """Return each kernel that is asked for with each number of threads that it can use, where it can run.

    One that was not asked for by name is left out where it cannot compute this; so is one that cannot run
    here at all, of which that is said before.
    """
    counts: Sequence[int] = choice.threads or sorted({1, available_cores()})
    lanes = []
    for kernel in registry.kernels():
        if choice.keys and kernel.key not in choice.keys:
            continue
        can = operation in kernel.operations and dtype in kernel.dtypes
        if kernel.why_not() is None and (can or choice.keys):
            lanes += [(kernel.key, threads) for threads in (counts if kernel.is_parallel else (1,))]
    return lanes


def _training(dtypes: Sequence[DType], budget: Budget) -> Iterator[TrainingSpeed]:
    for network in NETWORKS:
        yield oracle_speed(network, budget)
        for dtype in dtypes:
            yield from fused_speeds(network, dtype, available_cores(), budget)
