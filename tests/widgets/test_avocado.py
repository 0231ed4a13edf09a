"""The avocado's drawing shows the three facts about it."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from resources.theme import DARK, LIGHT, Theme
from widgets.avocado import draw_avocado

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(
    height: float, squishiness: float, skin: float, side: int = 120, theme: Theme = LIGHT
) -> np.ndarray:
    """The drawing as red, green, blue and opacity: int16, (side, side, 4)."""
    image = QImage(side, side, QImage.Format.Format_RGBA8888)
    image.fill(0)
    with QPainter(image) as painter:
        draw_avocado(painter, QRectF(0, 0, side, side), height, squishiness, skin, theme)
    return np.frombuffer(image.constBits(), np.uint8).reshape(side, side, 4).astype(np.int16)


def extent(picture: np.ndarray) -> tuple[int, int]:
    """Width and height of what is drawn."""
    solid = picture[..., 3] > 128
    return int(solid.any(axis=0).sum()), int(solid.any(axis=1).sum())


def test_a_tall_one_is_drawn_taller() -> None:
    heights = [extent(drawn(height, 0.5, 0.5))[1] for height in (0.0, 0.5, 1.0)]
    assert heights == sorted(set(heights))


def test_a_squishy_one_is_broader() -> None:
    assert extent(drawn(0.5, 1.0, 0.5))[0] > extent(drawn(0.5, 0.0, 0.5))[0]


def test_the_skin_darkens() -> None:
    def skin(value: float) -> float:
        picture = drawn(0.5, 0.5, value)
        column = picture[60]
        first = int(np.flatnonzero(column[:, 3] > 250)[0])
        return float(column[first + 2 : first + 5, :3].mean())

    shades = [skin(value) for value in (0.0, 0.5, 1.0)]
    assert shades == sorted(shades, reverse=True)
    assert shades[0] - shades[2] > 40


@pytest.mark.parametrize("side", [24, 120])
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_it_stays_within_its_place_and_has_a_stone(side: int, theme: Theme) -> None:
    for values in ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (-3.0, 9.0, 0.5)):
        picture = drawn(*values, side=side, theme=theme)
        assert picture[0, :, 3].max() < 255
        assert picture[:, 0, 3].max() == picture[:, -1, 3].max() == 0
        red, green, blue = (picture[..., channel] for channel in range(3))
        brown = (picture[..., 3] > 250) & (red > green + 20) & (green > blue) & (red < 180)
        assert brown.sum() > 0.01 * side * side
