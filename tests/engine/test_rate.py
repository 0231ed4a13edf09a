"""The rate at an epoch, and settings as they hold there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.engine.rate import learning_at, rate_at
from playground.model.experiment import Learning
from playground.model.rate_schedule import RateSchedule

STEP = Learning(learning_rate=0.4, schedule=RateSchedule("step", every=10, factor=0.5))
COSINE = Learning(learning_rate=0.4, schedule=RateSchedule("cosine", epochs=60, least=0.25))


@pytest.mark.parametrize(
    ("learning", "epoch", "expected"),
    [
        (Learning(learning_rate=0.4), 1e6, 0.4),
        (STEP, 9.99, 0.4),
        (STEP, 10.0, 0.2),
        (STEP, 10.0 - 1e-12, 0.2),  # rounded, it is the tenth epoch's end
        (STEP, 25.5, 0.1),
        (COSINE, 0.0, 0.4),
        (COSINE, 30.0, 0.25),
        (COSINE, 20.7, 0.325),
        (COSINE, 100.0, 0.1),
    ],
)
def test_the_rate_at_an_epoch_is_that_worked_out_by_hand(
    learning: Learning, epoch: float, expected: float
) -> None:
    assert rate_at(learning, epoch) == pytest.approx(expected, rel=1e-14)
    held = learning_at(learning, epoch)
    assert held == replace(learning, learning_rate=rate_at(learning, epoch), schedule=RateSchedule())
    assert rate_at(held, 12345.0) == rate_at(learning, epoch)


def test_without_a_schedule_the_settings_are_the_same_ones() -> None:
    learning = Learning()
    assert learning_at(learning, 7.0) is learning
