"""Levels become colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from playground.model.maps import FULL, MIDDLE, NO_VALUE, Answer, DecisionMap
from resources.theme import DARK, LIGHT, Theme
from tests.widgets.maps.shown import pair, quadrants
from widgets.maps.shades import answer_colours, decision_image, image_of, ramp, rise


def test_a_ramp_goes_from_colour_to_colour_over_the_middle() -> None:
    shades = ramp("#FF0000", "#FFFFFF", "#0000FF")
    assert shades[0] == 0xFFFF0000
    assert shades[MIDDLE] == 0xFFFFFFFF
    assert shades[2 * FULL] == 0xFF0000FF
    assert shades[NO_VALUE] == 0
    red = (shades[:MIDDLE] >> 8) & 0xFF
    assert (np.diff(red.astype(int)) >= 0).all()


def test_a_weaker_ramp_stays_nearer_to_the_middle() -> None:
    shades = ramp("#000000", "#FFFFFF", "#000000", 0.5)
    assert abs((int(shades[0]) & 0xFF) - 128) <= 1


def test_a_rise_begins_at_its_ground() -> None:
    shades = rise("#102030", "#FFFFFF")
    assert shades[0] == 0xFF102030
    assert shades[2 * FULL] == 0xFFFFFFFF


def test_pictures_have_the_pixels_of_their_levels() -> None:
    shades = ramp("#FF0000", "#FFFFFF", "#0000FF")
    image = image_of(np.array([[0, 127, 254], [254, 127, 255]], np.uint8), shades)
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(0, 0) == QColor("#FF0000")
    assert image.pixelColor(2, 0) == QColor("#0000FF")
    assert image.pixelColor(0, 1) == QColor("#0000FF")
    assert image.pixelColor(2, 1).alpha() == 0


def toward(image: QImage, x: int, y: int, colour: str, ground: str) -> bool:
    """Whether a pixel lies on the way from a ground to a colour, and nearer to the colour."""
    found, end, start = image.pixelColor(x, y), QColor(colour), QColor(ground)
    channels = ((c.red(), c.green(), c.blue()) for c in (found, end, start))
    at, full, empty = (np.array(list(channel), float) for channel in channels)
    share = (at - empty) @ (full - empty) / ((full - empty) @ (full - empty))
    return bool(np.abs(empty + share * (full - empty) - at).max() < 3 and share > 0.5)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("is_crisp", [False, True])
def test_known_places_have_their_colours(theme: Theme, is_crisp: bool) -> None:
    image = decision_image(quadrants(), pair(), theme, is_crisp=is_crisp)
    assert toward(image, 0, 0, theme.positive, theme.surface)
    assert toward(image, 0, 1, theme.negative, theme.surface)
    assert image.pixelColor(1, 1).alpha() == 0
    if is_crisp:
        assert image.pixelColor(1, 0) == image.pixelColor(0, 0)  # undecided counts as yes, as in the accuracy
    else:
        assert image.pixelColor(1, 0) == QColor(theme.surface)


def test_an_output_for_the_first_class_has_its_colour_where_it_says_yes() -> None:
    turned = replace(pair(), classes=("blue", "orange"), colours=(1, 0))
    image = decision_image(quadrants(turned), turned, LIGHT, is_crisp=False)
    assert toward(image, 0, 0, LIGHT.negative, LIGHT.surface)
    assert toward(image, 0, 1, LIGHT.positive, LIGHT.surface)


def test_of_several_classes_the_likeliest_gives_the_colour() -> None:
    answer = Answer("classes", 2, "kind", (0, 1, 2), ("u", "v", "w"), (0, 1, 2))
    values = np.zeros((3, 1, 4), np.float32)
    values[0, 0], values[1, 0] = [1.0, 0.0, 0.5, 0.4], [0.0, 0.3, 0.5, np.nan]
    values[2, 0] = [0.0, 0.7, 0.0, 0.0]
    decision = DecisionMap(quadrants().region, values, (answer,))
    image = decision_image(decision, answer, LIGHT, is_crisp=False)
    crisp = decision_image(decision, answer, LIGHT, is_crisp=True)
    assert toward(image, 0, 0, answer_colours(answer, LIGHT)[0], LIGHT.surface)
    assert toward(crisp, 1, 0, LIGHT.class_colours[2], LIGHT.surface)
    assert image.pixelColor(1, 0).lightness() > crisp.pixelColor(1, 0).lightness()
    assert image.pixelColor(2, 0) == QColor(LIGHT.surface)
    assert image.pixelColor(3, 0).alpha() == 0
