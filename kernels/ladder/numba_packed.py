"""Rung 4: packed panels and a register tile, on one thread.

    C[i, j] = sum over k of A[i, k] B[k, j]        i < m, j < n

The product is cut so that each part of it stays in one level of memory while it is used:

    for blocks of columns        their packed part of B     in the third cache
      for blocks of depth
        for blocks of rows       their packed part of A     in the second cache
          for panels of B        as wide as a tile          in the second cache, rows in the first
            for tiles of C       all sums                   in registers

- The first tile of a panel reads B where it lies and stores each row packed as it goes by, so that packing B
  takes no time of its own. The next tiles ask for the panel that comes after this one.
- Blocks are deep: C is brought in, added to and written back once for each block of depth, and that is what
  costs most in large products.
- Small products are not packed at all: what they read stays in the caches as it is.

Operands: a (m, k), b (k, n), both float32 or both float64, any shape and strides; `out` any strides.
Edges: partial vectors are read and written under a mask, and fewer rows have tiles of their own. Each sum
runs over k in order, block by block, wherever its element lies: its bits depend on the product's sizes alone.
Limits: one core's arithmetic, of which the tile reaches nineteen twentieths; products with few rows wait for
memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit, types

from kernels.host import vector_unit
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.operands import checked_gemm, ensure_threads
from kernels.ladder.packed_blocks import (
    LINE_BYTES,
    ROWS,
    WIDTH_BYTES,
    blocks_of,
    is_direct,
    row_distance,
    scratch_elements,
    tile_height,
)
from kernels.ladder.packed_order import SMALL_TILE, packed_order
from kernels.ladder.packing import pack_panel, pack_rows
from kernels.ladder.schedule import Schedule
from kernels.ladder.scratch import Scratch
from kernels.ladder.tiles import tile_intrinsic
from kernels.ladder.traffic import with_traffic
from kernels.ladder.vectors import moved, pointer_to
from kernels.ladder.views import View, are_mixed, part

multiply_tile = tile_intrinsic(vector_unit())

SIZE_LIMIT = 1 << 40
"""More multiply-adds than any product that is DIRECT."""

AUTOMATIC, DIRECT, PACKED = range(3)
"""Ways to compute a product: packed or not, or by the looks of it."""


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]  # numba has no types
def multiply_panel(
    a: View, b: View, ahead: View, c: View, rows: int, depth: int, columns: int, adds: int, itemsize: int
) -> None:
    """Tiles of C from top to bottom: all rows of A times one panel of B.

    Each of the first tiles asks for one cache line of every row of `ahead`, the next panel.
    """
    row = asked_bytes = 0
    while row < rows:
        height = tile_height(rows - row)
        side = b
        if asked_bytes <= WIDTH_BYTES:  # one line more than the width: rows may begin within a line
            side = part(ahead, 0, asked_bytes // itemsize)
            asked_bytes += LINE_BYTES
        multiply_tile(height, 0, part(a, row, 0), b, side, part(c, row, 0), depth, columns, adds)
        row += height


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]  # numba has no types
def multiply_direct(a: View, b: View, c: View, m: int, n: int, k: int, itemsize: int) -> None:
    """The whole product from where its operands lie; columns of B and C must be adjacent."""
    width = WIDTH_BYTES // itemsize
    for column in range(0, n, width):
        panel = part(b, 0, column)
        ahead = part(b, 0, min(column + width, n - 1))
        columns = min(width, n - column)
        multiply_panel(a, panel, ahead, part(c, 0, column), m, k, columns, 0, itemsize)


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]  # numba has no types
def multiply_packed(
    a: View, b: View, c: View, m: int, n: int, k: int, itemsize: int, packed_a: View, packed_b: View
) -> None:
    """The whole product in blocks; columns of C must be adjacent."""
    width = WIDTH_BYTES // itemsize
    blocks = blocks_of(m, n, k, itemsize)
    for j in range(0, n, blocks.columns):
        columns = min(blocks.columns, n - j)
        for p in range(0, k, blocks.depth):
            depth = min(blocks.depth, k - p)
            for i in range(0, m, blocks.rows):
                rows = min(blocks.rows, m - i)
                pack_rows(part(a, i, p), rows, depth, packed_a)
                for column in range(0, columns, width):
                    used = min(width, columns - column)
                    source = part(b, p, j + column)
                    panel = part(packed_b, column // width * depth, 0)
                    corner = part(c, i, j + column)
                    ahead = part(packed_b, (column // width + 1) * depth, 0)
                    done = 0
                    if i == 0:
                        ahead = part(source, 0, width)
                        if b.step == 1 and rows >= ROWS:
                            multiply_tile(ROWS, 1, packed_a, source, panel, corner, depth, used, int(p > 0))
                            done = ROWS
                        else:
                            pack_panel(source, depth, used, panel)
                    multiply_panel(
                        part(packed_a, done, 0), panel, ahead, part(corner, done, 0), rows - done,
                        depth, used, int(p > 0), itemsize,
                    )  # fmt: skip


@njit(nogil=True, inline="always")  # type: ignore[untyped-decorator]  # numba has no types
def multiply_views(
    a: View, b: View, c: View, m: int, n: int, k: int, itemsize: int, scratch: Any, way: int
) -> None:
    """The whole product, DIRECT or PACKED; the second needs room for `scratch_elements` at `scratch`."""
    if way == PACKED:
        blocks = blocks_of(m, n, k, itemsize)
        packed_a = View(scratch, row_distance(blocks.depth, itemsize), 1)
        packed_b = View(moved(scratch, blocks.rows * packed_a.row), WIDTH_BYTES // itemsize, 1)
        multiply_packed(a, b, c, m, n, k, itemsize, packed_a, packed_b)
    else:
        multiply_direct(a, b, c, m, n, k, itemsize)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def strides_of(x: Any) -> tuple[int, int]:
    """Distances of rows and of columns in elements; where there is only one, as if they were adjacent."""
    m, n = x.shape
    step = 1 if n <= 1 else x.strides[1] // x.itemsize
    return n * step if m <= 1 else x.strides[0] // x.itemsize, step


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def is_ready(a: Any, b: Any, c: Any) -> bool:
    """Whether c = a @ b is small and as it should be: shapes agree, columns of c are adjacent, c is apart."""
    m, n = c.shape
    k = a.shape[1]
    if a.shape[0] != m or b.shape[0] != k or b.shape[1] != n or not is_direct(m, n, k, a.itemsize):
        return False
    c_row, c_step = strides_of(c)
    return bool(c_step == 1 and abs(c_row) >= n and not are_mixed(a, c) and not are_mixed(b, c))


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def multiply(a: Any, b: Any, c: Any, scratch: Any, way: int, most: int) -> bool:
    """Set c = a @ b; return False, with nothing done, where `way` is AUTOMATIC and the product is not small.

    Columns of c must be adjacent, and for DIRECT those of b. AUTOMATIC looks at its operands itself, and
    takes products of up to `most` multiply-adds; for the other ways the caller has looked. `scratch` must
    have `scratch_elements` for PACKED, and is not used for DIRECT.
    """
    m, k = a.shape
    n = b.shape[1]
    if way == AUTOMATIC:
        if m * n * k > most or not is_ready(a, b, c):
            return False
        way = DIRECT if strides_of(b)[1] == 1 else PACKED
        if way == PACKED and scratch_elements(m, n, k, a.itemsize) > scratch.size:
            return False
    if k == 0:
        c[:] = 0
        return True
    a_row, a_step = strides_of(a)
    b_row, b_step = strides_of(b)
    c_row, c_step = strides_of(c)
    view_a, view_b = View(pointer_to(a), a_row, a_step), View(pointer_to(b), b_row, b_step)
    view_c = View(pointer_to(c), c_row, c_step)
    multiply_views(view_a, view_b, view_c, m, n, k, a.itemsize, pointer_to(scratch), way)
    return True


_SCRATCH = Scratch()
_READY: set[np.dtype[Any]] = set()
_COMPILING = threading.Lock()


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n). One thread works, however many are allowed."""
    ensure_threads(threads)
    if (small := product_of_small(a, b, out)) is not None:
        return small
    a, b, out = checked_gemm(a, b, out)
    multiply_into(a, b, out, multiply_on_this_thread)
    return out


def product_of_small(a: Matrix, b: Matrix, out: Matrix | None, most: int = SIZE_LIMIT) -> Matrix | None:
    """Return a @ b in as little time as possible if it is small and all is as it should be; else None.

    most : multiply-adds of a product that counts as small
    """
    try:
        scratch = _SCRATCH.small[a.dtype]
        place = np.empty((a.shape[0], b.shape[1]), a.dtype) if out is None else out
        return place if multiply(a, b, place, scratch, AUTOMATIC, most) else None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None  # not compiled yet, or operands that `checked_gemm` has something to say about


def multiply_into(
    a: Matrix, b: Matrix, out: Matrix, work: Callable[[Matrix, Matrix, Matrix, int], None]
) -> None:
    """Let `work` compute out = a @ b in a way that suits sizes and strides; checked operands only."""
    if not out.size:
        return
    prepare("float32" if out.itemsize == 4 else "float64")
    m, n = out.shape
    if n > 1 and out.strides[1] != out.itemsize:
        if m == 1 or out.strides[0] == out.itemsize:  # its transpose B^T A^T has adjacent columns
            multiply_into(b.T, a.T, out.T, work)
        else:
            place = np.empty((m, n), out.dtype)
            multiply_into(a, b, place, work)
            out[...] = place
        return
    is_adjacent = n <= 1 or b.strides[1] == b.itemsize
    work(a, b, out, DIRECT if is_adjacent and is_direct.py_func(m, n, a.shape[1], a.itemsize) else PACKED)


def multiply_on_this_thread(a: Matrix, b: Matrix, out: Matrix, way: int) -> None:
    """One call of the compiled code, with packed blocks in this thread's own room."""
    m, n = out.shape
    count = scratch_elements(m, n, a.shape[1], a.itemsize) if way == PACKED else 0
    multiply(a, b, out, _SCRATCH.elements(count, a.dtype), way, 0)


def why_not() -> Reason | None:
    """None: Numba compiles for every processor that it can be installed on."""
    return None


def prepare(dtype: DType) -> None:
    """Compile for a type, or load what was compiled before."""
    if (kind := np.dtype(dtype)) in _READY:
        _SCRATCH.prepare(kind)
        return
    number = types.float32 if dtype == "float32" else types.float64
    operand, place = types.Array(number, 2, "A", readonly=True), types.Array(number, 2, "A")
    with _COMPILING:
        scratch_elements(1, 1, 1, kind.itemsize)
        multiply.disable_compile(False)
        multiply.compile((operand, operand, place, types.Array(number, 1, "C"), types.intp, types.intp))
        # Else Numba would compile anew for each combination of memory layouts that it meets.
        multiply.disable_compile()
        _READY.add(kind)
    _SCRATCH.prepare(kind)


def schedule(m: int, n: int, k: int, threads: int, dtype: DType) -> Schedule:
    """The order of the packed loops, with tile and blocks made small for a small product."""
    del threads
    steps = [(moment, 0, *tile) for moment, tile in enumerate(packed_order(m, n, k))]
    return with_traffic(m, n, k, 1, np.array(steps, np.int64).reshape(-1, 8), dtype, SMALL_TILE)


KERNEL = Kernel(
    key="numba-packed",
    title="Numba, packed with a register tile",
    device="cpu",
    operations=("gemm",),
    dtypes=DTYPES,
    is_parallel=False,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=None,
)
