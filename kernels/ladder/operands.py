"""What may be multiplied: shapes, types and places in memory, looked at before any kernel starts.

A kernel has no bounds checks, so nothing that it cannot handle may reach it. Views with any strides are
welcome, read-only ones too; only the result must have a place of its own for every number.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from kernels.ladder.kernel import DType, Matrix, Reason, UnavailableError

FLOAT32 = np.dtype(np.float32)
FLOAT64 = np.dtype(np.float64)
GIB = 1024**3

SHARE_OF_FREE_MEMORY = 0.9
"""What a product may take; the rest keeps the system from moving memory to the disk."""


class OperandsError(ValueError):
    """Raised for operands that no kernel can multiply; `reason` says why in a sentence."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.text)
        self.reason = reason


def _error(template: str, **values: str | int | float) -> OperandsError:
    return OperandsError(Reason(template, values))


def checked_gemm(a: Matrix, b: Matrix, out: Matrix | None = None) -> tuple[Matrix, Matrix, Matrix]:
    """Return a (m, k), b (k, n) and a place for c (m, n), ready for a kernel; raise `OperandsError` if not.

    The place is `out` where one is given, else new and not filled. Operands at odd addresses are copied.
    """
    _ensure_matching(a, b)
    if a.ndim != 2 or b.ndim != 2:
        raise _error("A product needs two matrices, not {a} and {b} axes.", a=a.ndim, b=b.ndim)
    m, k = a.shape
    depth, n = b.shape
    if k != depth:
        raise _error(
            "A {m} × {k} matrix cannot be multiplied by a {depth} × {n} matrix: {k} is not {depth}.",
            m=m,
            k=k,
            depth=depth,
            n=n,
        )
    return _aligned(a), _aligned(b), _place(a, b, out, (m, n))


def checked_gemv(a: Matrix, x: Matrix, out: Matrix | None = None) -> tuple[Matrix, Matrix, Matrix]:
    """Return a (m, k), x (k,) and a place for y (m,), ready for a kernel; raise `OperandsError` if not.

    The place is `out` where one is given, else new and not filled. Operands at odd addresses are copied.
    """
    _ensure_matching(a, x)
    if a.ndim != 2 or x.ndim != 1:
        raise _error("This product needs a matrix and a vector, not {a} and {x} axes.", a=a.ndim, x=x.ndim)
    m, k = a.shape
    if k != x.shape[0]:
        raise _error(
            "A {m} × {k} matrix cannot be multiplied by a vector of {length} numbers.",
            m=m,
            k=k,
            length=x.shape[0],
        )
    return _aligned(a), _aligned(x), _place(a, x, out, (m,))


def ensure_threads(threads: int) -> int:
    """Return a number of threads that is at least one; raise `OperandsError` for any other."""
    if threads < 1:
        raise _error("A product needs at least one thread, not {threads}.", threads=threads)
    return threads


def product_bytes(m: int, n: int, k: int, dtype: DType) -> int:
    """Bytes of A (m, k), B (k, n) and C (m, n) together."""
    return (m * k + k * n + m * n) * np.dtype(dtype).itemsize


def ensure_fits(m: int, n: int, k: int, dtype: DType, copies: float = 1.0) -> None:
    """Raise `UnavailableError`, with the sizes in its sentence, where a product would not fit in memory.

    copies : how many times A, B and C are held altogether, for packing and for checking
    """
    if min(m, n, k) < 0:
        raise _error("Sizes cannot be negative: {m} × {k} by {k} × {n}.", m=m, n=n, k=k)
    needed = product_bytes(m, n, k, dtype) * copies
    free = psutil.virtual_memory().available * SHARE_OF_FREE_MEMORY
    if needed > free:
        raise UnavailableError(
            Reason(
                "A {m} × {k} matrix times a {k} × {n} matrix in {dtype} needs {needed} GiB of memory; "
                "{free} GiB are free.",
                {
                    "m": m,
                    "n": n,
                    "k": k,
                    "dtype": dtype,
                    "needed": round(needed / GIB, 1),
                    "free": round(free / GIB, 1),
                },
            )
        )


def _ensure_matching(a: Matrix, b: Matrix) -> None:
    dtype = a.dtype
    if dtype != b.dtype or dtype not in (FLOAT32, FLOAT64):
        raise _error(
            "Both operands must be float32 or both float64, not {a} and {b}.", a=str(dtype), b=str(b.dtype)
        )


def _aligned(array: Matrix) -> Matrix:
    return array if array.flags.aligned else array.copy()


def _place(a: Matrix, b: Matrix, out: Matrix | None, shape: tuple[int, ...]) -> Matrix:
    """The place for the result: new, or `out` where that can hold it."""
    if out is None:
        return np.empty(shape, a.dtype)
    if out.shape != shape or out.dtype != a.dtype:
        raise _error(
            "The result is {dtype} of shape {shape}, but its place is {place_dtype} of shape {place_shape}.",
            dtype=str(a.dtype),
            shape=str(shape),
            place_dtype=str(out.dtype),
            place_shape=str(out.shape),
        )
    if not (out.flags.writeable and out.flags.aligned):
        raise _error("The place for the result is read-only or lies at an odd address.")
    if not out.flags.c_contiguous and out.size and not _is_spread(out):
        raise _error("The place for the result holds several of its numbers at the same address.")
    if _overlap(a, out) or _overlap(b, out):
        raise _error("The place for the result lies over one of the operands.")
    return out


def _is_spread(out: NDArray[Any]) -> bool:
    """Whether no two elements share an address: each stride reaches past all that shorter ones span."""
    span = out.itemsize
    for stride, length in sorted((abs(s), n) for s, n in zip(out.strides, out.shape, strict=True) if n > 1):
        if stride < span:
            return False
        span = stride * (length - 1) + span
    return True


def _overlap(operand: Matrix, out: Matrix) -> bool:
    """Whether two arrays share an address; where that would take long to find out, yes."""
    if not np.may_share_memory(operand, out):
        return False
    try:
        # The stub of NumPy knows two special values only.
        return bool(np.shares_memory(operand, out, max_work=10_000))  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return True
