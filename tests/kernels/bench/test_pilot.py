"""Products that would take too long become smaller ones."""

from __future__ import annotations

import pytest

from kernels.bench import pilot
from kernels.bench.pilot import fitting, shortened
from kernels.bench.task import Task, square
from kernels.ladder import registry
from tests.kernels.bench.rungs import late, rung


@pytest.mark.parametrize(
    ("flops_per_second", "side"), [(1e12, 1024), (1e9, 512), (1e8, 256), (1e7, 128), (1e3, 64)]
)
def test_sides_are_halved_until_the_time_is_right(flops_per_second: float, side: int) -> None:
    found = shortened(square("gemm", 1024, "float32"), flops_per_second, 1.0)
    assert found == square("gemm", side, "float32")


def test_thin_products_stay_thin() -> None:
    assert shortened(Task("gemm", 4096, 8, 1024, "float32"), 1e7, 1.0) == Task(
        "gemm", 2048, 4, 512, "float32"
    )


def test_a_slow_kernel_gets_a_smaller_product(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = rung("late", late)
    monkeypatch.setattr(pilot, "SIDE", 4)
    task = square("gemv", 256, "float64")  # two thirds of a second
    assert fitting(kernel, 1, task, 0.1).m < 256
    assert fitting(kernel, 1, task, 100.0) == task


def test_one_disturbed_call_makes_no_product_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.5, 0.001, 0.4, 0.4, 0.4, 0.4])

    class Disturbed:
        def measure(self, _bunch: int) -> float:
            return next(seconds)

    monkeypatch.setattr(pilot, "entrant_of", lambda *_: Disturbed())
    task = square("gemm", 1024, "float32")
    kernel = rung("late", late)
    assert fitting(kernel, 1, task, 60.0) == task
    assert fitting(kernel, 1, task, 60.0) != task


def test_a_fast_kernel_and_a_small_product_are_left_as_they_are() -> None:
    numpy, python = registry.kernel("numpy"), registry.kernel("python")
    assert fitting(numpy, 1, square("gemm", 300, "float32"), 1.0) == square("gemm", 300, "float32")
    assert fitting(python, 1, square("gemm", 64, "float32"), 1e-9) == square("gemm", 64, "float32")


def test_plain_python_has_less_time_than_the_others() -> None:
    task = square("gemm", 1024, "float32")
    assert fitting(registry.kernel("python"), 1, task, 1e6).longest < 1024
