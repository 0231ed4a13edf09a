"""Rung 2: the same three loops, compiled by Numba into machine code.

    c[i, j] = sum over p of a[i, p] b[p, j],    y[i] = sum over p of a[i, p] x[p]

Operands: a (m, k), b (k, n), x (k,), both float32 or both float64, any strides; `out` takes the result.
The step from rung 1: types are known before the loops start, so that a multiply-add is one instruction on
numbers in registers, and an array is one block of memory.
Limits: one thread, one number at a time. Each addition waits for the one before it, and going down a
column of b touches another cache line for each number: of its 64 bytes, 4 or 8 are used.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from kernels.ladder.compiled import Loops, compiled
from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.loop_order import row_by_column
from kernels.ladder.operands import checked_gemm, checked_gemv, ensure_threads
from kernels.ladder.schedule import Schedule


def multiply(a: Matrix, b: Matrix, c: Matrix) -> None:
    """Fill c (m, n) with a (m, k) times b (k, n)."""
    for i in range(c.shape[0]):
        for j in range(c.shape[1]):
            total = c.dtype.type(0)
            for p in range(a.shape[1]):
                total += a[i, p] * b[p, j]
            c[i, j] = total


def multiply_vector(a: Matrix, x: Matrix, y: Matrix) -> None:
    """Fill y (m,) with a (m, k) times x (k,)."""
    for i in range(y.shape[0]):
        total = y.dtype.type(0)
        for p in range(a.shape[1]):
            total += a[i, p] * x[p]
        y[i] = total


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n)."""
    ensure_threads(threads)
    a, b, out = checked_gemm(a, b, out)
    _gemm_loops(out.dtype.char)(a, b, out)
    return out


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a @ x; a (m, k), x (k,), y (m,)."""
    ensure_threads(threads)
    a, x, out = checked_gemv(a, x, out)
    _gemv_loops(out.dtype.char)(a, x, out)
    return out


def why_not() -> Reason | None:
    """None: Numba compiles for every processor that it can be installed on."""
    return None


def prepare(dtype: DType) -> None:
    """Compile the loops for a type."""
    _gemm_loops(np.dtype(dtype).char)
    _gemv_loops(np.dtype(dtype).char)


def schedule(m: int, n: int, k: int, threads: int, dtype: DType) -> Schedule:
    """The order of the loops: each number of C in turn, row by row, with its whole sum."""
    return row_by_column(m, n, k, dtype)


@cache
def _gemm_loops(char: str) -> Loops:
    return compiled(multiply, char, axes=(2, 2, 2))


@cache
def _gemv_loops(char: str) -> Loops:
    return compiled(multiply_vector, char, axes=(2, 1, 1))


KERNEL = Kernel(
    key="numba-loops",
    title="Numba, three loops",
    device="cpu",
    operations=("gemm", "gemv"),
    dtypes=DTYPES,
    is_parallel=False,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=gemv,
)
