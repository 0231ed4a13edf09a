"""Rung 8: C = A B on NVIDIA hardware through CUDA, each block of threads one tile of C.

Operands: a (m, k), b (k, n) or (k,), float32 or float64, any strides; copied to the GPU and back.
Limits: the optional library numba-cuda, NVIDIA's driver, and the GPU's own memory. The sums run in another
order than on the processor, and multiply-adds are fused, so the last bits differ.

New beside WebGPU: the GPU's own language, so that float64 can be had, and kernels written in Python.
The steps are the same: a tile of A and one of B in memory that a block shares, numbers of C in registers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from time import perf_counter
from typing import Any

import numpy as np

from kernels.ladder.cuda_tiles import DEPTH, EACH, LANES, SIDE, TILE
from kernels.ladder.kernel import DType, Kernel, Matrix, Operation, Reason, Resident, UnavailableError
from kernels.ladder.operands import checked_gemm, checked_gemv
from kernels.ladder.schedule import Schedule
from kernels.ladder.transfer import multiplied
from kernels.ladder.workgroups import workgroup_schedule

DTYPES: tuple[DType, ...] = ("float32", "float64")


@cache
def why_not() -> Reason | None:
    """Return why CUDA cannot run here; None where it can. The first call loads the library."""
    try:
        cuda: Any = import_module("numba.cuda")
    except Exception as error:  # noqa: BLE001  # a driver may fail in any way while it is loaded
        return Reason("The library numba-cuda could not be loaded: {problem}.", {"problem": _line(error)})
    try:
        if cuda.is_available():
            return None
    except Exception as error:  # noqa: BLE001  # as above
        return Reason("NVIDIA's driver does not answer: {problem}.", {"problem": _line(error)})
    return Reason("No NVIDIA driver was found.")


class _Product:
    """A product on the GPU: two operands, room for the result, and the launch that computes it."""

    def __init__(self, operation: Operation, a: Matrix, b: Matrix) -> None:
        from kernels.ladder.cuda_programs import gemm_program, gemv_program

        self._cuda: Any = import_module("numba.cuda")
        dtype: DType = "float64" if a.dtype == np.float64 else "float32"
        m, n = a.shape[0], b.shape[1] if operation == "gemm" else 1
        self._shape = (m, *b.shape[1:])
        self._a = self._cuda.to_device(np.ascontiguousarray(a))
        self._b = self._cuda.to_device(np.ascontiguousarray(b).reshape(a.shape[1], n))
        self._c = self._cuda.device_array((m, n), a.dtype)
        if operation == "gemm":
            self._launch = gemm_program(dtype)[(-(-n // TILE), -(-m // TILE)), (SIDE, SIDE)]
        else:
            self._launch = gemv_program(dtype)[(m,), (LANES,)]

    def run(self) -> float:
        """Compute the product once; return the seconds until the GPU was done."""
        with _spoken():
            self._cuda.synchronize()
            began = perf_counter()
            self._launch(self._a, self._b, self._c)
            self._cuda.synchronize()
            return perf_counter() - began

    def result(self) -> Matrix:
        """Return the product: (m, n), or (m,) of a vector."""
        with _spoken():
            product: Matrix = self._c.copy_to_host().reshape(self._shape)
        return product


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn whatever NVIDIA's driver says of a lost or overfull GPU into a sentence."""
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
        return _Product(operation, a, b)


def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return c = a b, (m, n); `threads` is the GPU's own affair. Raises UnavailableError."""
    return multiplied(upload, "gemm", *checked_gemm(a, b, out))


def gemv(a: Matrix, x: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
    """Return y = a x, (m,). Raises UnavailableError."""
    return multiplied(upload, "gemv", *checked_gemv(a, x, out))


def prepare(dtype: DType) -> None:
    """Compile both programs of a type. Raises UnavailableError."""
    one = np.ones((1, 1), dtype)
    for operation in ("gemm", "gemv"):
        upload(operation, one, one if operation == "gemm" else one[0]).run()


def schedule(m: int, n: int, k: int, threads: int = 1, dtype: DType = "float32") -> Schedule:
    """Return how the blocks of threads walk over the product, `threads` of them at a time."""
    return workgroup_schedule(m, n, k, threads, dtype, TILE, DEPTH, EACH)


def _line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__


KERNEL = Kernel(
    key="cuda",
    title="GPU through CUDA",
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
