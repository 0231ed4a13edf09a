"""A list that opens knows what is chosen by its key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from widgets.controls.choice_box import Choice, ChoiceBox

CHOICES = [
    Choice("sgd", "Straight downhill"),
    Choice("momentum", "Rolling"),
    Choice("adam", "A pace for each"),
]


@pytest.fixture
def box(qtbot: QtBot) -> ChoiceBox:
    made = ChoiceBox("Optimizer", "How the weights move", CHOICES)
    qtbot.addWidget(made)
    made.show()
    return made


def test_keys_move_it_as_they_move_a_plain_list(qtbot: QtBot, box: ChoiceBox) -> None:
    plain = QComboBox()
    qtbot.addWidget(plain)
    plain.addItems([choice.text for choice in CHOICES])
    box.set_current("sgd")
    for name in ("Down", "Down", "Down", "Up", "Home", "End"):
        for widget in (plain, box):
            QTest.keyClick(widget, Qt.Key[f"Key_{name}"])
        assert box.currentText() == plain.currentText()


def test_what_a_person_chooses_is_announced_by_key(box: ChoiceBox) -> None:
    box.set_current("sgd")
    spy = QSignalSpy(box.chosen)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert [spy.at(i)[0] for i in range(spy.count())] == ["momentum"]
    assert box.current_key == "momentum"


def test_showing_announces_nothing_and_an_unknown_key_shows_nothing(box: ChoiceBox) -> None:
    spy = QSignalSpy(box.chosen)
    box.set_current("adam")
    box.set_current("unheard of")
    assert (box.current_key, box.currentIndex(), spy.count()) == ("", -1, 0)


def test_other_entries_keep_the_choice(box: ChoiceBox) -> None:
    box.set_current("adam")
    box.set_choices([Choice("adam", "Adam"), Choice("sgd", "SGD")])
    assert (box.current_key, box.currentText()) == ("adam", "Adam")


def test_the_wheel_turns_it_only_with_focus(qtbot: QtBot, box: ChoiceBox) -> None:
    box.set_current("momentum")

    def turn() -> None:
        place = QPointF(box.rect().center())
        event = QWheelEvent(
            place, QPointF(box.mapToGlobal(place)), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(box, event)

    box.clearFocus()
    turn()
    assert box.current_key == "momentum"
    box.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    turn()
    assert box.current_key == "adam"


def test_a_long_text_wraps_where_it_may(qtbot: QtBot) -> None:
    box = ChoiceBox("Loss", "What counts", [Choice("a", "How sure it is: one of several")], wraps=True)
    qtbot.addWidget(box)
    assert box.heightForWidth(130) > box.heightForWidth(400)


def test_something_else_can_be_typed_where_that_is_wanted(qtbot: QtBot) -> None:
    box = ChoiceBox("Reads", "A column or a formula", [Choice("height", "Height")])
    qtbot.addWidget(box)
    field = box.make_editable()
    box.show()
    field.clear()
    QTest.keyClicks(field, "height * 2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert box.currentText() == "height * 2"
    assert box.count() == 1
