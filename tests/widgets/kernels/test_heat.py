"""Weights become shades: the sign decides the colour, the magnitude how strong it is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from resources.theme import THEMES, Theme
from widgets.kernels.cells import colour
from widgets.kernels.heat import Heat, is_deep


def distance(one: int, other: int) -> float:
    """How far apart two colours are."""
    parts = [((one >> shift & 255) - (other >> shift & 255)) ** 2 for shift in (0, 8, 16)]
    return float(np.sqrt(sum(parts)))


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_larger_is_farther_from_the_ground_and_signs_differ(theme: Theme) -> None:
    heat, ground = Heat.of(theme), colour(theme.stage)
    values = np.linspace(0, 2, 30)
    for sign, strongest in ((1, theme.positive), (-1, theme.negative)):
        shades = [int(shade) for shade in heat.colours(sign * values, 2.0)]
        away = [distance(shade, ground) for shade in shades]
        assert away == sorted(away)
        assert QColor(f"#{shades[-1]:06X}") == QColor(strongest)
    weak = heat.colours(np.array([0.5, -0.5]), 2.0)
    assert distance(int(weak[0]), int(weak[1])) > 40


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_a_place_without_an_edge_is_no_weight_of_zero(theme: Theme) -> None:
    heat = Heat.of(theme)
    empty, zero = heat.colours(np.array([np.nan, 0.0]), 1.0)
    assert empty == heat.empty
    assert zero != heat.empty


def test_all_zero_and_infinite_values_have_colours() -> None:
    heat = Heat.of(THEMES["light"])
    assert len(set(heat.colours(np.zeros(3), 0.0).tolist())) == 1
    assert heat.colours(np.array([np.inf]), 1.0)[0] == heat.empty
    assert not is_deep(np.zeros(2), 0.0).any()
    assert is_deep(np.array([1.0, 0.01]), 1.0).tolist() == [True, False]
