"""The orders in which plain loops walk over A, B and C, as schedules of small products."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kernels.ladder.kernel import DType
from kernels.ladder.schedule import Schedule
from kernels.ladder.traffic import with_traffic

BLOCK_DEPTH = 4
BLOCK_COLUMNS = 8
"""The blocks of the schedules of small products: as a real block is to a real cache, so are these to the
caches of the traffic's small machine."""


def row_by_column(m: int, n: int, k: int, dtype: DType) -> Schedule:
    """Loops i, j, p: each number of C is finished, a row of A by a column of B, before the next begins."""
    steps = [(0, i, i + 1, j, j + 1, 0, k) for i in range(m) for j in range(n) if k]
    return _in_turn(m, n, k, steps, dtype)


def row_by_row(m: int, n: int, k: int, dtype: DType) -> Schedule:
    """Loops i, p, j within blocks of B: one number of A times a piece of a row of B, onto a piece of C.

    Blocks of B are taken strip of columns by strip, down the depth, and each serves all rows of A.
    """
    steps = [
        (0, i, i + 1, j, min(j + BLOCK_COLUMNS, n), p, p + 1)
        for j in range(0, n, BLOCK_COLUMNS)
        for depth in range(0, k, BLOCK_DEPTH)
        for i in range(m)
        for p in range(depth, min(depth + BLOCK_DEPTH, k))
    ]
    return _in_turn(m, n, k, steps, dtype)


def _in_turn(m: int, n: int, k: int, steps: Sequence[tuple[int, ...]], dtype: DType) -> Schedule:
    """Steps of one thread, each at a moment of its own."""
    table = np.array(steps, np.int64).reshape(-1, 7)
    moments = np.arange(len(table), dtype=np.int64)
    return with_traffic(m, n, k, 1, np.column_stack([moments, table]), dtype)
