"""A kernel at work on one product, by so many threads: measured call by call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np

from kernels.bench.product import Product
from kernels.bench.sampling import timed
from kernels.bench.task import Task
from kernels.ladder.kernel import Kernel, Matrix, Multiply, Reason, Resident, UnavailableError
from kernels.threads import blas_threads

NUMPY = "numpy"

CANNOT = {
    "gemm": "It cannot multiply two matrices.",
    "gemv": "It cannot multiply a matrix by a vector.",
}


class Entrant(Protocol):
    """What is measured; its result lies in a place that was full of NaN before the first call."""

    def measure(self, bunch: int) -> float:
        """Compute the product so often; return the seconds of one."""
        ...

    def result(self) -> Matrix:
        """Return what was computed last."""
        ...


class OnProcessor:
    """A call that computes a product on the processor, while NumPy's BLAS keeps to so many threads."""

    def __init__(self, call: Callable[[], object], out: Matrix, blas: int) -> None:
        self._call, self._out, self._blas = call, out, blas

    def measure(self, bunch: int) -> float:
        """Compute the product so often; return the seconds of one."""
        with blas_threads(self._blas):
            return timed(self._call, bunch)

    def result(self) -> Matrix:
        """Return what was computed last."""
        return self._out


class OnDevice:
    """A kernel whose operands lie on a device: what counts is the time that the device takes."""

    def __init__(self, resident: Resident) -> None:
        self._resident = resident

    def measure(self, bunch: int) -> float:
        """Compute the product so often; return the seconds of one."""
        return sum(self._resident.run() for _ in range(bunch)) / bunch

    def result(self) -> Matrix:
        """Return what was computed last, read back."""
        return self._resident.result()


def entrant_of(kernel: Kernel, product: Product, threads: int) -> Entrant:
    """Return a kernel at work on a product; NumPy by its own function, as programs call it."""
    if kernel.key == NUMPY:
        return numpy_at_work(product, threads)
    if kernel.upload is not None:
        return OnDevice(kernel.upload(product.task.operation, product.a, product.b))
    return called(kernel, product, threads)


def numpy_at_work(product: Product, threads: int) -> Entrant:
    """Return NumPy at work on a product, by so many threads of its BLAS."""
    a, b, out = product.a, product.b, product.task.poisoned()
    return OnProcessor(lambda: np.matmul(a, b, out=out), out, threads)


def called(kernel: Kernel, product: Product, threads: int) -> OnProcessor:
    """Return a kernel that is called with operands in memory: on a GPU, with the transfers there and back."""
    a, b, out, multiply = product.a, product.b, product.task.poisoned(), multiply_of(kernel, product.task)
    return OnProcessor(lambda: multiply(a, b, out, threads), out, 1)


def multiply_of(kernel: Kernel, task: Task) -> Multiply:
    """Return what computes a product. Raises UnavailableError where the kernel cannot, or cannot here."""
    reason = kernel.why_not()
    if reason is not None:
        raise UnavailableError(reason)
    found = kernel.gemm if task.operation == "gemm" else kernel.gemv
    if found is None or task.operation not in kernel.operations:
        raise UnavailableError(Reason(CANNOT[task.operation]))
    if task.dtype not in kernel.dtypes:
        raise UnavailableError(Reason("It cannot compute in {dtype}.", {"dtype": task.dtype}))
    return found
