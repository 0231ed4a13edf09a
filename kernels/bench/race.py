"""A race: every entrant on the same product, one after another, each alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kernels.bench.events import Event, Preparing, Progress, Refused, Timed
from kernels.bench.task import Task
from kernels.bench.track import Track
from kernels.ladder import registry
from kernels.ladder.kernel import DType, Reason, UnavailableError

Lane = tuple[str, int]
"""A kernel's key, and its number of threads."""


LONGEST_SECONDS = 0.7
"""About as long as one product of a race may take, so that whoever looks on soon sees all bars."""


def prepare(key: str, dtype: DType) -> Iterator[Event]:
    """Compile or load what an entrant needs, so that its race begins at once."""
    yield Preparing(key)
    kernel = registry.kernel(key)
    if (reason := kernel.why_not()) is None:
        kernel.prepare(dtype)
    else:
        yield Refused(key, reason)


def race(track: Track, task: Task, lanes: Sequence[Lane]) -> Iterator[Event]:
    """Time every entrant, in this order; yields what happens as it happens."""
    for done, (key, threads) in enumerate(lanes, 1):
        yield Preparing(key)
        yield attempt(track, key, threads, task)
        yield Progress(done, len(lanes))


def attempt(track: Track, key: str, threads: int, task: Task) -> Timed | Refused:
    """Time one entrant, or say in a sentence why it cannot."""
    try:
        return Timed(track.time(key, threads, task))
    except UnavailableError as error:
        return Refused(key, error.reason)
    except MemoryError:
        return Refused(key, Reason("There is not enough memory for a product of this size."))
    except Exception as error:  # noqa: BLE001  # one rung that fails must not end the race of the others
        problem = " ".join(f"{type(error).__name__}: {error}".split())
        return Refused(key, Reason("It ended with an error in the program: {problem}.", {"problem": problem}))
