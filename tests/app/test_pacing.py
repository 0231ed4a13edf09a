"""Batches become due evenly, whoever asks how often; what is missed for long is not made up for."""

from __future__ import annotations

import pytest

from playground.app.pacing import DEBT_S, LOOK_S, Pacing


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("rate", [0.5, 3.0, 47.0, 5000.0])
@pytest.mark.parametrize("step", [0.001, 0.03, 0.1])
def test_as_many_are_due_as_the_time_asks_for(rate: float, step: float) -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.begin()
    count = pacing.due(rate)
    assert count >= 1  # the first one at once
    for _ in range(round(20.0 / step)):
        clock.now += step
        count += pacing.due(rate)
    assert count == pytest.approx(1 + rate * (clock.now - 100.0), abs=1.01)


@pytest.mark.parametrize("rate", [0.5, 3.0, 47.0, 5000.0])
def test_whoever_waits_as_told_is_not_asked_in_vain(rate: float) -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.begin()
    asked = 0
    while clock.now < 110.0:
        pacing.due(rate)
        left = pacing.seconds_left(rate)
        assert left >= LOOK_S
        clock.now += left + 1e-9
        asked += 1
        assert pacing.due(rate) >= 1
    assert asked <= 10.0 / LOOK_S + 1


def test_a_long_delay_is_not_made_up_for() -> None:
    clock = Clock()
    pacing = Pacing(clock)
    pacing.begin()
    clock.now += 60.0
    assert pacing.due(100.0) == 1 + round(100.0 * DEBT_S)
