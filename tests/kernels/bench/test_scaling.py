"""Scaling over threads."""

from __future__ import annotations

import pytest

from kernels.bench.events import Refused, Timed
from kernels.bench.sampling import Budget
from kernels.bench.scaling import scaling, thread_counts
from kernels.bench.track import Track
from tests.kernels.bench.rungs import install, right, rung

SHORT = Budget(0.0, 2, 0.1)


@pytest.mark.parametrize("cores", [1, 2, 3, 8, 9, 16, 64, 128])
def test_counts_begin_at_one_and_end_at_all_cores(cores: int) -> None:
    counts = thread_counts(cores)
    assert counts[0] == 1
    assert counts[-1] == cores
    assert list(counts) == sorted(set(counts))
    assert len(counts) <= 20
    assert cores > 8 or counts == tuple(range(1, cores + 1))


def test_rungs_are_timed_with_more_and_more_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rung("many", right, is_parallel=True))
    events = list(scaling(Track(SHORT), 16, "float32", ["many", "python", "numpy"], 2))
    timed = [(event.timing.kernel, event.timing.threads) for event in events if isinstance(event, Timed)]
    assert timed == [("many", 1), ("numpy", 1), ("many", 2), ("numpy", 2)]
    (refused,) = (event for event in events if isinstance(event, Refused))
    assert (refused.kernel, "one thread" in refused.reason.text) == ("python", True)
