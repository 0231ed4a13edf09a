"""Scaling: speed against the number of threads, from one to all cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kernels.bench.events import Event, Preparing, Progress, Refused
from kernels.bench.race import attempt
from kernels.bench.task import square
from kernels.bench.track import Track
from kernels.ladder import registry
from kernels.ladder.kernel import DType, Reason

EVERY_UP_TO = 8
"""Up to here every number of threads is measured; beyond it, about eight more."""

ALONE = Reason("It computes with one thread, however many there are.")


def thread_counts(cores: int) -> tuple[int, ...]:
    """Return the numbers of threads that are measured: one to all cores, on large machines with gaps."""
    step = max(1, (cores - EVERY_UP_TO) // EVERY_UP_TO)
    return tuple(sorted({*range(1, min(cores, EVERY_UP_TO) + 1), *range(EVERY_UP_TO, cores, step), cores}))


def scaling(track: Track, size: int, dtype: DType, keys: Sequence[str], cores: int) -> Iterator[Event]:
    """Time square products by more and more threads; yields what happens as it happens."""
    counts, going, done = thread_counts(cores), list(keys), 0
    task = square("gemm", size, dtype)
    for key in keys:
        if not registry.kernel(key).is_parallel:
            going.remove(key)
            yield Refused(key, ALONE)
    total = len(counts) * len(going)
    for threads in counts:
        for key in tuple(going):
            if threads == 1:
                yield Preparing(key)
            event = attempt(track, key, threads, task)
            if isinstance(event, Refused):
                going.remove(key)
            yield event
            done += 1
            yield Progress(done, total)
