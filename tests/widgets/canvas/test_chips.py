"""Where chips are on their way."""

from __future__ import annotations

import numpy as np

from widgets.canvas.chips import by_way_of


def test_halfway_a_chip_is_at_the_pill_wherever_it_sits() -> None:
    middle = np.array([0.2, 0.5, 0.8])
    assert by_way_of(np.zeros(3), middle).tolist() == [0, 0, 0]
    assert np.allclose(by_way_of(np.full(3, 0.5), middle), middle)
    assert np.allclose(by_way_of(np.ones(3), middle), 1.0)


def test_chips_never_turn_back() -> None:
    way = np.linspace(0, 1, 101)
    for middle in (0.16, 0.5, 0.84):
        assert (np.diff(by_way_of(way, np.full(101, middle))) > 0).all()
