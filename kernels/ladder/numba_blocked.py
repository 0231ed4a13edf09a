"""Rung 3: another order of the loops, and blocks that stay in the caches.

    c[i, j] = sum over p of a[i, p] b[p, j],    row by row:    c[i, :] += a[i, p] b[p, :]

Operands: a (m, k), b (k, n), both float32 or both float64, any strides; `out` takes the result. Where the
numbers of a row of b or of `out` do not lie side by side, a copy in which they do is used.
The step from rung 2, twice:
- The innermost loop goes along rows of b and c. Its numbers lie side by side, so that all of a cache line
  is used, no addition waits for another, and the compiler takes 8 or 16 numbers with each instruction.
- Rows of b would leave the cache before the next row of a needs them. A block of b that fits is therefore
  used for all rows of a before the next block is fetched.
Limits: one thread. Each multiply-add still loads a number of b, and loads and stores one of c: the ports of
the first cache are the limit, and not the arithmetic.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from kernels.ladder.compiled import Loops, compiled
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.loop_order import row_by_row
from kernels.ladder.operands import checked_gemm, ensure_threads
from kernels.ladder.schedule import Schedule

BLOCK_COLUMNS = 1024
"""A piece of a row of c: 4 or 8 KiB stay in the first cache, and the inner loop is long enough to pay."""

BLOCK_DEPTH = 16
"""Rows of a block of b: 64 or 128 KiB stay in the second cache at the latest."""


def multiply(a: Matrix, b: Matrix, c: Matrix) -> None:
    """Fill c (m, n) with a (m, k) times b (k, n)."""
    m, n = c.shape
    k = a.shape[1]
    for i in range(m):
        for j in range(n):
            c[i, j] = 0
    for column in range(0, n, BLOCK_COLUMNS):
        column_end = min(column + BLOCK_COLUMNS, n)
        for depth in range(0, k, BLOCK_DEPTH):
            depth_end = min(depth + BLOCK_DEPTH, k)
            for i in range(m):
                c_row = c[i, column:column_end]
                for p in range(depth, depth_end):
                    factor = a[i, p]
                    b_row = b[p, column:column_end]
                    for j in range(c_row.size):
                        c_row[j] += factor * b_row[j]


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n)."""
    ensure_threads(threads)
    a, b, out = checked_gemm(a, b, out)
    c = out if out.flags.c_contiguous else np.empty(out.shape, out.dtype)
    _gemm_loops(out.dtype.char)(a, np.ascontiguousarray(b), c)
    if c is not out:
        out[...] = c
    return out


def why_not() -> Reason | None:
    """None: Numba compiles for every processor that it can be installed on."""
    return None


def prepare(dtype: DType) -> None:
    """Compile the loops for a type."""
    _gemm_loops(np.dtype(dtype).char)


def schedule(m: int, n: int, k: int, threads: int, dtype: DType) -> Schedule:
    """The order of the loops, with blocks made small for a small product."""
    return row_by_row(m, n, k, dtype)


@cache
def _gemm_loops(char: str) -> Loops:
    return compiled(multiply, char, axes=(2, 2, 2), layouts=("A", "C", "C"))


KERNEL = Kernel(
    key="numba-blocked",
    title="Numba, blocked",
    device="cpu",
    operations=("gemm",),
    dtypes=DTYPES,
    is_parallel=False,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=None,
)
