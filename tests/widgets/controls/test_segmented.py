"""Exactly one of several choices holds."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from widgets.controls.segmented import Segment, SegmentedControl

KEYS = ("words", "numbers", "maths")


@pytest.fixture
def control(qtbot: QtBot) -> SegmentedControl:
    made = SegmentedControl("Level", [Segment(key, key.title(), f"Explain with {key}") for key in KEYS])
    qtbot.addWidget(made)
    made.show()
    return made


def test_exactly_one_holds(control: SegmentedControl) -> None:
    assert control.current == "words"
    for key in reversed(KEYS):
        control.button(key).click()
        assert control.current == key
        assert [control.button(other).isChecked() for other in KEYS].count(True) == 1


def test_a_choice_is_announced_once_and_only_when_it_changes(control: SegmentedControl) -> None:
    spy = QSignalSpy(control.chosen)
    control.button("maths").click()
    control.button("maths").click()
    assert [spy.at(i)[0] for i in range(spy.count())] == ["maths"]


def test_showing_a_choice_announces_nothing(control: SegmentedControl) -> None:
    spy = QSignalSpy(control.chosen)
    control.set_current("numbers")
    assert control.current == "numbers"
    assert spy.count() == 0


def test_arrow_keys_move_between_the_choices(qtbot: QtBot, control: SegmentedControl) -> None:
    control.activateWindow()
    control.button("words").setFocus()
    spy = QSignalSpy(control.chosen)
    QTest.keyClick(control.button("words"), Qt.Key.Key_Right)
    QTest.keyClick(control.button("numbers"), Qt.Key.Key_Right)
    assert control.current == "maths"
    assert spy.count() == 2


def test_a_choice_can_be_called_something_else(qtbot: QtBot) -> None:
    made = SegmentedControl("Part", (Segment("train", "Training", "What it learns from"),))
    qtbot.addWidget(made)
    made.set_text("train", "In practice")
    assert made.button("train").text() == made.button("train").accessibleName() == "In practice"
