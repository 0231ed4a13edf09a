"""The speed shown is the present one."""

from __future__ import annotations

import pytest

from playground.engine.pace import Pace


def test_it_is_epochs_over_seconds() -> None:
    pace = Pace()
    assert pace.epochs_per_second == 0.0
    pace.add(3.0, 0.02)
    pace.add(7.0, 0.08)
    assert pace.epochs_per_second == pytest.approx(100.0)


def test_it_follows_a_change_of_speed() -> None:
    pace = Pace()
    for _ in range(100):
        pace.add(50.0, 0.05)
    for _ in range(200):
        pace.add(0.5, 0.05)
    assert pace.epochs_per_second == pytest.approx(10.0, rel=0.01)
