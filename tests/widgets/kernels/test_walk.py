"""A walk replays a schedule: what is under way, seen and finished follows from its steps alone."""

from __future__ import annotations

import numpy as np
import pytest

from playground.model.speed import Schedule
from tests.widgets.kernels.schedules import blocked, plain
from widgets.kernels.walk import LARGEST_VALUE, Name, Product, Walk

NAMES: tuple[Name, ...] = ("a", "b", "c")
SCHEDULES = {
    "plain": plain(3, 4, 5),
    "blocked": blocked(5, 7, 6, (2, 3, 4)),
    "threads": blocked(8, 4, 6, (2, 2, 3), threads=2, kernel="numba-parallel"),
    "many threads": blocked(8, 4, 6, (1, 4, 3), threads=4, kernel="numba-parallel"),
}


def replayed(schedule: Schedule, before: int) -> dict[Name, tuple[np.ndarray, np.ndarray]]:
    """First and last step number at each cell among the steps before a moment, one cell after another."""
    m, n, k = schedule.m, schedule.n, schedule.k
    seen: dict[Name, tuple[np.ndarray, np.ndarray]] = {
        "a": (np.zeros((m, k), bool), np.zeros((m, k), int)),
        "b": (np.zeros((k, n), bool), np.zeros((k, n), int)),
        "c": (np.zeros((m, n), bool), np.zeros((m, n), int)),
    }
    for moment, _, row, row_end, column, column_end, depth, depth_end in schedule.steps.tolist():
        if moment >= before:
            continue
        for i in range(row, row_end):
            for j in range(column, column_end):
                for p in range(depth, depth_end):
                    seen["a"][0][i, p] = seen["b"][0][p, j] = seen["c"][0][i, j] = True
                    seen["c"][1][i, j] += 1
    return seen


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_what_was_seen_and_is_finished(schedule: Schedule) -> None:
    walk = Walk(schedule)
    for moment in range(walk.count + 1):
        truth = replayed(schedule, moment)
        for name in NAMES:
            np.testing.assert_array_equal(walk.seen(name, moment), truth[name][0])
        np.testing.assert_array_equal(walk.finished(moment), truth["c"][1] == schedule.k)
    assert walk.finished(walk.count).all()


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_the_threads_are_in_exactly_their_steps_rectangles(schedule: Schedule) -> None:
    walk = Walk(schedule)
    for moment in range(walk.count):
        steps = schedule.steps[schedule.steps[:, 0] == moment].tolist()
        assert [step.thread for step in walk.steps_at(moment)] == [row[1] for row in steps]
        for name in NAMES:
            found, most = walk.threads(name, moment)
            truth: dict[tuple[int, int], set[int]] = {}
            for _, thread, r, r1, c, c1, d, d1 in steps:
                spans = {"a": (r, r1, d, d1), "b": (d, d1, c, c1), "c": (r, r1, c, c1)}[name]
                for i in range(spans[0], spans[1]):
                    for j in range(spans[2], spans[3]):
                        truth.setdefault((i, j), set()).add(thread)
            assert most == max(len(threads) for threads in truth.values())
            for (i, j), stripes in np.ndenumerate(np.empty(walk.shape(name), object)):
                del stripes
                assert set(found[i, j].tolist()) == truth.get((i, j), {-1})


@pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
def test_the_numbers_grow_to_the_product_forward_and_back(schedule: Schedule) -> None:
    walk = Walk(schedule)
    product = Product(walk)
    whole = product.a @ product.b
    for moment in [*range(walk.count + 1), *range(walk.count, -1, -3), walk.count]:
        partial = np.zeros_like(whole)
        for row in schedule.steps[schedule.steps[:, 0] < moment].tolist():
            _, _, r, r1, c, c1, d, d1 = row
            for i in range(r, r1):
                for j in range(c, c1):
                    partial[i, j] += sum(product.a[i, p] * product.b[p, j] for p in range(d, d1))
        np.testing.assert_array_equal(product.c(moment), partial)
    np.testing.assert_array_equal(product.c(walk.count), whole)
    assert max(np.abs(product.a).max(), np.abs(product.b).max()) <= LARGEST_VALUE


def test_the_numbers_are_the_same_every_time() -> None:
    first, second = Product(Walk(plain(4, 4, 4))), Product(Walk(plain(4, 4, 4)))
    np.testing.assert_array_equal(first.a, second.a)
    np.testing.assert_array_equal(first.b, second.b)


def test_an_empty_product_has_no_moments() -> None:
    empty = Schedule("python", 0, 3, 2, 1, np.zeros((0, 8), np.int64))
    walk = Walk(empty)
    assert walk.count == 0
    assert walk.steps_at(0) == ()
    assert not walk.seen("a", 0).any()


def test_a_walk_of_many_steps_is_known_at_once() -> None:
    walk = Walk(blocked(64, 64, 64, (1, 1, 1)))
    assert walk.count == 64**3
    half = walk.count // 2
    assert walk.finished(walk.count).all()
    assert not walk.finished(half).any()
    assert walk.seen("a", half).sum() == 64 * 32
