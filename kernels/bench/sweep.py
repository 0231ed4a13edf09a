"""A sweep: speed against size, for square products from the smallest to the largest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kernels.bench.events import Event, Preparing, Progress, Timed
from kernels.bench.race import Lane, attempt
from kernels.bench.sampling import Budget
from kernels.bench.task import square
from kernels.bench.track import Track
from kernels.ladder.kernel import DType, Operation

BUDGET = Budget(least_seconds=0.08, most_seconds=0.6)
LONGEST_SECONDS = 0.6


def sweep(
    track: Track,
    operation: Operation,
    sizes: Sequence[int],
    dtype: DType,
    lanes: Sequence[Lane],
    longest_seconds: float = LONGEST_SECONDS,
) -> Iterator[Event]:
    """Time every entrant on every size that it can do soon; yields what happens as it happens.

    An entrant stops at the size where one product would take longer than this; its line in a plot ends there.
    Where even the first size takes too long it is timed on a smaller one, and says so.
    """
    sizes, going = sorted(set(sizes)), list(lanes)
    gflops: dict[Lane, float] = {}
    for n_done, size in enumerate(sizes):
        task = square(operation, size, dtype)
        for number, lane in enumerate(tuple(going)):
            yield Progress(n_done * len(lanes) + number, len(sizes) * len(lanes))
            if lane not in gflops:
                yield Preparing(lane[0])
            elif task.flops / 1e9 / gflops[lane] > longest_seconds:
                going.remove(lane)
                continue
            event = attempt(track, *lane, task)
            if isinstance(event, Timed) and not event.timing.is_smaller:
                gflops[lane] = event.timing.gflops
            else:
                going.remove(lane)
            if not isinstance(event, Timed) or lane not in gflops or lane in going:
                yield event
    yield Progress(len(sizes) * len(lanes), len(sizes) * len(lanes))
