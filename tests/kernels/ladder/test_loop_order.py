"""The orders of plain loops: what is done first, next and last."""

from __future__ import annotations

import numpy as np

from kernels.ladder.loop_order import BLOCK_COLUMNS, BLOCK_DEPTH, row_by_column, row_by_row
from kernels.ladder.schedule import COLUMN, COLUMN_END, DEPTH, DEPTH_END, MOMENT, ROW


def test_row_by_column_is_three_loops() -> None:
    steps = row_by_column(3, 4, 5, "float32").steps
    assert [tuple(step[[ROW, COLUMN]]) for step in steps] == [(i, j) for i in range(3) for j in range(4)]
    assert (steps[:, DEPTH] == 0).all()
    assert (steps[:, DEPTH_END] == 5).all()


def test_row_by_row_finishes_a_block_of_b_before_the_next() -> None:
    m, n, k = 5, 2 * BLOCK_COLUMNS + 3, 2 * BLOCK_DEPTH + 1
    steps = row_by_row(m, n, k, "float32").steps
    blocks = steps[:, [COLUMN, DEPTH]] // [BLOCK_COLUMNS, BLOCK_DEPTH]
    changes = np.flatnonzero((np.diff(blocks, axis=0) != 0).any(axis=1)) + 1
    visited = [tuple(block) for block in np.split(blocks, changes) for block in [block[0]]]
    assert visited == [(column, depth) for column in range(3) for depth in range(3)]
    for block in np.split(steps, changes):
        assert (np.diff(block[:, ROW]) >= 0).all()
        assert set(block[:, ROW]) == set(range(m))
        assert len(set(block[:, COLUMN_END] - block[:, COLUMN])) == 1


def test_one_step_at_each_moment() -> None:
    for order in (row_by_column, row_by_row):
        steps = order(4, 9, 6, "float64").steps
        np.testing.assert_array_equal(steps[:, MOMENT], np.arange(len(steps)))
