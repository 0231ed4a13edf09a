"""How many bytes a schedule moves between the levels of memory: a model, and no measurement.

A small product stands for a large one, so its machine is small too: each level holds as many numbers as
`SMALL_MACHINE` says, brings them in by lines of four, and gives up the line that was used longest ago. In
proportion the levels are to the blocks of a schedule as those of a real processor are to real blocks. The
schedule is replayed number by number in its own order: what a level does not hold comes from the one below.

The model leaves out what is written back on the way down, what is fetched ahead of time, and the time that
anything takes. It counts each number that a step brings into registers once, and keeps it for that step.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from kernels.ladder.kernel import DType
from kernels.ladder.schedule import Schedule, Traffic

LINE = 4
"""Numbers that move together, as the 16 or 8 of a real cache line do."""

SMALL_MACHINE = (("L1", 96), ("L2", 512), ("L3", 2048))
"""Levels and the numbers that each holds; the first two once for each thread, the last shared by all."""

Lines = list[list[int]]
"""The line in which each number of a matrix lies, row by row."""


class Cache:
    """Lines that a level holds; the one used longest ago leaves when another one needs its place."""

    __slots__ = ("_lines", "_n_lines", "n_fetched")

    def __init__(self, n_numbers: int) -> None:
        self._n_lines = n_numbers // LINE
        self._lines: dict[int, None] = {}
        self.n_fetched = 0

    def holds(self, line: int) -> bool:
        """Whether the line is here already; it is afterwards."""
        lines = self._lines
        if line in lines:
            del lines[line]  # put at the end again: the latest
            lines[line] = None
            return True
        lines[line] = None
        self.n_fetched += 1
        if len(lines) > self._n_lines:
            del lines[next(iter(lines))]
        return False


def with_traffic(
    m: int,
    n: int,
    k: int,
    threads: int,
    steps: NDArray[np.int64],
    dtype: DType,
    tile: tuple[int, int] | None = None,
) -> Schedule:
    """Return steps as a schedule, with the bytes that they move.

    steps : int64, shape (n_steps, 8), as in `Schedule`; each is what is done with registers at one go
    tile : rows and columns of the register tile of a kernel that packs its operands: A then lies in strips
        of so many rows, B in strips of so many columns, and packing has brought each in once more; None for
        operands that are read where they lie, row by row
    """
    steps = np.ascontiguousarray(steps, np.int64).reshape(-1, 8)
    steps.flags.writeable = False
    return Schedule(m, n, k, threads, steps, modelled(m, n, k, steps, dtype, tile))


def modelled(
    m: int, n: int, k: int, steps: NDArray[np.int64], dtype: DType, tile: tuple[int, int] | None = None
) -> tuple[Traffic, ...]:
    """Return the bytes that each level hands upwards; see `with_traffic` for the parameters.

    The registers hand three numbers to each multiply-add, whatever the order: what all else is held against.
    """
    itemsize = np.dtype(dtype).itemsize
    n_loaded, n_fetched = _replayed(m, n, k, steps.tolist(), tile)
    n_packed = m * k + k * n if tile else 0
    from_below = [n_loaded + n_packed] + [count * LINE + n_packed for count in n_fetched]
    levels = [*(level for level, _ in SMALL_MACHINE), "memory"]
    return (
        Traffic("registers", 3 * m * n * k * itemsize),
        *(Traffic(level, count * itemsize) for level, count in zip(levels, from_below, strict=True)),
    )


def _replayed(
    m: int, n: int, k: int, steps: list[list[int]], tile: tuple[int, int] | None
) -> tuple[int, list[int]]:
    """Numbers loaded into registers, and lines that each cache fetched from below, in the steps' order."""
    a_columns, b_rows, c_rows = _places(m, n, k, tile)
    shared = Cache(SMALL_MACHINE[-1][1])
    own: dict[int, list[Cache]] = {}
    n_loaded = 0
    for _, thread, row, row_end, column, column_end, depth, depth_end in steps:
        if thread not in own:
            own[thread] = [Cache(size) for _, size in SMALL_MACHINE[:-1]]
        caches = [*own[thread], shared]
        rows, columns, depths = row_end - row, column_end - column, depth_end - depth
        n_loaded += rows * depths + depths * columns + (rows * columns if depth else 0)
        for p in range(depth, depth_end):
            _touch(caches, a_columns[p][row:row_end])
            _touch(caches, b_rows[p][column:column_end])
        for i in range(row, row_end):
            _touch(caches, c_rows[i][column:column_end])
    n_levels = len(SMALL_MACHINE) - 1
    private = [sum(caches[level].n_fetched for caches in own.values()) for level in range(n_levels)]
    return n_loaded, [*private, shared.n_fetched]


def _touch(caches: list[Cache], lines: list[int]) -> None:
    """Bring each line up through all levels that do not hold it."""
    for line in dict.fromkeys(lines):
        for cache in caches:
            if cache.holds(line):
                break


def _places(m: int, n: int, k: int, tile: tuple[int, int] | None) -> tuple[Lines, Lines, Lines]:
    """The lines of A by columns, of B by rows and of C by rows; no two matrices share a line."""
    a = _strips(m, k, tile[0]) if tile else _by_rows(m, k).T
    b = _strips(n, k, tile[1]) if tile else _by_rows(k, n)
    numbered = [a, b, _by_rows(m, n)]
    starts = accumulate((int(lines.max(initial=-1)) + 1 for lines in numbered), initial=0)
    a, b, c = (lines + start for lines, start in zip(numbered, starts, strict=False))
    return a.tolist(), b.tolist(), c.tolist()


def _by_rows(n_rows: int, n_columns: int) -> NDArray[np.int64]:
    """Lines of a matrix whose rows lie one after the other, each from the start of a line on."""
    lines_per_row = -(-n_columns // LINE)
    return np.arange(n_rows)[:, None] * lines_per_row + np.arange(n_columns) // LINE


def _strips(length: int, depth: int, width: int) -> NDArray[np.int64]:
    """Lines of packed strips, (depth, length): within a strip `width` numbers of each depth in turn."""
    place = np.arange(length)
    strip, within = place // width, place % width
    return (strip * depth * width + np.arange(depth)[:, None] * width + within) // LINE
