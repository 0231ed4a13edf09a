"""The same work by several threads at the same time, and how long all of them took."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from time import perf_counter


def best_seconds(work: Callable[[int], object], threads: int, repeats: int) -> float:
    """Return the shortest of several times, from the first thread's start to the last one's end.

    work : called with the number of the thread, from 0; leaves the interpreter alone (nogil) while it works.
    The shortest counts, since a limit is what the machine can do when nothing else disturbs it.
    """
    barrier = Barrier(threads)
    began = [[0.0] * threads for _ in range(repeats)]
    ended = [[0.0] * threads for _ in range(repeats)]

    def run(number: int) -> None:
        for repeat in range(repeats):
            barrier.wait()
            began[repeat][number] = perf_counter()
            work(number)
            ended[repeat][number] = perf_counter()

    others = [Thread(target=run, args=(number,)) for number in range(1, threads)]
    for other in others:
        other.start()
    run(0)
    for other in others:
        other.join()
    return min(max(end) - min(start) for start, end in zip(began, ended, strict=True))
