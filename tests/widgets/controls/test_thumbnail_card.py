"""Small pictures of data: dots where the rows are, in the colours of their classes."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from playground.model.parameters import frozen_array
from playground.model.thumbnail import Thumbnail
from resources.theme import DARK, LIGHT, Theme
from widgets.controls.thumbnail_card import ThumbnailCard, colours, paint_thumbnail

CORNERS = frozen_array(np.array([[0.0, 0.0], [1.0, 1.0]]))


def painted(thumbnail: Thumbnail, theme: Theme = LIGHT) -> QImage:
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.surface))
    painter = QPainter(image)
    paint_thumbnail(painter, thumbnail, QRectF(5, 5, 50, 50), theme)
    painter.end()
    return image


def test_points_stand_upright_in_the_colours_of_their_classes() -> None:
    image = painted(Thumbnail(CORNERS, classes=frozen_array(np.array([0.0, 1.0]))))
    assert image.pixelColor(5, 55) == QColor(LIGHT.negative)
    assert image.pixelColor(55, 5) == QColor(LIGHT.positive)
    assert image.pixelColor(5, 5) == QColor(LIGHT.surface)


def test_values_lie_between_both_colours() -> None:
    shown = colours(Thumbnail(CORNERS, values=frozen_array(np.array([-1.0, 1.0]))), LIGHT)
    assert [QColor(colour) for colour in shown] == [QColor(LIGHT.negative), QColor(LIGHT.positive)]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_classes_have_colours_of_their_own(theme: Theme) -> None:
    assert len(set(theme.class_colours)) == len(theme.class_colours) == 10


def test_a_picture_is_ink_on_paper_in_both_themes() -> None:
    picture = frozen_array(np.array([[1.0, 0.0], [0.0, 0.0]]))
    thumbnail = Thumbnail(frozen_array(np.zeros((0, 2))), picture=picture)
    assert painted(thumbnail).pixelColor(10, 10).lightness() == 0
    assert painted(thumbnail).pixelColor(50, 50).lightness() == 255
    assert painted(thumbnail, DARK).pixelColor(10, 10).lightness() == 255


def test_the_chosen_card_has_a_frame(qtbot: QtBot) -> None:
    card = ThumbnailCard("Spiral", "Two arms.", Thumbnail(CORNERS, classes=frozen_array(np.zeros(2))))
    qtbot.addWidget(card)
    assert card.accessibleName() == "Spiral"
    before = card.grab().toImage()
    card.setChecked(True)
    assert card.grab().toImage() != before
