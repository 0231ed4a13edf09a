"""One entrant to parallel code, and BLAS as it was before, whatever happens inside."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from threadpoolctl import threadpool_info

from kernels.threads import available_cores, blas_threads, blas_threads_held, run


class GivingUpError(Exception):
    """Raised inside, to see what is left behind."""


@pytest.fixture
def _hasty() -> Iterator[None]:
    """Python threads that take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def blas_now() -> set[int]:
    """Threads of every BLAS that is loaded, asked of the libraries themselves."""
    import numpy as np  # noqa: F401 - loads its BLAS

    found = {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}
    assert found
    return found


def test_every_share_is_done_once_by_a_thread_of_its_own() -> None:
    for threads in (1, 2, 3, 5, 2):
        barrier = threading.Barrier(threads)
        done: list[tuple[int, int]] = []

        def work(
            number: int, barrier: threading.Barrier = barrier, done: list[tuple[int, int]] = done
        ) -> None:
            barrier.wait(60)  # only passed when all are here at the same time
            done.append((number, threading.get_ident()))

        run(work, threads)
        assert sorted(number for number, _ in done) == list(range(threads))
        assert len({ident for _, ident in done}) == threads
        assert (0, threading.get_ident()) in done


@pytest.mark.usefixtures("_hasty")
def test_only_one_is_inside_at_a_time() -> None:
    inside: list[int] = []
    most: list[int] = []

    def enter(me: int) -> None:
        def work(number: int) -> None:
            if number == 0:
                inside.append(me)
                most.extend(len(inside) for _ in range(20))
                inside.remove(me)

        for _ in range(100):
            run(work, 2)
            with blas_threads(2):
                work(0)

    threads = [threading.Thread(target=enter, args=(me,)) for me in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 3 * 100 * 2 * 20
    assert set(most) == {1}


def test_blas_is_held_to_one_thread_while_others_work() -> None:
    with blas_threads(2):
        before = blas_now()
        seen: list[set[int]] = []
        run(lambda number: seen.append(blas_now()), 2)
        assert seen == [{1}, {1}]
        assert blas_now() == before


def test_blas_is_as_before_after_an_exception() -> None:
    before = blas_now()

    def give_up() -> None:
        with blas_threads(1):
            assert blas_now() == {1}
            assert blas_threads_held() == 1
            with blas_threads(2):
                assert blas_threads_held() == 2
                raise GivingUpError

    with pytest.raises(GivingUpError):
        give_up()
    assert blas_now() == before
    assert blas_threads_held() == 0


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_what_a_share_raises_reaches_the_caller_when_all_are_done(failing: int) -> None:
    before = blas_now()
    done: list[int] = []

    def work(number: int) -> None:
        if number == failing:
            raise GivingUpError
        done.append(number)

    with pytest.raises(GivingUpError):
        run(work, 3)
    assert sorted(done) == sorted({0, 1, 2} - {failing})
    assert blas_now() == before
    run(done.append, 3)  # and the threads are ready for the next work
    assert len(done) == 5


def test_one_thread_alone_does_not_wait_for_others() -> None:
    """A share of one is no parallel code: it runs while somebody else is inside."""
    is_inside, may_leave = threading.Event(), threading.Event()

    def stay(number: int) -> None:
        if number == 0:
            is_inside.set()
            assert may_leave.wait(60)

    other = threading.Thread(target=run, args=(stay, 2))
    other.start()
    assert is_inside.wait(60)
    seen: list[int] = []
    run(seen.append, 1)
    may_leave.set()
    other.join()
    assert seen == [0]


def test_there_is_a_core() -> None:
    assert available_cores() >= 1
