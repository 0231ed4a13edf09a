"""Matrix times vector on rung 5: as fast as memory delivers the matrix.

    y[i] = sum over p of a[i, p] x[p]

Each number of the matrix is used once, so there is nothing to keep in caches but the vectors: a matrix that
does not fit into them can be multiplied no faster than it is read. Rows whose numbers are adjacent are
walked along, several at once; so are the columns of a transposed matrix, added up in y. Other strides are
walked number by number.

Operands: a (m, k), x (k,), both float32 or both float64, any shape and strides; `out` any stride. The bits
of the result do not depend on the number of threads.
Limits: the bandwidth of memory, or of the cache in which the matrix lies; small products use one thread.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numba import from_dtype, njit, types

from kernels import threads as pool
from kernels.ladder import numba_loops
from kernels.ladder.gemv_tiles import (
    COLUMNS,
    LINE_BYTES,
    ROWS,
    columns_intrinsic,
    low_bytes,
    multiply_low,
    rows_intrinsic,
)
from kernels.ladder.kernel import DType, Matrix
from kernels.ladder.operands import checked_gemv, ensure_threads
from kernels.ladder.vectors import moved, pointer_to

BLOCK_BYTES = 256 * 1024
"""A piece of x, or of y for a transposed matrix, that stays in the caches while the matrix goes by."""

PART_BYTES = 1 << 22
"""How much of the matrix makes waking another thread pay: that takes some 50 millionths of a second."""

BAND_BYTES = 1 << 23
"""How much of the matrix a thread takes at a time: one that begins late, or is disturbed, takes less."""

N_STRIPS = 8
"""Strips of columns of a matrix that is cut into them; always as many, for the same bits."""

LOW = 64
"""Rows below which a matrix counts as low."""

ALIGNED = 16
"""Rows that a band is a multiple of: whole cache lines of y, and whole groups of rows."""

# Constants of the compiled code: it is compiled for this processor.
LOW_BYTES = low_bytes()
multiply_rows, multiply_row = rows_intrinsic(ROWS), rows_intrinsic(1)
multiply_columns, multiply_column = columns_intrinsic(COLUMNS), columns_intrinsic(1)


def along_rows(a: Any, x: Any, y: Any) -> None:
    """Fill y with a x, where neighbours in a row of `a` are adjacent, and those of x and y too.

    Rows far apart are taken together, so that each place at which memory is read goes on evenly from one
    row to the next.
    """
    m, k = a.shape
    step, apart = a.strides[0] // a.itemsize, m // ROWS
    block = BLOCK_BYTES // a.itemsize
    start, factors, sums = pointer_to(a), pointer_to(x), pointer_to(y)
    for i in range(m):
        y[i] = 0
    for p in range(0, k, block):
        length = min(block, k - p)
        factor = moved(factors, p)
        for i in range(apart):
            multiply_rows(moved(start, i * step + p), step * apart, factor, moved(sums, i), apart, length)
        for i in range(ROWS * apart, m):
            multiply_row(moved(start, i * step + p), step, factor, moved(sums, i), 1, length)


def along_columns(a: Any, x: Any, y: Any) -> None:
    """Fill y with a x, where neighbours in a column of `a` are adjacent, and those of x and y too.

    Columns far apart are taken together, as rows are.
    """
    m, k = a.shape
    step, apart = a.strides[1] // a.itemsize, k // COLUMNS
    block = BLOCK_BYTES // a.itemsize
    start, factors, sums = pointer_to(a), pointer_to(x), pointer_to(y)
    for i in range(m):
        y[i] = 0
    for i in range(0, m, block):
        length = min(block, m - i)
        total = moved(sums, i)
        for p in range(apart):
            multiply_columns(
                moved(start, p * step + i), step * apart, moved(factors, p), apart, total, length
            )
        for p in range(COLUMNS * apart, k):
            multiply_column(moved(start, p * step + i), step, moved(factors, p), 1, total, length)


def along_low_columns(a: Any, x: Any, y: Any) -> None:
    """Fill y with a x like `along_columns`, with all sums of few rows in registers."""
    m, k = a.shape
    step = a.strides[1] // a.itemsize
    block = LOW_BYTES // a.itemsize
    start, sums = pointer_to(a), pointer_to(y)
    for i in range(m):
        y[i] = 0
    for i in range(0, m, block):
        multiply_low(moved(start, i), step, pointer_to(x), moved(sums, i), min(block, m - i), k)


Walk = Callable[[Any, Any, Any], None]
"""Fills y with a x; all three may be views."""

WALKS: dict[str, Walk] = {
    "rows": along_rows,
    "columns": along_columns,
    "low columns": along_low_columns,
    "any": numba_loops.multiply_vector,
}


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a @ x; a (m, k), x (k,), y (m,); by at most this many threads."""
    ensure_threads(threads)
    a, x, out = checked_gemv(a, x, out)
    y = out if _is_adjacent(out, 0) else np.empty(out.shape, out.dtype)
    a, x = _forwards(a, x)
    _multiply(_way(a), a, np.ascontiguousarray(x), y, threads)
    if y is not out:
        out[...] = y
    return out


def prepare(dtype: DType) -> None:
    """Compile for a type, or load what was compiled before."""
    for walk in WALKS:
        _walk(walk, np.dtype(dtype).char)


def _multiply(way: str, a: Matrix, x: Matrix, y: Matrix, threads: int) -> None:
    """Fill y with a x: each thread takes bands of rows, or strips of columns where these lie together."""
    m, k = a.shape
    walk = _walk(way, a.dtype.char)
    n_parts = a.size * a.itemsize // PART_BYTES
    if n_parts < 2:
        walk(a, x, y)
    elif k >= N_STRIPS * COLUMNS and (m < LOW or "columns" in way):
        _in_strips(walk, a, x, y, min(threads, n_parts, N_STRIPS))
    else:
        _in_bands(walk, a, x, y, min(threads, n_parts, max(1, m // ALIGNED)))


def _in_bands(walk: Walk, a: Matrix, x: Matrix, y: Matrix, threads: int) -> None:
    m = len(a)
    n_bands = 1 if threads == 1 else min(m // ALIGNED, max(threads, a.size * a.itemsize // BAND_BYTES))
    edges = [m * band // n_bands // ALIGNED * ALIGNED for band in range(n_bands)] + [m]
    bands = iter(range(n_bands))  # whoever is free takes the next one

    def work(_number: int) -> None:
        for band in bands:
            rows = slice(edges[band], edges[band + 1])
            walk(a[rows], x, y[rows])

    pool.run(work, threads)


def _in_strips(walk: Walk, a: Matrix, x: Matrix, y: Matrix, threads: int) -> None:
    """Each strip has sums of its own, which are added in the end: the same ones for any number of threads."""
    m, k = a.shape
    sums = _from_line_starts(N_STRIPS, m, a.dtype)
    edges = [k * strip // N_STRIPS for strip in range(N_STRIPS + 1)]
    strips = iter(range(N_STRIPS))

    def work(_number: int) -> None:
        for strip in strips:
            columns = slice(edges[strip], edges[strip + 1])
            walk(a[:, columns], x[columns], sums[strip])

    pool.run(work, threads)
    np.sum(sums, axis=0, out=y)


def _from_line_starts(n_rows: int, length: int, dtype: np.dtype[Any]) -> Matrix:
    """New rows, each of which begins with a cache line: no vector of them lies across two lines."""
    numbers = LINE_BYTES // dtype.itemsize
    apart = (-(-length // numbers) + 1) * numbers  # one line more: rows are no power of two apart
    room = np.empty(n_rows * apart + numbers, dtype)
    first = -room.ctypes.data % LINE_BYTES // dtype.itemsize
    rows: Matrix = room[first : first + n_rows * apart].reshape(n_rows, apart)[:, :length]
    return rows


def _forwards(a: Matrix, x: Matrix) -> tuple[Matrix, Matrix]:
    """The same product with the columns of a mirrored matrix, and the numbers of x, turned round."""
    return (a[:, ::-1], x[::-1]) if a.strides[1] < 0 else (a, x)


def _way(a: Matrix) -> str:
    """The key of the walk that goes along neighbours in memory."""
    if _is_adjacent(a, 1):
        return "rows"
    if not _is_adjacent(a, 0):
        return "any"
    return "low columns" if a.shape[0] < LOW else "columns"


def _is_adjacent(array: Matrix, axis: int) -> bool:
    """Whether neighbours along an axis lie side by side."""
    return array.shape[axis] <= 1 or array.strides[axis] == array.itemsize


@cache
def _walk(name: str, char: str) -> Walk:
    """One of the walks, compiled for views with any strides of a type."""
    number = from_dtype(np.dtype(char))
    signature = types.void(
        types.Array(number, 2, "A", readonly=True),
        types.Array(number, 1, "A", readonly=True),
        types.Array(number, 1, "A"),
    )
    machine_code: Walk = njit([signature], nogil=True, cache=True, fastmath={"contract"})(WALKS[name])
    return machine_code
