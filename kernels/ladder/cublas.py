"""Rung 8's rival: C = A B by NVIDIA's own library cuBLAS, through CuPy.

Operands: a (m, k), b (k, n) or (k,), float32 or float64, any strides; copied to the GPU and back.
Limits: the optional library CuPy, NVIDIA's driver, and the GPU's own memory. float32 is computed in
float32: the shorter format that newer GPUs offer for speed (TF32) would not keep within the bound of errors,
and CuPy leaves it off unless CUPY_TF32 is set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from time import perf_counter

import numpy as np

from kernels.ladder.kernel import DType, Kernel, Matrix, Operation, Reason, Resident, UnavailableError
from kernels.ladder.operands import checked_gemm, checked_gemv
from kernels.ladder.transfer import multiplied

DTYPES: tuple[DType, ...] = ("float32", "float64")


@cache
def why_not() -> Reason | None:
    """Return why cuBLAS cannot run here; None where it can. The first call loads the library."""
    try:
        import cupy
    except Exception as error:  # noqa: BLE001  # a native library may fail in any way while it is loaded
        if isinstance(error, ModuleNotFoundError):
            return Reason("The library CuPy is not installed; cuBLAS is reached through it.")
        return Reason("The library CuPy could not be loaded: {problem}.", {"problem": _line(error)})
    try:
        if cupy.cuda.runtime.getDeviceCount() > 0:
            return None
    except Exception:  # noqa: BLE001  # CuPy raises when there is no driver
        return Reason("No NVIDIA driver was found.")
    return Reason("No NVIDIA GPU was found.")


class _Product:
    """A product on the GPU: two operands, and the result of the newest run."""

    def __init__(self, a: Matrix, b: Matrix) -> None:
        import cupy

        self._cupy = cupy
        self._a, self._b = cupy.asarray(a), cupy.asarray(b)
        self._c = cupy.empty((a.shape[0], *b.shape[1:]), a.dtype)
        self._wait = cupy.cuda.Stream.null.synchronize

    def run(self) -> float:
        """Compute the product once; return the seconds until the GPU was done."""
        with _spoken():
            self._wait()
            began = perf_counter()
            self._cupy.matmul(self._a, self._b, out=self._c)
            self._wait()
            return perf_counter() - began

    def result(self) -> Matrix:
        """Return the product: (m, n), or (m,) of a vector."""
        with _spoken():
            product: Matrix = np.asarray(self._cupy.asnumpy(self._c))
        return product


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn whatever CuPy says of a lost or overfull GPU into a sentence."""
    try:
        yield
    except Exception as error:
        raise UnavailableError(
            Reason("The GPU stopped working: {problem}.", {"problem": _line(error)})
        ) from error


def upload(operation: Operation, a: Matrix, b: Matrix) -> Resident:
    """Put both operands onto the GPU, for a timing without transfers. Raises UnavailableError."""
    reason = why_not()
    if reason is not None:
        raise UnavailableError(reason)
    with _spoken():
        return _Product(a, b)


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a b, (m, n); `threads` is the GPU's own affair. Raises UnavailableError."""
    return multiplied(upload, "gemm", *checked_gemm(a, b, out))


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a x, (m,). Raises UnavailableError."""
    return multiplied(upload, "gemv", *checked_gemv(a, x, out))


def prepare(dtype: DType) -> None:
    """Load cuBLAS and choose its programs for a type. Raises UnavailableError."""
    one = np.ones((1, 1), dtype)
    upload("gemm", one, one).run()
    upload("gemv", one, one[0]).run()


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__


KERNEL = Kernel(
    key="cublas",
    title="cuBLAS through CuPy",
    device="gpu",
    operations=("gemm", "gemv"),
    dtypes=DTYPES,
    is_parallel=False,
    why_not=why_not,
    prepare=prepare,
    gemm=gemm,
    gemv=gemv,
    upload=upload,
)
