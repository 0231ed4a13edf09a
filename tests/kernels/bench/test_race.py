"""Races: everybody's turn comes, whatever happens to the others."""

from __future__ import annotations

import pytest

from kernels.bench.events import Preparing, Progress, Refused, Timed
from kernels.bench.race import race
from kernels.bench.sampling import Budget
from kernels.bench.task import square
from kernels.bench.track import Track
from tests.kernels.bench.rungs import broken, install, lost, right, rung

SHORT = Budget(0.0, 2, 0.1)


def test_each_is_prepared_then_timed_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("lost", lost), rung("broken", broken), rung("right", right))
    lanes = [("lost", 1), ("broken", 1), ("right", 1), ("numpy", 1)]
    events = list(race(Track(SHORT), square("gemm", 16, "float32"), lanes))
    assert [event.kernel for event in events[::3] if isinstance(event, Preparing)] == [
        key for key, _ in lanes
    ]
    assert events[2::3] == [Progress(done, 4) for done in (1, 2, 3, 4)]
    results = events[1::3]
    assert [type(event) for event in results] == [Refused, Refused, Timed, Timed]
    sentences = [event.reason.text for event in results if isinstance(event, Refused)]
    assert sentences[0] == "The graphics device was lost."
    assert "ZeroDivisionError: no way" in sentences[1]


def test_no_memory_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_a: object, _b: object, _out: object) -> None:
        raise MemoryError

    install(monkeypatch, rung("full", full))
    events = list(race(Track(SHORT), square("gemm", 16, "float32"), [("full", 1)]))
    assert isinstance(events[1], Refused)
    assert "memory" in events[1].reason.text
