"""What can be read and chosen beside the map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.message import message
from tests.widgets.maps.shown import shown
from tests.widgets.pseudo import cut_texts, pseudo_language, settled, untranslated
from tests.widgets.spies import Heard
from widgets.controls.side_column import SideColumn
from widgets.maps.decision_panel import INVITATION, DecisionPanel
from widgets.maps.told import told
from widgets.text import say


def filled(qtbot: QtBot, name: str, count: int = 40) -> DecisionPanel:
    """A panel about a built-in data set, on the screen."""
    panel = DecisionPanel()
    qtbot.addWidget(panel)
    decision, dataset, columns = shown(name, count)
    panel.set_data(dataset, columns)
    panel.set_map(decision)
    panel.set_example(dataset.table.cells[dataset.train[0]])
    panel.resize(308, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def test_without_a_map_only_the_reason_is_told(qtbot: QtBot) -> None:
    panel = DecisionPanel()
    qtbot.addWidget(panel)
    panel.set_problem(message("No input reads anything."))
    panel.show()
    assert panel.problem.text() == "No input reads anything."
    for part in (panel.view, panel.legend, panel.told, panel.across, panel.crisp, panel.answer):
        assert not part.isVisible()


def test_pointing_tells_the_answer(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    assert panel.told.text() == say(INVITATION)
    place = (1.0, 2.0)
    values = panel.view.values_at(*place)
    assert values is not None
    panel.view.pointed.emit(*place)
    decision, _, _ = shown("spiral")
    assert panel.told.text() == say(told(decision.answers[0], values, "words"))
    panel.set_level("numbers")
    assert panel.told.text().startswith("x1 = 1, x2 = 2: ")
    panel.view.left.emit()
    assert panel.told.text() == say(INVITATION)


def test_what_is_told_keeps_up_with_the_map(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    panel.set_level("numbers")
    panel.view.pointed.emit(1.0, 2.0)
    decision, _, _ = shown("spiral")
    for value, said in ((0.875, "0.875, so blue"), (0.25, "0.25, so orange")):
        panel.set_map(replace(decision, values=np.full_like(decision.values, value)))
        assert panel.told.text() == f"x1 = 1, x2 = 2: {said}"


def test_a_click_near_a_point_takes_its_example(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    _, dataset, _ = shown("spiral")
    examples, by_hand = Heard(panel.example_requested), Heard(panel.cells_requested)
    for row in (3, 11):
        x, y = dataset.table.cells[dataset.train[row], :2]
        QTest.mouseClick(
            panel.view, Qt.MouseButton.LeftButton, pos=panel.view.pixel_of(float(x), float(y)).toPoint()
        )
        chosen = dataset.table.cells[dataset.train[examples.firsts[-1]], :2]
        assert np.hypot(*(chosen - (x, y))) < 0.3  # another one may be as near
    assert by_hand.all == []


def test_a_click_elsewhere_sets_the_values(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    examples, by_hand = Heard(panel.example_requested), Heard(panel.cells_requested)
    at = panel.view.pixel_of(4.6, -4.6)
    QTest.mouseClick(panel.view, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert examples.all == []
    (cells,) = by_hand.firsts
    np.testing.assert_allclose(cells[:2], [4.6, -4.6], atol=0.05)


def test_a_shown_test_point_is_taken_by_its_values(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    _, dataset, _ = shown("spiral")
    points = panel.view.points
    assert points is not None
    panel.test_points.setChecked(True)
    by_hand = Heard(panel.cells_requested)
    taken = 0
    for row in dataset.test.tolist():
        cells = dataset.table.cells[row]
        at = panel.view.pixel_of(float(cells[0]), float(cells[1]))
        found = points.nearest(at.x(), at.y(), panel.view.room, with_test=True)
        assert found is not None
        if points.rows[found[0]] == row:
            panel.view.released.emit(float(cells[0]), float(cells[1]))
            np.testing.assert_array_equal(by_hand.firsts[-1], cells)
            taken += 1
    assert taken > 5


def test_whoever_paints_points_chooses_no_example(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    heard = Heard(panel.example_requested, panel.cells_requested)
    panel.brushes = True
    panel.view.released.emit(0.0, 0.0)
    assert heard.all == []


def test_the_wishes_are_announced(qtbot: QtBot) -> None:
    panel = filled(qtbot, "spiral")
    heard = Heard(panel.test_points_changed, panel.crisp_changed)
    panel.test_points.click()
    panel.crisp.click()
    assert heard.firsts == [True, True]
    panel.set_wishes(test_points=False, crisp=False)
    assert not panel.crisp.isChecked()


def test_two_columns_can_be_chosen_of_many(qtbot: QtBot) -> None:
    panel = filled(qtbot, "iris")
    heard = Heard(panel.columns_requested)
    assert panel.across.isVisible()
    assert not panel.tells_all
    assert (panel.across.current_key, panel.upwards.current_key) == ("0", "1")
    panel.across.chosen.emit("3")
    panel.upwards.chosen.emit("2")
    panel.across.chosen.emit("1")
    panel.upwards.chosen.emit("0")
    assert heard.firsts == [(3, 1), (0, 2), (1, 0), (1, 0)]


def test_with_two_columns_there_is_nothing_to_choose(qtbot: QtBot) -> None:
    panel = filled(qtbot, "hills")
    assert panel.tells_all
    assert not panel.across.isVisible()
    assert not panel.held.isVisible()
    assert panel.crisp.text() == "Only high or low"


def test_the_reach_is_announced_once(qtbot: QtBot) -> None:
    panel = DecisionPanel()
    qtbot.addWidget(panel)
    heard = Heard(panel.reach_changed)
    for name in ("spiral", "iris", "iris", "spiral"):
        _, dataset, columns = shown(name)
        panel.set_data(dataset, columns)
        panel.set_data(None, ())
    assert heard.firsts == [False, True]


@pytest.mark.parametrize("name", ["spiral-4", "hills", "iris"])
def test_everything_is_translated_and_fits(qtbot: QtBot, name: str) -> None:
    with pseudo_language():
        panel = filled(qtbot, name)
        column = SideColumn("⟦⟧", 332, panel)
        qtbot.addWidget(column)
        column.resize(332, 900)
        column.show()
        settled(column)
        panel.view.pointed.emit(1.0, 2.0)
        settled(column)
        own = ("orange", "blue", "green", "purple", "setosa", "versicolor", "virginica")
        known = (
            *own,
            "Sepal length (cm)",
            "Sepal width (cm)",
            "Petal length (cm)",
            "Petal width (cm)",
            "height",
        )
        assert untranslated(column, known) == []
        assert cut_texts(column) == []
