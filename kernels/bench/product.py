"""A product with its operands and with what it must give, computed once for all kernels."""

from __future__ import annotations

from functools import cached_property

from kernels.bench.task import Task
from kernels.checking import Reference, reference_of
from kernels.ladder.kernel import Matrix
from kernels.ladder.operands import ensure_fits

COPIES = 4.0
"""Memory that checking takes, in multiples of the product's own."""


class Product:
    """Operands, and the judgement of results. Raises UnavailableError where they would not fit in memory."""

    def __init__(self, task: Task) -> None:
        ensure_fits(task.m, task.n, task.k, task.dtype, COPIES)
        self.task = task
        self.a, self.b = task.operands()

    def error_over_bound(self, result: Matrix) -> float:
        """Return the largest error of a result as a share of what rounding may explain."""
        return self._reference.error_over_bound(result)

    @cached_property
    def _reference(self) -> Reference:
        return reference_of(self.a, self.b)
