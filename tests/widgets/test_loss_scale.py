"""Curves of losses fit in, and their names find room."""

from __future__ import annotations

import numpy as np
import pytest

from widgets.loss_scale import drawable, drawn_heights, height_range, last_value, name_height


def test_what_is_not_finite_is_a_gap() -> None:
    assert np.isnan(drawable(np.array([1.0, np.inf, np.nan]))).tolist() == [False, True, True]


def test_the_logarithmic_scale_has_no_place_for_zero() -> None:
    losses = np.array([[0.0, 1.0], [0.01, np.inf]])
    np.testing.assert_array_equal(drawn_heights(losses, is_log=True), [[np.nan, 0.0], [-2.0, np.nan]])
    np.testing.assert_array_equal(drawn_heights(losses, is_log=False), [[0.0, 1.0], [0.01, np.nan]])


@pytest.mark.parametrize("is_log", [False, True])
def test_the_range_holds_every_curve(is_log: bool) -> None:
    curves = [np.array([0.2, np.nan, 3.0]), np.array([[0.5], [7.0]])]
    found = height_range(curves, is_log=is_log)
    assert found is not None
    assert found[0] <= 0.2
    assert found[1] > 7.0
    assert (found[0] == 0.0) is not is_log


def test_one_height_has_room_round_it_and_none_has_no_range() -> None:
    assert height_range([np.array([-2.0])], is_log=True) == pytest.approx((-2.56, -1.44))
    assert height_range([np.array([np.nan])], is_log=True) is None


def test_the_last_value_is_the_last_finite_one() -> None:
    history = np.array([[0.0, 2.0, np.nan], [5.0, 1.0, np.nan], [9.0, np.inf, np.nan]])
    assert last_value(history, 1) == (5.0, 1.0)
    assert last_value(history, 2) is None


def test_names_stand_above_low_curves_and_below_high_ones() -> None:
    assert name_height(np.array([0.1, 0.2]), 0.0, 1.0, 0.1, 2) >= 0.2
    high = name_height(np.array([0.7, 0.95]), 0.0, 1.0, 0.1, 2)
    assert high + 2 * 0.1 <= 0.7
    assert name_height(np.array([0.0, 1.0]), 0.0, 1.0, 0.1, 2) == 0.0
