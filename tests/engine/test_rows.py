"""The order of rows: every row once an epoch, the same for the same seed, resumed anywhere."""

from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.rows import Rows
from playground.model.parameters import Floats
from tests.strategies import bound_data


def numbered(count: int) -> Floats:
    return np.arange(float(count))[:, np.newaxis]


def batches(rows: Rows, epochs: int) -> list[list[float]]:
    found = []
    while rows.whole_epochs < epochs:
        inputs, targets = rows.batch()
        np.testing.assert_array_equal(inputs, -targets)
        found.append(inputs[:, 0].tolist())
        rows.move_on()
    return found


SIZES = {"count": st.integers(1, 40), "size": st.integers(1, 50), "seed": st.integers(0, 2**40)}


@given(**SIZES)
def test_every_epoch_has_every_row_once(count: int, size: int, seed: int) -> None:
    rows = Rows(bound_data(numbered(count), -numbered(count)), size, seed, 0.0)
    found, each = batches(rows, 3), -(-count // size)
    assert len(found) == 3 * each
    for epoch in range(3):
        parts = found[epoch * each : (epoch + 1) * each]
        assert sorted(chain(*parts)) == numbered(count)[:, 0].tolist()
        assert [len(part) for part in parts[:-1]] == [size] * (each - 1)


@given(**SIZES, cut=st.integers(0, 60))
def test_it_is_taken_up_anywhere(count: int, size: int, seed: int, cut: int) -> None:
    bound = bound_data(numbered(count), -numbered(count))
    whole, first = batches(Rows(bound, size, seed, 0.0), 4), Rows(bound, size, seed, 0.0)
    for _ in range(min(cut, len(whole))):
        first.move_on()
    rest = batches(Rows(bound, size, seed, first.epoch), 4)
    assert rest == whole[min(cut, len(whole)) :]


@given(**SIZES)
def test_without_a_seed_rows_keep_their_order(count: int, size: int, seed: int) -> None:
    rows = Rows(bound_data(numbered(count), -numbered(count)), size, None, 0.0)
    assert list(chain(*batches(rows, 2))) == 2 * numbered(count)[:, 0].tolist()


def test_epochs_and_seeds_have_orders_of_their_own() -> None:
    bound = bound_data(numbered(30), -numbered(30))
    first, second = batches(Rows(bound, 30, 7, 0.0), 2)
    (other,) = batches(Rows(bound, 30, 8, 0.0), 1)
    assert len({tuple(first), tuple(second), tuple(other), tuple(sorted(first))}) == 4
