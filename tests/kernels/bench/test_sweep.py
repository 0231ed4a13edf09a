"""Sweeps: every size that ends soon, and no further."""

from __future__ import annotations

import pytest

from kernels.bench.events import Event, Preparing, Progress, Refused, Timed
from kernels.bench.sampling import Budget
from kernels.bench.sweep import sweep
from kernels.bench.track import Track
from tests.kernels.bench.rungs import install, late, lost, rung

SHORT = Budget(0.0, 2, 0.1)


def points(events: list[Event]) -> list[tuple[str, int]]:
    return [(event.timing.kernel, event.timing.m) for event in events if isinstance(event, Timed)]


def test_sizes_grow_and_a_slow_rung_stops_where_it_would_take_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(monkeypatch, rung("late", late))  # 1 ms, 3 ms, 41 ms, 2.6 s
    lanes = [("late", 1), ("numpy", 1)]
    sizes = (64, 8, 512, 16)
    events = list(sweep(Track(SHORT), "gemv", sizes, "float32", lanes, longest_seconds=1.0))
    assert points(events) == [
        ("late", 8),
        ("numpy", 8),
        ("late", 16),
        ("numpy", 16),
        ("late", 64),
        ("numpy", 64),
        ("numpy", 512),
    ]
    assert [event.kernel for event in events if isinstance(event, Preparing)] == ["late", "numpy"]
    done = [event.done for event in events if isinstance(event, Progress)]
    assert done == sorted(done)
    assert events[-1] == Progress(8, 8)


def test_a_rung_that_cannot_is_refused_once(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("lost", lost))
    events = list(sweep(Track(SHORT), "gemm", (8, 16), "float32", [("lost", 1), ("numpy", 1)]))
    assert [event.kernel for event in events if isinstance(event, Refused)] == ["lost"]
    assert points(events) == [("numpy", 8), ("numpy", 16)]


def test_a_first_size_that_takes_too_long_is_made_smaller_and_is_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(monkeypatch, rung("late", late))
    track = Track(SHORT, longest_seconds=0.1)
    events = list(sweep(track, "gemv", (400, 500), "float32", [("late", 1)]))
    (timed,) = (event.timing for event in events if isinstance(event, Timed))
    assert timed.is_smaller
    assert timed.m < 400
