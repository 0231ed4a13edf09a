"""Rung 1, the definition: three loops of plain Python over lists of numbers.

    c[i][j] = sum over p of a[i][p] b[p][j],    y[i] = sum over p of a[i][p] x[p]

Operands: a (m, k), b (k, n), x (k,), both float32 or both float64, any strides; `out` takes the result.
Limits: one thread, and about a hundred times slower than the same loops compiled. Python looks up what `*`
and `+` mean for every pair of numbers, and each number is an object somewhere in memory. Python computes in
float64 and rounds to float32 once at the end.

All rungs above compute the same sums; what changes is who does it, in which order, and from where the
numbers come.
"""

from __future__ import annotations

import numpy as np

from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.loop_order import row_by_column
from kernels.ladder.operands import checked_gemm, checked_gemv, ensure_threads
from kernels.ladder.schedule import Schedule

Rows = list[list[float]]


def multiply(a: Rows, b: Rows, n: int) -> Rows:
    """Return the rows of c = a b, where b has n columns."""
    c = [[0.0] * n for _ in a]
    for i in range(len(a)):
        for j in range(n):
            total = 0.0
            for p in range(len(b)):
                total += a[i][p] * b[p][j]
            c[i][j] = total
    return c


def multiply_vector(a: Rows, x: list[float]) -> list[float]:
    """Return y = a x."""
    y = [0.0] * len(a)
    for i in range(len(a)):
        total = 0.0
        for p in range(len(x)):
            total += a[i][p] * x[p]
        y[i] = total
    return y


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n)."""
    ensure_threads(threads)
    a, b, out = checked_gemm(a, b, out)
    rows = multiply(a.tolist(), b.tolist(), b.shape[1])
    with np.errstate(over="ignore"):  # what is too large for float32 is infinite there
        out[...] = np.array(rows).reshape(out.shape)
    return out


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a @ x; a (m, k), x (k,), y (m,)."""
    ensure_threads(threads)
    a, x, out = checked_gemv(a, x, out)
    numbers = multiply_vector(a.tolist(), x.tolist())
    with np.errstate(over="ignore"):
        out[...] = np.array(numbers)
    return out


def why_not() -> Reason | None:
    """None: it runs wherever Python does."""
    return None


def prepare(dtype: DType) -> None:
    """Do nothing: nothing is compiled."""


def schedule(m: int, n: int, k: int, threads: int, dtype: DType) -> Schedule:
    """The order of the loops: each number of C in turn, row by row, with its whole sum."""
    return row_by_column(m, n, k, dtype)


KERNEL = Kernel(
    key="python",
    title="Plain Python loops",
    device="cpu",
    operations=("gemm", "gemv"),
    dtypes=DTYPES,
    is_parallel=False,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=gemv,
)
