"""The order in which a GPU's workgroups walk over a product: shared by all kernels made of square tiles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.ladder.kernel import DType
from kernels.ladder.schedule import COLUMN, DEPTH, ROW, Schedule, Traffic


def workgroup_schedule(
    m: int, n: int, k: int, threads: int, dtype: DType, tile: int, depth: int, each: int
) -> Schedule:
    """Return the schedule of C (m, n) cut into tiles, `threads` workgroups at a time.

    tile : rows and columns of C that one workgroup makes
    depth : how much of k it takes at a time
    each : numbers of C that one thread makes are each x each
    Which workgroups run together is the GPU's own affair; here they take their turns row by row.
    """
    corners = [(row, column) for row in range(0, m, tile) for column in range(0, n, tile)]
    depths = [(start, min(start + depth, k)) for start in range(0, k, depth)]
    steps = []
    for place, (row, column) in enumerate(corners):
        rectangle = (row, min(row + tile, m), column, min(column + tile, n))
        for turn, span in enumerate(depths):
            moment = place // threads * len(depths) + turn
            steps.append((moment, place % threads, *rectangle, *span))
    table = np.array(sorted(steps), np.int64).reshape(len(steps), 8)
    return Schedule(m, n, k, threads, table, _traffic(table, m * n, np.dtype(dtype).itemsize, each))


def _traffic(steps: NDArray[np.int64], results: int, itemsize: int, each: int) -> tuple[Traffic, ...]:
    """Model the bytes that move: tiles from memory once a step, from the shared memory once a thread."""
    rows, columns, depths = (steps[:, place + 1] - steps[:, place] for place in (ROW, COLUMN, DEPTH))
    shared = -(-rows // each) * -(-columns // each) * 2 * each * depths
    tiles = (rows + columns) * depths
    return (
        Traffic("L1", itemsize * int(shared.sum())),
        Traffic("memory", itemsize * (int(tiles.sum()) + results)),
    )
