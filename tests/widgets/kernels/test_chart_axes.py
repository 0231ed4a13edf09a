"""An axis shows all points, and round numbers far enough apart to be read."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.message import message, parse_number
from widgets.kernels.chart_axes import ends, ticks
from widgets.kernels.plot_content import Axis

NAME = message("threads")


@given(st.lists(st.floats(-6, 6), min_size=1, max_size=20), st.booleans())
def test_every_point_is_shown(places: list[float], is_log: bool) -> None:
    low, high = ends(np.array(places), Axis(NAME, is_log=is_log))
    assert low <= min(places) <= max(places) <= high
    assert high > low


def test_what_must_be_shown_is_shown() -> None:
    assert ends(np.array([3.0, 4.0]), Axis(NAME, low=0, high=9)) == (0, 9)
    low, high = ends(np.array([1.0]), Axis(NAME, is_log=True, low=0.01))
    assert low == pytest.approx(math.log10(0.01))
    assert high > 1.0
    assert ends(np.array([1.0, math.inf, 2.0]), Axis(NAME, low=0))[1] < 3


@pytest.mark.parametrize(("low", "high"), [(0.0, 500.0), (0.0, 0.7), (0.0, 15.9), (3.0, 4.0)])
def test_even_ticks_are_round_and_apart(low: float, high: float) -> None:
    made = ticks(Axis(NAME), low, high, 300.0, 17.0)
    places = [place for place, _ in made]
    assert len(made) >= 2
    assert low <= min(places) <= max(places) <= high
    assert (np.diff(places) * 300 / (high - low) >= 17).all()
    assert len(np.unique(np.round(np.diff(places), 9))) == 1
    for place, text in made:
        assert parse_number(text) == pytest.approx(place)


def test_given_ticks_are_thinned_where_they_are_too_dense() -> None:
    axis = Axis(NAME, ticks=tuple(range(1, 65)))
    made = ticks(axis, 1.0, 64.0, 640.0, 40.0)
    assert made[0] == (1.0, "1")
    assert (np.diff([place for place, _ in made]) * 640 / 63 >= 40).all()
    wide = ticks(axis, 1.0, 64.0, 6400.0, 40.0)
    assert [text for _, text in wide] == [str(n) for n in range(1, 65)]


def test_sizes_stand_at_their_logarithms() -> None:
    axis = Axis(NAME, is_log=True, ticks=(32.0, 1024.0))
    made = ticks(axis, 1.5, 3.2, 500.0, 40.0)
    assert [text for _, text in made] == ["32", "1,024"]
    assert [place for place, _ in made] == pytest.approx([math.log10(32), math.log10(1024)])
