"""Names along a plot's edge are moved apart as little as needed."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.model.message import message
from widgets.kernels.plot_content import GLYPHS, LOOKS, Axis, spread_out


def test_names_with_room_stay_where_they_are() -> None:
    assert spread_out([1.0, 5.0, 9.0], 2.0, 0.0, 10.0) == [1.0, 5.0, 9.0]


def test_neighbours_give_way() -> None:
    assert spread_out([5.0, 5.1, 5.2], 2.0, 0.0, 10.0) == pytest.approx([5.0, 7.0, 9.0])
    assert spread_out([9.0, 9.5, 10.0], 2.0, 0.0, 10.0) == pytest.approx([6.0, 8.0, 10.0])


@given(st.lists(st.floats(0, 100), max_size=9), st.floats(0.5, 12))
def test_they_stay_in_order_apart_and_inside(wanted: list[float], apart: float) -> None:
    wanted.sort()
    placed = spread_out(wanted, apart, 0.0, 100.0)
    assert len(placed) == len(wanted)
    assert all(after - before >= apart - 1e-9 for before, after in pairwise(placed))
    if wanted and apart * (len(wanted) - 1) <= 100:
        assert placed[0] >= -1e-9
        assert placed[-1] <= 100 + 1e-9


def test_a_logarithmic_axis_places_ratios_evenly() -> None:
    axis = Axis(message("GFLOP/s"), is_log=True)
    assert axis.place(1000.0) == pytest.approx(3.0)
    assert axis.place(0.0) == -math.inf
    assert Axis(message("threads")).place(4.0) == 4.0


def test_every_mark_has_a_sign_for_the_name() -> None:
    marks = {look.mark for look in LOOKS.values()}
    assert marks <= GLYPHS.keys()
    assert all(len(GLYPHS[mark]) == 1 for mark in marks)
