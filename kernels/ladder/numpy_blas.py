"""Rung 6, the rival: NumPy's matmul, which hands the product to a BLAS library (mostly OpenBLAS).

    c = a @ b,    y = a @ x

Operands: a (m, k), b (k, n), x (k,), both float32 or both float64, any strides; `out` takes the result.
Limits: as many threads as asked for, by telling the library each time; it works as fast as its authors
could make it, with kernels in assembler chosen for the processor when it is loaded. An environment variable
can make it choose badly: see `kernels.environment`.
"""

from __future__ import annotations

from contextlib import nullcontext

import numpy as np

from kernels.ladder.kernel import DTYPES, DType, Kernel, Matrix, Reason
from kernels.ladder.operands import checked_gemm, checked_gemv, ensure_threads
from kernels.threads import blas_threads, blas_threads_held


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a @ b; a (m, k), b (k, n), c (m, n)."""
    a, b, out = checked_gemm(a, b, out)
    return _matmul(a, b, out, threads)


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a @ x; a (m, k), x (k,), y (m,)."""
    a, x, out = checked_gemv(a, x, out)
    return _matmul(a, x, out, threads)


def why_not() -> Reason | None:
    """None: NumPy is always here."""
    return None


def prepare(dtype: DType) -> None:
    """Find the library behind NumPy once, for that takes some milliseconds; nothing is compiled."""
    one = np.ones((1, 1), dtype)
    gemm(one, one)


def _matmul(a: Matrix, b: Matrix, out: Matrix, threads: int) -> Matrix:
    held = blas_threads_held() == ensure_threads(threads)  # who times many products tells the library once
    # NumPy would warn of each infinity and NaN that comes up; all kernels here hand them on in silence.
    with nullcontext() if held else blas_threads(threads), np.errstate(all="ignore"):
        np.matmul(a, b, out=out)
    return out


KERNEL = Kernel(
    key="numpy",
    title="NumPy",
    device="cpu",
    operations=("gemm", "gemv"),
    dtypes=DTYPES,
    is_parallel=True,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=gemv,
)
