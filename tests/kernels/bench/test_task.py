"""Products to be timed."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.bench.task import Task, square
from kernels.checking import n_poisoned


def test_operations_and_bytes_are_those_of_the_definition() -> None:
    task = Task("gemm", 3, 5, 7, "float64")
    a, b = task.operands()
    c = a @ b
    assert task.flops == 2 * c.size * 7
    assert task.n_bytes == a.nbytes + b.nbytes + c.nbytes


@pytest.mark.parametrize("operation", ["gemm", "gemv"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_operands_are_the_same_every_time_and_the_place_is_poisoned(operation: str, dtype: str) -> None:
    task = Task(operation, 4, 1 if operation == "gemv" else 6, 5, dtype)  # type: ignore[arg-type]  # from a table
    first, second = task.operands(), task.operands()
    out = task.poisoned()
    assert all((one == other).all() for one, other in zip(first, second, strict=True))
    assert {array.dtype.name for array in (*first, out)} == {dtype}
    assert (first[0] @ first[1]).shape == out.shape
    assert n_poisoned(out) == out.size


def test_a_smaller_product_keeps_its_shape() -> None:
    assert Task("gemm", 1000, 10, 500, "float32").of_side(100) == Task("gemm", 100, 1, 50, "float32")
    assert square("gemv", 4096, "float32").of_side(64) == square("gemv", 64, "float32")


def test_numbers_are_spread_round_zero() -> None:
    a, _ = square("gemm", 100, "float32").operands()
    assert abs(float(a.mean())) < 0.05
    assert 0.9 < float(np.std(a)) < 1.1
