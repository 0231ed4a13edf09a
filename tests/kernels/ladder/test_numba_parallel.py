"""The product in bands: the same bits with any number of threads, whoever calls, asleep or awake."""

from __future__ import annotations

import threading
import time

import numpy as np
import pytest

from kernels.checking import reference_of
from kernels.ladder import numba_packed
from kernels.ladder.crew import ASLEEP, LINE
from kernels.ladder.kernel import DTYPES, DType, Matrix
from kernels.ladder.numba_parallel import ALONE, crew, cut_of, gemm, schedule, stretch
from kernels.ladder.schedule import COLUMN, COLUMN_END, MOMENT, ROW, ROW_END, THREAD

TILES = [(12, 32), (4, 4), (1, 1)]


def operands(m: int, n: int, k: int, dtype: DType) -> tuple[Matrix, Matrix]:
    rng = np.random.default_rng(5)
    return rng.standard_normal((m, k)).astype(dtype), rng.standard_normal((k, n)).astype(dtype)


@pytest.mark.parametrize("tile", TILES)
@pytest.mark.parametrize("threads", [1, 2, 3, 4, 7, 16])
def test_bands_cover_the_result_once(tile: tuple[int, int], threads: int) -> None:
    for m, n in [(1, 1), (12, 500), (500, 3), (100, 100), (257, 65), (13, 33)]:
        down, across = cut_of(m, n, threads, *tile)
        assert 1 <= down * across <= threads
        n_written = np.zeros((m, n), int)
        for number in range(down * across):
            rows = slice(*stretch(m, tile[0], down, number // across))
            columns = slice(*stretch(n, tile[1], across, number % across))
            assert n_written[rows, columns].size
            n_written[rows, columns] += 1
        assert (n_written == 1).all()


def test_a_large_result_is_shared_by_all() -> None:
    for threads in (2, 3, 4, 8, 16):
        down, across = cut_of(2048, 2048, threads, 12, 32)
        assert down * across == threads


@pytest.mark.parametrize("dtype", DTYPES)
def test_the_same_bits_with_any_number_of_threads(dtype: DType) -> None:
    for m, n, k in [(130, 140, 150), (300, 290, 1100), (13, 3000, 700), (900, 31, 300)]:
        assert m * n * k > ALONE
        a, b = operands(m, n, k, dtype)
        one = numba_packed.gemm(a, b)
        assert reference_of(a, b).error_over_bound(one) <= 1
        for threads in (1, 2, 3, 5):
            for out in (np.full((m, n), np.nan, dtype), np.full((n, m), np.nan, dtype).T):
                expected = one if out.flags.c_contiguous else numba_packed.gemm(a, b, out.copy(order="F"))
                assert (gemm(a, b, out, threads) == expected).all()


def test_several_callers_at_once() -> None:
    """Each gets its own product; types alternate, so that helpers have to change their code."""
    wrong: list[str] = []

    def multiply(dtype: DType, size: int) -> None:
        a, b = operands(size, size, size, dtype)
        expected = numba_packed.gemm(a, b)
        results = [gemm(a, b, threads=3) for _ in range(20)]
        wrong.extend(f"{dtype} {size}" for result in results if (result != expected).any())

    kinds: list[tuple[DType, int]] = [("float32", 150), ("float64", 160), ("float32", 170)]
    callers = [threading.Thread(target=multiply, args=kind) for kind in kinds]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert not wrong


def test_helpers_fall_asleep_and_are_woken_again() -> None:
    a, b = operands(200, 200, 200, "float32")
    expected = numba_packed.gemm(a, b)
    for _ in range(3):
        assert (gemm(a, b, threads=2) == expected).all()
        deadline = time.monotonic() + 20
        while not crew().board[ASLEEP + LINE] and time.monotonic() < deadline:
            time.sleep(0.001)
        assert crew().board[ASLEEP + LINE]


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_the_schedule_gives_each_thread_a_part_of_its_own(threads: int) -> None:
    found = schedule(24, 20, 18, threads, "float32")
    owner = np.full((24, 20), -1)
    for step in found.steps:
        part = owner[step[ROW] : step[ROW_END], step[COLUMN] : step[COLUMN_END]]
        assert np.isin(part, (-1, step[THREAD])).all()
        part[...] = step[THREAD]
    assert set(owner.flat) == set(range(threads))
    moments = [set(found.steps[found.steps[:, MOMENT] == moment, THREAD]) for moment in (0, 1)]
    assert all(len(at_once) == threads for at_once in moments)
