"""Rung 4: packed panels and a register tile, on one thread.

    C[i, j] = sum over k of A[i, k] B[k, j]        i < m, j < n

The product is cut so that each part of it works in one level of memory:

    for blocks of columns            packed B of one block stays in the outermost cache
      for blocks of depth            a panel of B (depth x a tile's width) stays in L1
        for blocks of rows           packed A of one block stays in L2
          for panels of B
            for tiles of rows        the tile of C stays in registers

The first tile of a panel reads B where it lies and stores each row packed as it goes by, so that packing B
takes no time of its own. While tiles are computed, memory is asked for the next block of A.
Small products are not packed at all: everything they read stays in the caches as it is.

Operands: a (m, k), b (k, n), both float32 or both float64, any shape and strides; `out` any strides. Every sum
runs over k in order, in blocks of depth; edges take the same order, so the bits of an element of C do not
depend on where it lies, only on the sizes of the whole product.
Limits: on one core, about nine tenths of its peak from n = 256 on; less for thin products, which wait for memory.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from kernels.host import vector_unit
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.operands import checked_gemm, ensure_threads
from kernels.ladder.packed_order import SMALL_TILE, packed_order
from kernels.ladder.packing import LINE_BYTES, pack_panel, pack_rows
from kernels.ladder.schedule import Schedule
from kernels.ladder.tiles import heights, tile_intrinsic
from kernels.ladder.traffic import with_traffic
from kernels.ladder.vectors import moved, pointer_to

# Constants of the compiled code: it is compiled for this processor.
UNIT = vector_unit()
ROWS = UNIT.tile_rows
HEIGHTS = heights(UNIT)
PANEL_BYTES = UNIT.tile_vectors * UNIT.bits // 8
multiply_tile = tile_intrinsic(UNIT)

DEPTH_BYTES = 1024
"""A block of depth: that much of a row of A, and as many rows of a panel of B as fill two thirds of L1."""

ROWS_BLOCK = 40 * ROWS
"""Rows of a block of A: together half of L2."""

COLUMNS_BYTES = 16384
"""Columns of a block of B."""

DIRECT_BYTES = 384 * 1024
"""Up to this size B is read where it lies."""

PAGE_BYTES = 4096

AUTOMATIC, DIRECT, PACKED = range(3)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def parts(length: int, largest: int) -> int:
    """The size of equal parts, none of them larger than `largest`."""
    n_parts = max(1, -(-length // largest))
    return max(1, -(-length // n_parts))


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def tile_height(rows: int) -> int:
    """Rows of the highest tile that does not reach beyond so many rows."""
    for height in HEIGHTS:
        if height <= rows:
            return height
    return 1


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def is_direct(m: int, n: int, k: int, itemsize: int) -> bool:
    """Whether a product is too small, or has too few rows, for packing to pay."""
    return m < 2 * ROWS or n * k * itemsize <= DIRECT_BYTES


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def blocks(m: int, n: int, k: int, itemsize: int) -> tuple[int, int, int]:
    """Depth, rows and columns of a block."""
    rows = -(-parts(m, ROWS_BLOCK) // ROWS) * ROWS
    return parts(k, DEPTH_BYTES // itemsize), rows, min(n, COLUMNS_BYTES // itemsize)


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def row_distance(depth: int, itemsize: int) -> int:
    """How far apart packed rows of A are: whole cache lines, and never a power of two of them."""
    line = LINE_BYTES // itemsize
    return (-(-depth // line) | 1) * line


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def are_mixed(x: Any, y: Any) -> bool:
    """Whether the addresses between the ends of two matrices overlap."""
    x_first, x_last = ends(x)
    y_first, y_last = ends(y)
    return x_first <= y_last and y_first <= x_last


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def ends(x: Any) -> tuple[int, int]:
    """The first and the last address of a matrix; the last before the first where it is empty."""
    first, last = x.ctypes.data, x.ctypes.data + x.itemsize - 1
    if x.size == 0:
        return first, first - 1
    for axis in range(2):
        reach = (x.shape[axis] - 1) * x.strides[axis]
        first, last = first + min(0, reach), last + max(0, reach)
    return first, last


@njit(nogil=True, inline="never")  # type: ignore[untyped-decorator]  # numba has no types
def multiply_panel(
    a: Any, a_row: int, a_step: int, b: Any, b_row: int, c: Any, c_row: int, rows: int, depth: int, columns: int,
    adds: int,
) -> None:  # fmt: skip
    """One panel of B times all rows of A: tiles of C from top to bottom."""
    row = 0
    while row < rows:
        height = tile_height(rows - row)
        multiply_tile(
            height, 0, moved(a, row * a_row), a_row, a_step, b, b_row, b, moved(c, row * c_row), c_row,
            depth, columns, adds,
        )  # fmt: skip
        row += height


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def multiply_direct(
    a: Any,
    a_row: int,
    a_step: int,
    b: Any,
    b_row: int,
    c: Any,
    c_row: int,
    m: int,
    n: int,
    k: int,
    width: int,
) -> None:
    """The whole product from where its operands lie; columns of B and C must be adjacent."""
    for column in range(0, n, width):
        multiply_panel(
            a,
            a_row,
            a_step,
            moved(b, column),
            b_row,
            moved(c, column),
            c_row,
            m,
            k,
            min(width, n - column),
            0,
        )


@njit(nogil=True)  # type: ignore[untyped-decorator]  # numba has no types
def multiply_packed(
    a: Any, a_row: int, a_step: int, b: Any, b_row: int, b_step: int, c: Any, c_row: int, m: int, n: int, k: int,
    itemsize: int, packed_a: Any, packed_b: Any,
) -> None:  # fmt: skip
    """The whole product in blocks; columns of C must be adjacent."""
    width = PANEL_BYTES // itemsize
    depth_part, rows_part, columns_part = blocks(m, n, k, itemsize)
    distance = row_distance(depth_part, itemsize)
    for first_column in range(0, n, columns_part):
        columns = min(columns_part, n - first_column)
        for first_depth in range(0, k, depth_part):
            depth = min(depth_part, k - first_depth)
            adds = int(first_depth > 0)
            for first_row in range(0, m, rows_part):
                rows = min(rows_part, m - first_row)
                source = moved(a, first_row * a_row + first_depth * a_step)
                pack_rows(source, a_row, a_step, rows, depth, packed_a, distance)
                for column in range(0, columns, width):
                    used = min(width, columns - column)
                    panel = moved(packed_b, column * depth)
                    corner = moved(c, first_row * c_row + first_column + column)
                    done = 0
                    if first_row == 0:
                        source = moved(b, first_depth * b_row + (first_column + column) * b_step)
                        if b_step == 1 and rows >= ROWS:
                            multiply_tile(
                                ROWS, 1, packed_a, distance, 1, source, b_row, panel, corner, c_row,
                                depth, used, adds,
                            )  # fmt: skip
                            done = ROWS
                        else:
                            pack_panel(source, b_row, b_step, depth, used, panel, width)
                    multiply_panel(
                        moved(packed_a, done * distance), distance, 1, panel, width,
                        moved(corner, done * c_row), c_row, rows - done, depth, used, adds,
                    )  # fmt: skip


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def multiply(a: Any, b: Any, c: Any, scratch: Any, path: int) -> bool:
    """Set c = a @ b; return False, with nothing done, where `path` is AUTOMATIC and the product is not DIRECT.

    Columns of c must be adjacent, and for DIRECT those of b. AUTOMATIC looks at all operands itself; for the
    other paths the caller has done so. `scratch` has `scratch_elements` for PACKED and is not used for DIRECT.
    """
    m, k = a.shape
    n = b.shape[1]
    itemsize = a.itemsize
    b_step = 1 if n <= 1 else b.strides[1] // itemsize
    c_row = n if m <= 1 else c.strides[0] // itemsize
    if path == AUTOMATIC:
        is_ready = b.shape[0] == k and c.shape[0] == m and c.shape[1] == n and is_direct(m, n, k, itemsize)
        is_ready = is_ready and b_step == 1 and (n <= 1 or c.strides[1] == itemsize) and abs(c_row) >= n
        if not is_ready or are_mixed(a, c) or are_mixed(b, c):
            return False
    if k == 0:
        c[:] = 0
        return True
    a_row, a_step, b_row = a.strides[0] // itemsize, a.strides[1] // itemsize, b.strides[0] // itemsize
    if path == PACKED:
        depth_part, rows_part, _ = blocks(m, n, k, itemsize)
        packed_b = moved(pointer_to(scratch), rows_part * row_distance(depth_part, itemsize))
        multiply_packed(
            pointer_to(a), a_row, a_step, pointer_to(b), b_row, b_step, pointer_to(c), c_row, m, n, k,
            itemsize, pointer_to(scratch), packed_b,
        )  # fmt: skip
    else:
        multiply_direct(
            pointer_to(a), a_row, a_step, pointer_to(b), b_row, pointer_to(c), c_row, m, n, k,
            PANEL_BYTES // itemsize,
        )  # fmt: skip
    return True


def scratch_elements(m: int, n: int, k: int, itemsize: int) -> int:
    """How many numbers the packed blocks of A and B take, in whole cache lines."""
    depth_part, rows_part, columns_part = blocks.py_func(m, n, k, itemsize)
    width = PANEL_BYTES // itemsize
    packed_columns = -(-min(columns_part, n) // width) * width
    return int(rows_part * row_distance.py_func(depth_part, itemsize) + packed_columns * depth_part)


class _Scratch(threading.local):
    """Room for packed blocks: each thread keeps its own, for new memory is slow when it is first touched."""

    def __init__(self) -> None:
        self.room = np.empty(0, np.uint8)

    def elements(self, count: int, dtype: np.dtype[Any]) -> NDArray[Any]:
        """So many numbers, not filled, at the start of a page."""
        n_bytes = count * dtype.itemsize
        if self.room.size < n_bytes + PAGE_BYTES:
            self.room = np.empty(n_bytes + PAGE_BYTES, np.uint8)
        start = -self.room.ctypes.data % PAGE_BYTES
        return self.room[start : start + n_bytes].view(dtype)


_SCRATCH = _Scratch()
_READY: dict[np.dtype[Any], NDArray[Any]] = {}
_COMPILING = threading.Lock()


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n). One thread works, however many are allowed."""
    if threads > 0 and (small := product_of_small(a, b, out)) is not None:
        return small
    ensure_threads(threads)
    a, b, out = checked_gemm(a, b, out)
    multiply_into(a, b, out, multiply_rows)
    return out


def product_of_small(a: Matrix, b: Matrix, out: Matrix | None) -> Matrix | None:
    """Return a @ b where that is DIRECT and all is as it should be, in as little time as possible; else None."""
    try:
        place = np.empty((a.shape[0], b.shape[1]), a.dtype) if out is None else out
        return place if multiply(a, b, place, _READY[a.dtype], AUTOMATIC) else None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None  # not compiled yet, or operands that `checked_gemm` has something to say about


def multiply_into(
    a: Matrix, b: Matrix, out: Matrix, work: Callable[[Matrix, Matrix, Matrix, int], None]
) -> None:
    """Let `work` compute out = a @ b along a path that suits sizes and strides; checked operands only."""
    if not out.size:
        return
    prepare("float32" if out.itemsize == 4 else "float64")
    m, n = out.shape
    if n > 1 and out.strides[1] != out.itemsize:
        if m == 1 or out.strides[0] == out.itemsize:  # C^T = B^T A^T has adjacent columns
            multiply_into(b.T, a.T, out.T, work)
        else:
            place = np.empty((m, n), out.dtype)
            multiply_into(a, b, place, work)
            out[...] = place
        return
    is_adjacent = n <= 1 or b.strides[1] == b.itemsize
    work(a, b, out, DIRECT if is_adjacent and is_direct.py_func(m, n, a.shape[1], a.itemsize) else PACKED)


def multiply_rows(a: Matrix, b: Matrix, out: Matrix, path: int) -> None:
    """One call of the compiled code, with packed blocks in this thread's own room."""
    m, n = out.shape
    count = scratch_elements(m, n, a.shape[1], a.itemsize) if path == PACKED else 0
    multiply(a, b, out, _SCRATCH.elements(count, a.dtype), path)


def why_not() -> Reason | None:
    """None: Numba compiles for every processor that it runs on."""
    return None


def prepare(dtype: DType) -> None:
    """Compile for a type, or load what was compiled before: some seconds the first time."""
    if (kind := np.dtype(dtype)) in _READY:
        return
    number = types.float32 if dtype == "float32" else types.float64
    operand = types.Array(number, 2, "A", readonly=True)
    with _COMPILING:
        multiply.disable_compile(False)
        multiply.compile(
            (operand, operand, types.Array(number, 2, "A"), types.Array(number, 1, "C"), types.intp)
        )
        # Else Numba would compile anew for each combination of memory layouts that it meets.
        multiply.disable_compile()
        _READY[kind] = np.empty(0, kind)


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
