"""Timings: right ones, wrong ones found out, and what they are compared with."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from kernels import machine
from kernels.bench.sampling import Budget
from kernels.bench.task import square
from kernels.bench.timing import Timing
from kernels.bench.track import Track
from kernels.ladder.kernel import DType, Matrix, UnavailableError
from kernels.threads import blas_threads_held
from playground.model import speed
from tests.kernels.bench.rungs import install, late, lazy, prepared, right, rung

SHORT = Budget(0.0, 3, 0.2)
SMALL = square("gemm", 24, "float32")


def test_what_is_timed_is_what_is_shown() -> None:
    shown = dataclasses.fields(speed.Timing)
    assert [one.name for one in dataclasses.fields(Timing)] == [one.name for one in shown]


@pytest.mark.parametrize("operation", ["gemm", "gemv"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("key", ["python", "numpy"])
def test_a_rung_is_timed_and_found_right(key: str, operation: str, dtype: str) -> None:
    task = square(operation, 24, dtype)  # type: ignore[arg-type]  # from a table
    timing = Track(SHORT).time(key, 1, task)
    assert (timing.kernel, timing.m, timing.n, timing.k) == (key, 24, task.n, 24)
    assert timing.repeats >= 3
    assert timing.low_gflops <= timing.gflops <= timing.high_gflops
    assert timing.gflops == pytest.approx(task.flops / timing.seconds / 1e9)
    assert 0 <= timing.error_over_bound <= 1
    assert timing.end_to_end_gflops is None
    assert not timing.is_smaller


def test_what_a_rung_leaves_out_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("lazy", lazy))
    assert Track(SHORT).time("lazy", 1, SMALL).error_over_bound == math.inf


def test_shares_and_ratios_belong_to_the_same_run(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("late", late))
    monkeypatch.setattr(machine, "peak", lambda dtype, threads: 500.0 * threads)
    track = Track(SHORT)
    task = square("gemv", 16, "float64")
    python, numpy, slow = (track.time(key, 1, task) for key in ("python", "numpy", "late"))
    assert (numpy.ratio_to_numpy, python.times_python) == (1.0, 1.0)
    assert slow.ratio_to_numpy == pytest.approx(slow.gflops / numpy.gflops)
    assert slow.times_python == pytest.approx(slow.gflops / python.gflops)
    assert slow.share_of_peak == pytest.approx(slow.gflops / 500.0)


@pytest.mark.parametrize("is_paired", [False, True])
def test_numpy_is_measured_where_it_does_not_take_part(
    monkeypatch: pytest.MonkeyPatch, is_paired: bool
) -> None:
    install(monkeypatch, rung("late", late))
    timing = Track(SHORT, is_paired=is_paired).time("late", 1, square("gemv", 16, "float64"))
    assert timing.ratio_to_numpy is not None
    assert 0 < timing.ratio_to_numpy < 1
    assert timing.times_python is not None


def test_a_product_that_takes_too_long_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("late", late))
    task = square("gemv", 512, "float32")  # 2.6 s
    timing = Track(SHORT, longest_seconds=0.1).time("late", 1, task)
    assert timing.is_smaller
    assert (timing.m, timing.k) < (512, 512)
    assert timing.m == timing.k


def test_blas_keeps_to_one_thread_beside_others(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []

    def call(a: object, b: object, out: object) -> None:
        held.append(blas_threads_held())
        right(a, b, out)  # type: ignore[arg-type]  # matrices

    install(monkeypatch, rung("watch", call))
    Track(SHORT).time("watch", 1, SMALL)
    assert set(held) == {1}
    assert blas_threads_held() == 0


def test_one_thread_is_said_of_a_rung_that_uses_one() -> None:
    assert Track(SHORT).time("python", 4, square("gemm", 8, "float32")).threads == 1


def test_compiling_is_timed_once_and_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[DType] = []
    install(monkeypatch, rung("mine", right, prepare=prepared(seen)))
    track = Track(SHORT)
    first, second = (track.time("mine", 1, SMALL) for _ in range(2))
    assert seen == ["float32"]
    assert first.compile_seconds == second.compile_seconds > 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"dtypes": ("float64",)}, "float32"),
        ({"operations": ("gemv",)}, "two matrices"),
    ],
)
def test_a_rung_that_cannot_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], words: str
) -> None:
    install(monkeypatch, rung("mine", right, **changes))
    with pytest.raises(UnavailableError, match=words):
        Track(SHORT).time("mine", 1, SMALL)


def test_a_product_that_does_not_fit_is_refused_with_its_sizes() -> None:
    with pytest.raises(UnavailableError, match="900000") as refused:
        Track(SHORT).time("numpy", 1, square("gemm", 900_000, "float64"))
    assert "GiB" in refused.value.reason.text


class OnCard:
    """A product on a device whose clock says that it took a hundredth of a second."""

    def __init__(self, a: Matrix, b: Matrix) -> None:
        self._a, self._b = a, b

    def run(self) -> float:
        return 0.01

    def result(self) -> Matrix:
        return np.asarray(self._a @ self._b)


def test_a_device_is_timed_by_its_own_clock_with_the_transfers_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("card", right, device="gpu", upload=lambda _, a, b: OnCard(a, b)))
    timing = Track(SHORT).time("card", 1, SMALL)
    assert timing.gflops == pytest.approx(SMALL.flops / 0.01 / 1e9)
    assert timing.end_to_end_gflops is not None
    assert timing.end_to_end_gflops > timing.gflops  # NumPy here is no slower than that
    assert (timing.share_of_peak, timing.ratio_to_numpy) == (None, None)
    assert timing.error_over_bound <= 1
