"""The course of a weight is drawn from its first to its newest value."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.model.histograms import WeightHistory
from playground.model.parameters import frozen_array
from widgets.results.weight_curve import WeightCurve


def history(epochs: list[float], values: list[float]) -> WeightHistory:
    return WeightHistory(frozen_array(epochs), frozen_array(values))


@pytest.fixture
def curve(qtbot: QtBot) -> WeightCurve:
    made = WeightCurve()
    qtbot.addWidget(made)
    made.resize(300, made.height())
    return made


def test_the_line_goes_where_the_weight_goes(curve: WeightCurve) -> None:
    curve.set_history(history([0, 10, 40], [1.0, 3.0, 2.0]))
    points = curve.points()
    across = points[:, 0] - points[0, 0]
    np.testing.assert_allclose(across / across[-1], [0, 0.25, 1])
    up = points[0, 1] - points[:, 1]
    np.testing.assert_allclose(up / up[1], [0, 1, 0.5])
    assert curve.isVisible()
    assert curve.accessibleDescription() == "From 1 at epoch 0 to 2 at epoch 40"
    assert not curve.grab().isNull()


def test_without_a_course_there_is_nothing(curve: WeightCurve) -> None:
    for nothing in (None, history([], []), history([0], [1])):
        curve.set_history(nothing)
        assert not curve.isVisible()
        assert len(curve.points()) == 0


@pytest.mark.parametrize(
    "values", [[2.0, 2.0], [0.0, 0.0], [math.nan, 1.0], [math.inf, math.nan], [1e300, -1e300]]
)
def test_odd_values_are_drawn_too(curve: WeightCurve, values: list[float]) -> None:
    curve.set_history(history([0, 1], values))
    assert np.isfinite(curve.points()).all()
    assert not curve.grab().isNull()
