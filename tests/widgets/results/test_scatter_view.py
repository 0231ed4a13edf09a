"""Points lie where their numbers say, and can be pointed at, stepped through and clicked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.engine.results import number_results
from playground.model.parameters import Floats
from playground.model.results import NumberResults
from tests.widgets.results.made import prices
from tests.widgets.spies import Heard
from widgets.results.scatter_view import MOST_POINTS, ScatterView


def shown(qtbot: QtBot, part: NumberResults) -> ScatterView:
    view = ScatterView()
    qtbot.addWidget(view)
    view.resize(300, view.sizeHint().height())
    view.set_part(part)
    view.show()
    return view


def part_of(right: Floats, said: Floats) -> NumberResults:
    return number_results(np.arange(len(right)), right, said)


@pytest.fixture
def view(qtbot: QtBot) -> ScatterView:
    part = prices().parts["train"]
    assert isinstance(part, NumberResults)
    return shown(qtbot, part)


def test_right_answers_grow_to_the_right_and_what_was_said_upwards(view: ScatterView) -> None:
    first, second, third = (view.position_of(place) for place in range(3))
    assert first.x() < second.x() < third.x()
    assert first.y() > second.y() > third.y()
    across = (third.x() - first.x()) / 300
    up = (first.y() - third.y()) / 260
    assert (second.x() - first.x()) / 100 == pytest.approx(across)
    assert (first.y() - second.y()) / 90 == pytest.approx(up)


def test_a_click_on_a_point_asks_for_its_example(view: ScatterView) -> None:
    heard, pointed = Heard(view.example_requested), Heard(view.pointed)
    for place in (2, 0):
        QTest.mouseMove(view, view.position_of(place).toPoint() + QPoint(3, 2))
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.position_of(place).toPoint())
    assert heard.firsts == [2, 0]
    assert pointed.firsts == [2, 0]
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert heard.firsts == [2, 0]


def test_keys_go_along_by_the_right_answer(qtbot: QtBot) -> None:
    view = shown(qtbot, part_of(np.array([30.0, 10.0, 20.0]), np.array([1.0, 2.0, math.inf])))
    heard = Heard(view.example_requested)
    QTest.keyClick(view, Qt.Key.Key_Return)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right)
        QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Left)
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert heard.firsts == [1, 0, 0, 1]  # the one without a number is passed over


def test_of_very_many_rows_an_even_choice_is_drawn(qtbot: QtBot) -> None:
    right = np.random.default_rng(1).permutation(100_000).astype(np.float64)
    view = shown(qtbot, part_of(right, right + 1))
    assert len(view.drawn) == MOST_POINTS
    gaps = np.diff(right[view.drawn])
    assert gaps.min() >= 49
    assert gaps.max() <= 51
    assert not view.grab().isNull()


@pytest.mark.parametrize(
    ("right", "said"),
    [
        ([5.0], [5.0]),
        ([0.0, 0.0], [0.0, 0.0]),
        ([1.0, 2.0], [math.nan, math.inf]),
        ([1e300, -1e300], [1e308, -1e308]),
        ([], []),
    ],
)
def test_odd_numbers_are_drawn_too(qtbot: QtBot, right: list[float], said: list[float]) -> None:
    view = shown(qtbot, part_of(np.array(right), np.array(said)))
    assert not view.grab().isNull()
    QTest.mouseMove(view, QPoint(150, 100))
    QTest.keyClick(view, Qt.Key.Key_Right)
