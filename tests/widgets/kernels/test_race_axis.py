"""The figures of the scale stand under their lines, as many as have room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from resources.theme import LIGHT
from tests.widgets.themed import themed
from widgets.kernels.race_axis import RaceAxis
from widgets.kernels.race_scale import LogScale


def inked(axis: RaceAxis) -> list[int]:
    """The columns of pixels that hold ink."""
    image = axis.grab().toImage()
    ground = image.pixel(0, 0)
    return [
        x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(image.height()))
    ]


@pytest.fixture
def axis(qtbot: QtBot) -> RaceAxis:
    made = RaceAxis()
    qtbot.addWidget(made)
    made.resize(700, 18)
    made.show()
    return made


def test_each_figure_stands_under_its_line(qapp: QApplication, axis: RaceAxis) -> None:
    with themed(qapp, LIGHT):
        columns = inked(axis)
        for tick in (0.01, 0.1, 1.0, 10.0, 100.0):
            centre = LogScale().share(tick) * axis.width()
            near = [x for x in columns if abs(x - centre) < 30]
            assert (min(near) + max(near)) / 2 == pytest.approx(centre, abs=3)


def test_figures_that_have_no_room_are_left_out(qapp: QApplication, axis: RaceAxis) -> None:
    with themed(qapp, LIGHT):
        wide = len(inked(axis))
        axis.resize(140, 18)
        assert 0 < len(inked(axis)) < wide * 0.7


def test_another_scale_has_other_figures(qapp: QApplication, axis: RaceAxis) -> None:
    with themed(qapp, LIGHT):
        before = inked(axis)
        axis.sync(LogScale(-3, 5))
        assert inked(axis) != before
