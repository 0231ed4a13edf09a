"""The order of rows: every row once an epoch, the same for the same seed, resumed anywhere."""

from __future__ import annotations

import threading
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.rows import Rows


def batches(rows: Rows, size: int, epochs: int) -> list[list[int]]:
    """The places of the rows of each batch, one batch at a time, until so many epochs are over."""
    found = []
    while rows.whole_epochs < epochs:
        orders = rows.orders(1)
        order = list(range(rows.count)) if orders is None else orders[0].tolist()
        found.append(order[rows.seen : rows.seen + size])
        rows.move_on(1)
    return found


SIZES = {"count": st.integers(1, 40), "size": st.integers(1, 50), "seed": st.integers(0, 2**40)}


@given(**SIZES)
def test_every_epoch_has_every_row_once(count: int, size: int, seed: int) -> None:
    found, each = batches(Rows(count, size, seed, 0.0), size, 3), -(-count // size)
    assert len(found) == 3 * each
    for epoch in range(3):
        parts = found[epoch * each : (epoch + 1) * each]
        assert sorted(chain(*parts)) == list(range(count))
        assert [len(part) for part in parts[:-1]] == [size] * (each - 1)


@given(**SIZES, cut=st.integers(0, 60))
def test_it_is_taken_up_anywhere(count: int, size: int, seed: int, cut: int) -> None:
    whole, first = batches(Rows(count, size, seed, 0.0), size, 4), Rows(count, size, seed, 0.0)
    first.move_on(min(cut, len(whole)))
    rest = batches(Rows(count, size, seed, first.epoch), size, 4)
    assert rest == whole[min(cut, len(whole)) :]


@given(**SIZES, steps=st.lists(st.integers(1, 30), max_size=6))
def test_many_batches_at_once_are_as_many_one_by_one(
    count: int, size: int, seed: int, steps: list[int]
) -> None:
    at_once, one_by_one = Rows(count, size, seed, 0.0), Rows(count, size, seed, 0.0)
    for step in steps:
        at_once.move_on(step)
        for _ in range(step):
            one_by_one.move_on(1)
    assert (at_once.whole_epochs, at_once.seen) == (one_by_one.whole_epochs, one_by_one.seen)
    assert at_once.epoch == one_by_one.epoch


@given(**SIZES, step=st.integers(1, 200), first=st.integers(0, 60))
def test_there_are_orders_for_all_epochs_that_the_batches_touch(
    count: int, size: int, seed: int, step: int, first: int
) -> None:
    rows = Rows(count, size, seed, 0.0)
    rows.move_on(first)
    orders, touched = rows.orders(step), 0
    assert orders is not None
    for place in range(step):
        alone = rows.orders(1)
        assert alone is not None
        touched = max(touched, rows.whole_epochs)
        assert orders[rows.whole_epochs - (first // rows.in_epoch)].tolist() == alone[0].tolist(), place
        rows.move_on(1)
    assert len(orders) == touched - first // rows.in_epoch + 1


@given(**SIZES)
def test_without_a_seed_rows_keep_their_order(count: int, size: int, seed: int) -> None:
    rows = Rows(count, size, None, 0.0)
    assert list(chain(*batches(rows, size, 2))) == 2 * list(range(count))


@pytest.mark.parametrize("moved", [0, 1, 2, 5])
def test_how_many_batches_there_are_to_an_epoch(moved: int) -> None:
    rows, count = Rows(25, 10, 1, 0.0), 0
    rows.move_on(moved)
    expected = rows.batches_to(4)
    while rows.whole_epochs < 4:
        rows.move_on(1)
        count += 1
    assert count == expected


def test_epochs_and_seeds_have_orders_of_their_own() -> None:
    first, second = batches(Rows(30, 30, 7, 0.0), 30, 2)
    (other,) = batches(Rows(30, 30, 8, 0.0), 30, 1)
    assert len({tuple(first), tuple(second), tuple(other), tuple(sorted(first))}) == 4


def test_what_others_have_drawn_is_used_where_it_is_the_same() -> None:
    first = Rows(30, 10, 7, 0.0)
    for count, seed, is_same in ((30, 7, True), (31, 7, False), (30, 8, False), (30, None, False)):
        other = Rows(count, 5, seed, 2.0)
        before = other.orders(20)
        other.adopt(first)
        after = other.orders(20)
        assert (other._orders is first._orders) == is_same
        assert (before is None) == (after is None)
        if before is not None and after is not None:
            assert before.tolist() == after.tolist()


def test_drawing_ahead_changes_nothing_and_leaves_no_thread() -> None:
    ahead, plain = Rows(30, 10, 7, 0.0), Rows(30, 10, 7, 0.0)
    before = set(threading.enumerate())
    for n_batches in (700, 650, 100, 800, 1):
        with ahead.drawing_ahead(n_batches):
            ahead.move_on(n_batches)
        plain.move_on(n_batches)
        ours, expected = ahead.orders(900), plain.orders(900)
        assert ours is not None
        assert expected is not None
        assert ours.tolist() == expected.tolist()
    assert set(threading.enumerate()) == before
