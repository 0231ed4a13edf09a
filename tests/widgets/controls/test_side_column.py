"""A side column scrolls by itself only to a panel that it follows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractSlider, QLabel
from pytestqt.qtbot import QtBot

from widgets.controls.side_column import SideColumn


@pytest.fixture
def parts() -> tuple[QLabel, QLabel]:
    upper, lower = QLabel("upper"), QLabel("lower")
    upper.setFixedHeight(500)
    lower.setFixedHeight(50)
    return upper, lower


@pytest.fixture
def side(qtbot: QtBot, parts: tuple[QLabel, QLabel]) -> SideColumn:
    made = SideColumn("Side", 240, *parts)
    qtbot.addWidget(made)
    made.resize(240, 300)
    made.show()
    qtbot.waitUntil(lambda: made.verticalScrollBar().maximum() > 200)
    return made


def is_in_sight(side: SideColumn, panel: QLabel) -> bool:
    top = panel.mapTo(side.viewport(), panel.rect().topLeft()).y()
    return top >= 0 and top + panel.height() <= side.viewport().height()


def test_a_followed_panel_stays_in_sight_while_it_grows(
    qtbot: QtBot, side: SideColumn, parts: tuple[QLabel, QLabel]
) -> None:
    assert not is_in_sight(side, parts[1])
    side.follow(parts[1])
    qtbot.waitUntil(lambda: is_in_sight(side, parts[1]))
    parts[1].setFixedHeight(200)
    qtbot.waitUntil(lambda: parts[1].height() == 200 and is_in_sight(side, parts[1]))


def test_whoever_scrolls_is_left_alone(qtbot: QtBot, side: SideColumn, parts: tuple[QLabel, QLabel]) -> None:
    side.follow(parts[1])
    bar = side.verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    parts[1].setFixedHeight(200)
    qtbot.waitUntil(lambda: parts[1].height() == 200)
    assert bar.value() == 0


def test_a_panel_is_brought_in_sight(qtbot: QtBot, side: SideColumn, parts: tuple[QLabel, QLabel]) -> None:
    side.bring_in_sight(parts[1])
    assert is_in_sight(side, parts[1])


def test_what_stands_below_a_panel_at_the_top_is_in_sight(
    qtbot: QtBot, side: SideColumn, parts: tuple[QLabel, QLabel]
) -> None:
    upper, middle = parts
    lower = QLabel("lowest")
    lower.setFixedHeight(100)
    side.add(lower)
    side.follow(middle, at_top=True)
    qtbot.waitUntil(lambda: is_in_sight(side, middle) and is_in_sight(side, lower))
    upper.setFixedHeight(900)
    qtbot.waitUntil(lambda: upper.height() == 900 and is_in_sight(side, middle) and is_in_sight(side, lower))
