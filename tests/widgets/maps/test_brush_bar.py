"""The bar of brushes: one is chosen at a time, and it says what is missing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.spies import Heard
from widgets.maps.brush_bar import BrushBar
from widgets.maps.point_brush import Brush


@pytest.fixture
def bar(qtbot: QtBot) -> BrushBar:
    made = BrushBar()
    qtbot.addWidget(made)
    made.sync(3, (), 10)
    made.show()
    return made


def test_one_brush_is_chosen_at_a_time(bar: BrushBar) -> None:
    heard = Heard(bar.brush_changed)
    for button, brush in (
        (bar.colours[2], Brush("paint", 2)),
        (bar.erase, Brush("erase", 2)),
        (bar.drag, Brush("move", 2)),
        (bar.look, Brush("look", 2)),
        (bar.colours[0], Brush("paint", 0)),
    ):
        button.click()
        assert bar.brush == brush
        assert button.isChecked()
        assert sum(other.isChecked() for other in (*bar.colours, bar.erase, bar.drag, bar.look)) == 1
    assert len(heard.all) == 5


def test_how_many_points_at_once(bar: BrushBar) -> None:
    bar.count.changed.emit(7.6, "drag")
    assert bar.brush == Brush("paint", 0, 8)
    bar.erase.click()
    assert not bar.count.isEnabled()
    bar.colours[1].click()
    assert bar.brush == Brush("paint", 1, 8)


def test_there_is_a_brush_for_each_colour(bar: BrushBar) -> None:
    assert [button.isVisible() for button in bar.colours] == [True, True, True, False]
    bar.colours[2].click()
    bar.sync(2, (), 10)
    assert bar.brush.colour == 0
    assert bar.colours[0].isChecked()


def test_what_is_missing_is_said(bar: BrushBar) -> None:
    bar.sync(2, ("orange", "blue"), 0)
    assert "no points yet" in bar.told.text()
    assert not bar.clear.isEnabled()
    bar.sync(2, ("blue",), 4)
    assert bar.told.text().startswith("No point is blue yet")
    bar.sync(4, ("blue", "purple"), 4)
    assert bar.told.text() == "These colours have no points yet: blue, purple."
    bar.sync(2, (), 4)
    assert bar.told.text().startswith("4 points.")


def test_keys_choose_and_clear(bar: BrushBar) -> None:
    heard = Heard(bar.clear_requested)
    QTest.keyClick(bar.colours[1], Qt.Key.Key_Return)
    assert bar.brush.colour == 1
    QTest.keyClick(bar.clear, Qt.Key.Key_Space)
    assert len(heard.all) == 1
