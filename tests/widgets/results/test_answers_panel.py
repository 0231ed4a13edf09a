"""The section Answers: what it shows, and walks through examples."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.message import message
from tests.widgets.pseudo import settled
from tests.widgets.results.made import flowers, fruits, prices
from tests.widgets.spies import Heard
from widgets.controls.labels import Label
from widgets.controls.side_column import SideColumn
from widgets.results.answers_panel import AnswersPanel


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[AnswersPanel]:
    made = AnswersPanel()
    holder = SideColumn("", 332, made)
    qtbot.addWidget(holder)
    holder.resize(332, 700)
    holder.show()
    made.set_open(True)
    yield made
    holder.close()


def test_nothing_is_wanted_until_it_is_opened(qtbot: QtBot) -> None:
    made = AnswersPanel()
    qtbot.addWidget(made)
    heard = Heard(made.opened)
    made.show()
    wanted = [made.is_wanted]
    for is_open in (True, False):
        made.set_open(is_open)
        wanted.append(made.is_wanted)
    assert wanted == [False, True, False]
    assert heard.firsts == [False, True, False]


def test_without_results_it_says_why(panel: AnswersPanel) -> None:
    panel.set_problem(message("Choose data first."))
    assert panel.empty.isVisible()
    assert panel.empty.text() == "Choose data first."
    assert not any(part.isVisible() for part in (panel.matrix, panel.scatter, panel.bar, panel.saving))
    panel.set_results((flowers(),))
    panel.set_problem(None)
    assert not panel.empty.isVisible()


def test_classes_get_a_matrix_and_numbers_a_cloud(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    assert panel.matrix.isVisible()
    assert panel.figures.isVisible()
    assert not panel.scatter.isVisible()
    assert panel.summary.text() == "4 of 7 answers are right."
    panel.set_results((prices(),))
    assert panel.scatter.isVisible()
    assert not panel.matrix.isVisible()
    assert not panel.figures.isVisible()


def test_a_walk_goes_through_the_examples_of_a_cell(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    heard = Heard(panel.example_requested)
    panel.matrix.cell_requested.emit(1, 2)
    assert panel.bar.sentence.text().startswith("1 of 2: true versicolor, said virginica")
    assert not panel.bar.back.isEnabled()
    QTest.mouseClick(panel.bar.forth, Qt.MouseButton.LeftButton)
    assert panel.bar.sentence.text().startswith("2 of 2: ")
    assert not panel.bar.forth.isEnabled()
    QTest.mouseClick(panel.bar.back, Qt.MouseButton.LeftButton)
    assert heard.firsts == [14, 13, 14]  # the surest first
    QTest.mouseClick(panel.bar.close_button, Qt.MouseButton.LeftButton)
    assert not panel.bar.isVisible()
    assert panel.walk is None


def test_an_empty_cell_begins_no_walk(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    heard = Heard(panel.example_requested)
    panel.matrix.cell_requested.emit(2, 0)
    assert panel.walk is None
    assert not panel.bar.isVisible()
    assert heard.all == []


def test_a_walk_keeps_its_examples_while_the_network_learns_on(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    panel.matrix.cell_requested.emit(0, 1)
    panel.set_results((flowers(),))
    assert panel.bar.isVisible()
    assert panel.bar.sentence.text().startswith("1 of 1: true setosa, said versicolor")
    panel.set_results((prices(),))  # other data: no such rows
    assert panel.walk is None
    assert not panel.bar.isVisible()


def test_test_examples_are_marked_as_such(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    panel.matrix.cell_requested.emit(0, 0)
    assert not panel.bar.note.isVisible()
    QTest.mouseClick(panel.parts.button("test"), Qt.MouseButton.LeftButton)
    assert panel.summary.text() == "1 of 2 answers are right."
    assert not panel.bar.isVisible()  # the walk belongs to the other part
    heard = Heard(panel.example_requested)
    panel.matrix.cell_requested.emit(2, 1)
    assert heard.firsts == [20]
    assert panel.bar.note.isVisible()
    assert "does not learn" in panel.bar.note.text()


def test_without_test_examples_there_is_no_choice(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    QTest.mouseClick(panel.parts.button("test"), Qt.MouseButton.LeftButton)
    panel.set_results((fruits(),))
    assert not panel.parts.isVisible()
    assert panel.summary.text().startswith("7 of 11")


def test_the_worst_come_one_by_one(panel: AnswersPanel) -> None:
    panel.set_results((prices(),))
    heard = Heard(panel.example_requested)
    QTest.mouseClick(panel.worst, Qt.MouseButton.LeftButton)
    QTest.mouseClick(panel.bar.forth, Qt.MouseButton.LeftButton)
    assert heard.firsts == [5, 3]
    panel.scatter.example_requested.emit(1)
    assert heard.firsts[-1] == 4
    assert panel.bar.sentence.text() == "1 of 1: right is 200, it said 200: off by 0"


def test_the_pass_of_the_example_can_be_asked_for(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    panel.matrix.cell_requested.emit(0, 0)
    heard = Heard(panel.play_requested)
    QTest.mouseClick(panel.bar.play, Qt.MouseButton.LeftButton)
    assert len(heard.all) == 1


def test_what_is_pointed_at_is_told_at_the_level(panel: AnswersPanel) -> None:
    panel.set_results((fruits(),))
    panel.matrix.pointed.emit((0, 1))
    assert panel.told.text() == "1: it said ripe, but right is not ripe."
    panel.set_level("numbers")
    assert panel.told.text().startswith("1 false positives: true not ripe, said ripe")
    assert not panel.formulas.isVisible()
    panel.set_level("maths")
    assert panel.formulas.isVisible()
    panel.matrix.pointed.emit(None)
    assert "Click a field" in panel.told.text()
    panel.set_results((fruits(),))  # the same again, as while nothing changes
    assert panel.formulas.isVisible()
    panel.set_results(())
    assert not panel.formulas.isVisible()


def test_figures_follow_the_level(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    name, precision, recall, support = panel.figures.rows[1]
    assert (name, support) == ("versicolor", "3")
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in (precision, recall)] == ["50 %", "33.3 %"]
    panel.set_level("numbers")
    assert panel.figures.rows[1] == ("versicolor", "0.5", "0.333", "0.4", "3")


def test_several_columns_can_be_chosen(panel: AnswersPanel) -> None:
    panel.set_results((flowers(), prices()))
    assert panel.answer.isVisible()
    panel.answer.chosen.emit("1")
    assert panel.scatter.isVisible()
    assert panel.rows()[0][2] == "price right"
    panel.set_results((flowers(),))
    assert not panel.answer.isVisible()
    assert panel.matrix.isVisible()


def test_pictures_show_what_is_seen(panel: AnswersPanel) -> None:
    panel.set_results((flowers(),))
    settled(panel)
    picture = panel.picture()
    assert picture.width() == 2 * panel.matrix.width()
    panel.set_results((prices(),))
    settled(panel)
    assert panel.picture().height() == 2 * panel.scatter.height()
    heard = Heard(panel.save_requested)
    panel.save_picture.click()
    panel.save_figures.click()
    assert heard.firsts == ["png", "csv"]


def test_formulas_are_those_of_the_class_that_is_walked_through(panel: AnswersPanel) -> None:
    panel.set_level("maths")
    panel.set_results((flowers(),))
    texts = [label.text() for label in panel.formulas.findChildren(Label)]
    assert any(text.startswith("setosa: ") for text in texts)
    panel.matrix.cell_requested.emit(2, 2)
    texts = [label.text() for label in panel.formulas.findChildren(Label)]
    assert any(text == "virginica: 2 / (2 + 2) = 0.5" for text in texts)
