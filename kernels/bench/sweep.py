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
"""A kernel stops at the size where one product would take longer; its line in the plot ends there."""


def sweep(
    track: Track, operation: Operation, sizes: Sequence[int], dtype: DType, lanes: Sequence[Lane]
) -> Iterator[Event]:
    """Time every entrant on every size that it can do soon; yields what happens as it happens."""
    going, done, total = list(lanes), 0, len(sizes) * len(lanes)
    last_gflops: dict[Lane, float] = {}
    for size in sorted(sizes):
        task = square(operation, size, dtype)
        for lane in tuple(going):
            seconds = task.flops / 1e9 / last_gflops[lane] if lane in last_gflops else 0.0
            if seconds > LONGEST_SECONDS:
                going.remove(lane)
                continue
            if lane not in last_gflops:
                yield Preparing(lane[0])
            event = attempt(track, *lane, task)
            if not isinstance(event, Timed):
                going.remove(lane)
                yield event
            elif event.timing.is_smaller:
                going.remove(lane)
            else:
                last_gflops[lane] = event.timing.gflops
                yield event
            done += 1
            yield Progress(done, total)
        done = total - len(going) * sum(other > size for other in sizes)
        yield Progress(done, total)
