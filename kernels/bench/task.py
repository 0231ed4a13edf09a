"""A product to be computed: its operation, sizes and type, and operands that are the same every time."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from kernels.checking import poison
from kernels.ladder.kernel import DType, Matrix, Operation

SEED = 20


@dataclass(frozen=True, slots=True)
class Task:
    """C (m, n) = A (m, k) B (k, n); n = 1 for a matrix times a vector."""

    operation: Operation
    m: int
    n: int
    k: int
    dtype: DType

    @property
    def flops(self) -> int:
        """Floating-point operations: a multiplication and an addition for each term."""
        return 2 * self.m * self.n * self.k

    @property
    def n_bytes(self) -> int:
        """Bytes of A, B and C together."""
        return np.dtype(self.dtype).itemsize * (self.m * self.k + self.k * self.n + self.m * self.n)

    @property
    def longest(self) -> int:
        """The longest side."""
        return max(self.m, self.n, self.k)

    def of_side(self, side: int) -> Task:
        """The product of the same shape whose longest side is this; thin ones stay thin."""
        m, n, k = (max(1, round(length * side / self.longest)) for length in (self.m, self.n, self.k))
        return replace(self, m=m, n=n, k=k)

    def operands(self) -> tuple[Matrix, Matrix]:
        """A and B of numbers round zero; B is a vector (k,) where the operation wants one."""
        rng = np.random.default_rng(SEED)
        dtype = np.dtype(self.dtype).type
        a = rng.standard_normal((self.m, self.k), dtype)
        b = rng.standard_normal((self.k, self.n), dtype)
        return a, b[:, 0] if self.operation == "gemv" else b

    def poisoned(self) -> Matrix:
        """A place for the result, full of numbers that no arithmetic leaves there."""
        out: Matrix = np.empty((self.m,) if self.operation == "gemv" else (self.m, self.n), self.dtype)
        poison(out)
        return out


def square(operation: Operation, size: int, dtype: DType) -> Task:
    """The product of square matrices, or of one and a vector."""
    return Task(operation, size, 1 if operation == "gemv" else size, size, dtype)
