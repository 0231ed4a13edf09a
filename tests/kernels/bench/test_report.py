"""What a report measures."""

from __future__ import annotations

import pytest

from kernels import machine
from kernels.bench import report as module
from kernels.bench.events import Refused, Timed
from kernels.bench.report import FULL, QUICK, Choice, beyond_caches, lanes_of, report, sizes_of
from kernels.ladder import registry
from kernels.limits.memory import array_bytes
from kernels.machine import Machine
from kernels.threads import available_cores

CORES = available_cores()


def test_parallel_kernels_run_with_one_thread_and_with_all() -> None:
    lanes = lanes_of(Choice(keys=("python", "numpy")), "gemm", "float32")
    assert lanes == [("python", 1), *(("numpy", threads) for threads in sorted({1, CORES}))]
    assert lanes_of(Choice(keys=("numpy",), threads=(1,)), "gemm", "float32") == [("numpy", 1)]


def test_what_cannot_run_here_has_no_lane() -> None:
    able = {kernel.key for kernel in registry.kernels() if kernel.why_not() is None}
    assert {key for key, _ in lanes_of(Choice(), "gemm", "float64")} <= able
    assert "python" in able


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_one_matrix_is_larger_than_the_caches(dtype: str) -> None:
    side = beyond_caches(dtype)  # type: ignore[arg-type]  # from a table
    n_bytes = side * side * int(dtype[-2:]) // 8
    assert side % 256 == 0
    assert array_bytes() * 0.99 <= n_bytes <= array_bytes() * 1.3
    assert sizes_of(FULL, "gemv", dtype)[-1] == side  # type: ignore[arg-type]  # from a table
    assert sizes_of(FULL, "gemm", dtype) == FULL.sizes  # type: ignore[arg-type]  # from a table


def test_a_quick_report_measures_less() -> None:
    assert set(QUICK.sizes) < set(FULL.sizes)
    assert QUICK.budget.least_seconds < FULL.budget.least_seconds


def test_reasons_come_first_and_nothing_else_is_measured_where_nobody_can(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    facts = Machine("", 1, 128, "", (), (), 1.0, 1.0, "", "")
    monkeypatch.setattr(machine, "measure", lambda overrides: facts)
    absent = [kernel.key for kernel in registry.kernels() if kernel.why_not() is not None]
    if not absent:
        pytest.skip("every kernel runs on this machine")
    events = list(report(Choice(keys=tuple(absent), is_quick=True)))
    assert events[0] is facts
    assert [event.kernel for event in events[1:] if isinstance(event, Refused)] == absent
    assert len(events) == 1 + len(absent)


def test_all_operations_and_types_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Machine("", 1, 128, "", (), (), 1.0, 1.0, "", "")
    monkeypatch.setattr(machine, "measure", lambda overrides: facts)
    monkeypatch.setattr(machine, "peak", lambda dtype, threads: 100.0)
    monkeypatch.setattr(module, "NETWORKS", ())
    choice = Choice((8, 16), ("numpy",), (1,), ("float32", "float64"), is_quick=True)
    timings = [event.timing for event in report(choice) if isinstance(event, Timed)]
    assert [(timing.operation, timing.dtype, timing.m) for timing in timings] == [
        (operation, dtype, size)
        for operation in ("gemm", "gemv")
        for dtype in ("float32", "float64")
        for size in (8, 16)
    ]
