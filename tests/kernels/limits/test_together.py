"""Several threads do the same work at the same time."""

from __future__ import annotations

from threading import Barrier, get_ident

import pytest

from kernels.limits.together import best_seconds


@pytest.mark.parametrize("threads", [1, 3])
def test_every_thread_works_as_often_as_asked_and_at_the_same_time(threads: int) -> None:
    met = Barrier(threads)  # passes only when all are at work together
    seen: list[tuple[int, int]] = []

    def work(number: int) -> None:
        met.wait(10)
        seen.append((number, get_ident()))

    seconds = best_seconds(work, threads, 4)
    assert seconds > 0
    assert sorted(number for number, _ in seen) == sorted([*range(threads)] * 4)
    assert len({ident for _, ident in seen}) == threads
