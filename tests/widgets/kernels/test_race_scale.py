"""Bars lie on a scale on which equal ways are equal ratios."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.kernels.race_scale import LogScale, scale_for

FIGURES = st.floats(min_value=1e-6, max_value=1e7)


def test_the_usual_scale_has_a_line_at_every_power_of_ten() -> None:
    scale = scale_for([])
    assert scale.ticks() == (0.001, 0.01, 0.1, 1.0, 10.0, 100.0, 1000.0)
    assert [scale.share(tick) for tick in scale.ticks()] == pytest.approx([n / 6 for n in range(7)])


def test_ten_times_as_fast_is_one_line_further_wherever_it_is() -> None:
    scale = LogScale()
    for figure in (0.004, 0.05, 2.0, 40.0):
        assert scale.share(10 * figure) - scale.share(figure) == pytest.approx(1 / 6)


@pytest.mark.parametrize("figure", [0.0, -1.0, math.nan])
def test_what_is_no_speed_has_no_bar(figure: float) -> None:
    assert LogScale().share(figure) == 0


@given(st.lists(FIGURES, min_size=1, max_size=9))
def test_every_figure_fits_and_every_bar_can_be_seen(figures: list[float]) -> None:
    scale = scale_for(figures)
    for figure in figures:
        assert 10.0**scale.low < figure <= 10.0**scale.high * (1 + 1e-12)
        assert 0 < scale.share(figure) <= 1
    assert scale.low <= -3
    assert scale.high >= 3


def test_figures_that_cannot_be_shown_do_not_stretch_the_scale() -> None:
    assert scale_for([0.0, math.inf, 5.0]) == LogScale()
