"""The model of moving bytes: its caches against another library's, its counts by hand, its lesson."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.ladder import numba_blocked, numba_loops, numba_packed, python_loops
from kernels.ladder.loop_order import row_by_column, row_by_row
from kernels.ladder.schedule import Schedule
from kernels.ladder.traffic import LINE, SMALL_MACHINE, Cache, modelled, with_traffic

LEVELS = ["registers", "L1", "L2", "L3", "memory"]


def moved(schedule: Schedule) -> dict[str, int]:
    assert [traffic.level for traffic in schedule.traffic] == LEVELS
    return {traffic.level: traffic.n_bytes for traffic in schedule.traffic}


@given(lines=st.lists(st.integers(0, 12), max_size=200), n_lines=st.integers(1, 9))
def test_a_cache_forgets_what_was_used_longest_ago(lines: list[int], n_lines: int) -> None:
    """The standard library's cache with the same rule is the oracle."""
    cache = Cache(n_lines * LINE)
    fetch = lru_cache(n_lines)(lambda line: line)
    for line in lines:
        before = fetch.cache_info().hits
        fetch(line)
        assert cache.holds(line) == (fetch.cache_info().hits > before)
    assert cache.n_fetched == fetch.cache_info().misses


def test_one_product_of_two_numbers() -> None:
    """Two numbers into registers, and from each level three lines: of A, of B and of C."""
    line = LINE * 4
    assert moved(row_by_column(1, 1, 1, "float32")) == {
        "registers": 12,
        "L1": 8,
        "L2": 3 * line,
        "L3": 3 * line,
        "memory": 3 * line,
    }


def test_a_small_product_by_hand() -> None:
    """2 × 2 by 2 × 2: everything stays, each row is a line, and a second depth loads C again."""
    by_columns, by_rows = row_by_column(2, 2, 2, "float64"), row_by_row(2, 2, 2, "float64")
    assert moved(by_columns) == {"registers": 192, "L1": 128, "L2": 192, "L3": 192, "memory": 192}
    # Four steps of one number of A and two of B; two of them add to two numbers of C.
    assert moved(by_rows) == {
        "registers": 192,
        "L1": 8 * (4 * 3 + 2 * 2),
        "L2": 192,
        "L3": 192,
        "memory": 192,
    }


@pytest.mark.parametrize("order", [row_by_column, row_by_row])
@given(m=st.integers(0, 9), n=st.integers(0, 9), k=st.integers(1, 9))
def test_every_level_moves_at_least_what_there_is(
    order: Callable[..., Schedule], m: int, n: int, k: int
) -> None:
    bytes_moved = moved(order(m, n, k, "float32"))
    assert bytes_moved["registers"] == 12 * m * n * k
    if m and n:
        lines = m * -(-k // LINE) + k * -(-n // LINE) + m * -(-n // LINE)
        # Below the third cache everything is fetched once, for nothing of this size has to leave it.
        assert bytes_moved["memory"] == lines * LINE * 4
        assert bytes_moved["L2"] >= bytes_moved["L3"] >= bytes_moved["memory"]


def test_float64_moves_twice_the_bytes() -> None:
    single, double = row_by_row(20, 20, 20, "float32"), row_by_row(20, 20, 20, "float64")
    assert {level: 2 * n_bytes for level, n_bytes in moved(single).items()} == moved(double)


def test_each_thread_has_caches_of_its_own_and_all_share_the_last() -> None:
    steps = np.array([[0, 0, 0, 4, 0, 4, 0, 4], [0, 1, 4, 8, 0, 4, 0, 4]])
    bytes_moved = moved(with_traffic(8, 4, 4, 2, steps, "float32"))
    own, together = 2 * (4 + 4 + 4), 8 + 4 + 8  # lines: both threads need B, memory sends it once
    assert bytes_moved["L2"] == bytes_moved["L3"] == own * LINE * 4
    assert bytes_moved["memory"] == together * LINE * 4


def test_packing_lays_a_strip_side_by_side_and_costs_one_more_reading() -> None:
    """Two rows of A at each of four depths: packed they are two lines, in place one line in each row."""
    steps = np.array([[0, 0, 0, 2, 0, 4, 0, 4]])
    packed = {item.level: item.n_bytes for item in modelled(2, 4, 4, steps, "float32", (2, 4))}
    in_place = {item.level: item.n_bytes for item in modelled(2, 4, 4, steps, "float32")}
    n_packed = (2 * 4 + 4 * 4) * 4
    assert packed["L1"] == in_place["L1"] + n_packed
    assert packed["memory"] == in_place["memory"] + n_packed  # as many lines: 2 of A, 4 of B, 2 of C


def test_it_shows_why_the_blocked_one_is_faster() -> None:
    for size in (24, 32, 48):
        naive, blocked, packed = (
            moved(module.schedule(size, size, size, 1, "float32"))
            for module in (numba_loops, numba_blocked, numba_packed)
        )
        assert naive["L2"] > 5 * blocked["L2"]  # blocks stay in the first cache
        assert naive["L3"] > 2 * blocked["L3"]
        assert blocked["L1"] > 2 * packed["L1"]  # a tile stays in registers
        assert moved(python_loops.schedule(size, size, size, 1, "float32")) == naive


def test_the_small_machine_grows_from_level_to_level() -> None:
    sizes = [size for _, size in SMALL_MACHINE]
    assert sizes == sorted(sizes)
    assert all(size % LINE == 0 for size in sizes)
