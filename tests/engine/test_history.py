"""The history stays within its room and keeps its first and newest points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.history import LIMIT, History


def point(epoch: float) -> tuple[float, ...]:
    return (epoch, epoch * 2, epoch * 3, epoch * 4, epoch * 5)


@given(
    steps=st.lists(st.floats(0.01, 50.0), min_size=1, max_size=400),
    limit=st.integers(4, 20),
)
def test_it_keeps_the_first_and_the_newest_within_its_room(steps: list[float], limit: int) -> None:
    history, epochs = History(limit=limit), np.cumsum(steps)
    for count, epoch in enumerate(epochs, 1):
        history.append(point(epoch))
        points = history.points
        assert len(points) == history.count <= limit
        assert points[0, 0] == epochs[0]
        assert points[-1, 0] == epoch
        assert (np.diff(points[:, 0]) > 0).all()
        if count <= limit:
            assert len(points) == count
        np.testing.assert_array_equal(points[:, 1], points[:, 0] * 2)
        np.testing.assert_array_equal(points[:, 4], points[:, 0] * 5)


def test_a_very_long_run_stays_evenly_covered() -> None:
    history, last = History(limit=100), 20_000
    for epoch in range(last + 1):
        history.append(point(float(epoch)))
    gaps = np.diff(history.points[:, 0])
    assert 40 <= len(gaps) < 100
    assert gaps.max() <= 4 * last / 100


def test_a_point_at_the_same_epoch_takes_the_place_of_the_newest() -> None:
    history = History()
    for epoch in (0.0, 1.0):
        history.append(point(epoch))
    history.append((1.0, 9.0, 9.0, 9.0, 9.0))
    np.testing.assert_array_equal(history.points, [point(0.0), (1.0, 9.0, 9.0, 9.0, 9.0)])


def test_it_goes_on_from_earlier_points() -> None:
    first = History()
    for epoch in range(10):
        first.append(point(float(epoch)))
    second = History(first.points)
    np.testing.assert_array_equal(second.points, first.points)
    second.append(point(10.0))
    assert len(first.points) == 10
    assert len(second.points) == 11


def test_its_points_are_a_copy_that_cannot_be_written_to() -> None:
    history = History()
    assert history.points.shape == (0, 5)
    assert history.count == 0
    history.append(point(0.0))
    with pytest.raises(ValueError, match="read-only"):
        history.points[0, 0] = 1.0
    assert LIMIT <= 4096
