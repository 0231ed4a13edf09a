"""A board and its helpers: each part is done once, by whoever is free, and nobody waits for who sleeps."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from kernels.ladder.atomics import atomic_add, atomic_load, atomic_replace, atomic_store
from kernels.ladder.crew import (
    ASLEEP,
    HELPERS,
    KIND,
    LINE,
    PARTS,
    TICKET,
    WORK,
    Crew,
    await_all,
    finished,
    is_awaited,
    opened,
    taken,
)

N_PARTS = 500


@njit(nogil=True)
def take_all(board: Any, number: int, kind: int, counts: Any) -> None:
    """Count each part that this thread takes."""
    part = taken(board, number, kind)
    while part >= 0:
        atomic_add(counts, part, 1)
        finished(board)
        part = taken(board, number, kind)


@njit(nogil=True)
def lead(board: Any, parts: int, kind: int, counts: Any) -> None:
    opened(board, parts)
    take_all(board, 0, kind, counts)
    await_all(board)


@njit(nogil=True)
def help_along(board: Any, number: int, kind: int, counts: Any) -> bool:
    while is_awaited(board, number):
        take_all(board, number, kind, counts)
        if board[KIND] != kind:
            return True
    return False


@njit(nogil=True)
def count_up(numbers: Any, times: int) -> None:
    for _ in range(times):
        atomic_add(numbers, 0, 1)


@njit(nogil=True)
def exchanged(numbers: Any) -> tuple[int, bool, bool]:
    atomic_store(numbers, 1, 5)
    return atomic_load(numbers, 1), atomic_replace(numbers, 1, 5, 6), atomic_replace(numbers, 1, 5, 7)


def test_additions_of_several_threads_all_count() -> None:
    numbers = np.zeros(2, np.int64)
    adders = [threading.Thread(target=count_up, args=(numbers, 100_000)) for _ in range(3)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    assert numbers[0] == 300_000


def test_only_one_exchange_succeeds() -> None:
    numbers = np.zeros(2, np.int64)
    assert exchanged(numbers) == (5, True, False)
    assert numbers[1] == 6


def test_each_part_is_done_once() -> None:
    counts = np.zeros(N_PARTS, np.int64)

    def serve(board: NDArray[np.int64], number: int) -> bool:
        return bool(help_along(board, number, 4, counts))

    crew = Crew(serve, 8)
    crew.board[KIND] = 4
    for turn in range(1, 40):
        crew.wake(turn % 4)
        lead(crew.board, N_PARTS, 4, counts)
        assert (counts == turn).all()


def test_helpers_with_other_code_or_too_many_leave_the_parts_to_others() -> None:
    counts = np.zeros(3, np.int64)
    board = np.zeros(ASLEEP + 4 * LINE, np.int64)
    board[KIND], board[HELPERS] = 8, 1
    board[TICKET] = 5 * PARTS + 3
    take_all(board, 2, 8, counts)  # the second helper where only one is wanted
    take_all(board, 1, 4, counts)  # prepared for another kind of work
    assert not counts.any()
    take_all(board, 1, 8, counts)
    assert counts.tolist() == [1, 1, 1]


def test_who_waits_for_long_goes_to_sleep() -> None:
    board = np.zeros(ASLEEP + 4 * LINE, np.int64)
    assert not help_along(board, 2, 4, np.zeros(1, np.int64))
    assert board[ASLEEP + 2 * LINE] == 1
    assert not board[: ASLEEP + 2 * LINE].any()
    assert WORK < ASLEEP
