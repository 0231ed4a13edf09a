"""Times of a call, on a clock that the test moves."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.bench import sampling
from kernels.bench.sampling import Budget, bunch_of, sample, summary, take_turns, timed


class Clock:
    """Time that passes only when somebody works or sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.told: list[str] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(sampling, "perf_counter", clock)
    monkeypatch.setattr(sampling, "sleep", clock.sleep)
    return clock


def work(clock: Clock, seconds: float, name: str = "") -> sampling.Measure:
    def measure(bunch: int) -> float:
        clock.now += bunch * seconds
        clock.told.append(name)
        return seconds

    return measure


def test_a_short_call_is_measured_in_bunches_until_both_least_values_are_reached(clock: Clock) -> None:
    found = sample(work(clock, 1e-5), 1e-5, Budget(0.2, 5, 1.5))
    assert bunch_of(1e-5) == 100
    assert found.median == pytest.approx(1e-5)
    assert found.repeats == pytest.approx(200, abs=1)


def test_a_call_longer_than_the_least_time_is_repeated(clock: Clock) -> None:
    assert sample(work(clock, 0.1), 0.1, Budget(0.2, 5, 1.5)).repeats == 5
    assert sample(work(clock, 0.4), 0.4, Budget(0.2, 5, 1.5)).repeats == 4


def test_a_call_that_takes_the_whole_time_is_not_made_again(clock: Clock) -> None:
    found = sample(work(clock, 2.0), 2.0, Budget(0.2, 5, 1.5))
    assert (found.repeats, found.median, clock.now) == (1, 2.0, 0.0)


def test_two_take_turns_each_after_its_pause(clock: Clock) -> None:
    first, second = take_turns(
        work(clock, 0.004, "first"), work(clock, 0.002, "second"), Budget(0.2, 5, 1.5), 0.1
    )
    assert (first.median, second.median) == (0.004, 0.002)
    changes = sum(one != other for one, other in zip(clock.told, clock.told[1:], strict=False))
    assert changes >= 6
    assert first.repeats >= 0.2 / 0.004


def test_median_and_quartiles(rng: np.random.Generator) -> None:
    times = rng.uniform(1, 2, 101).tolist()
    found = summary(times)
    ordered = sorted(times)
    assert (found.low, found.median, found.high) == pytest.approx((ordered[25], ordered[50], ordered[75]))


def test_a_bunch_is_counted(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    calls: list[int] = []

    def call() -> None:
        calls.append(1)
        clock.now += 3.0

    assert timed(call, 4) == 3.0
    assert len(calls) == 4
