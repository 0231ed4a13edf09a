"""A number is taken whole or not at all, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.model.message import format_exact
from widgets.controls.number_field import NumberField
from widgets.controls.number_text import Bounds


@pytest.fixture
def field(qtbot: QtBot) -> Generator[NumberField]:
    window = QWidget()
    qtbot.addWidget(window)
    made = NumberField("Weight", "What the value is multiplied by", Bounds(minimum=-100, maximum=100))
    rows = QVBoxLayout(window)
    rows.addWidget(QLineEdit())
    rows.addWidget(made)
    window.show()
    window.activateWindow()
    made.set_number(1 / 3)
    yield made
    window.close()  # it lives as long as the test


def typed(qtbot: QtBot, field: NumberField, text: str, *, enter: bool = True) -> None:
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    field.selectAll()
    QTest.keyClicks(field, text)
    if enter:
        QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_number_is_brief_until_it_is_edited(qtbot: QtBot, field: NumberField) -> None:
    assert field.text() == "0.333"
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.text() == format_exact(1 / 3)
    assert field.selectedText() == field.text()


def test_enter_takes_the_number_once(qtbot: QtBot, field: NumberField) -> None:
    spy = QSignalSpy(field.entered)
    typed(qtbot, field, "0,25")
    assert (spy.count(), spy.at(0)) == (1, [0.25])
    field.clearFocus()
    assert spy.count() == 1
    assert field.number == 0.25


def test_leaving_the_field_takes_the_number(qtbot: QtBot, field: NumberField) -> None:
    spy = QSignalSpy(field.entered)
    typed(qtbot, field, "-2", enter=False)
    QTest.keyClick(field, Qt.Key.Key_Tab)
    field.clearFocus()
    assert [spy.at(i)[0] for i in range(spy.count())] == [-2.0]


def test_the_same_number_is_not_announced(qtbot: QtBot, field: NumberField) -> None:
    spy = QSignalSpy(field.entered)
    typed(qtbot, field, format_exact(1 / 3))
    assert spy.count() == 0


def test_esc_puts_the_old_number_back(qtbot: QtBot, field: NumberField) -> None:
    spy = QSignalSpy(field.entered)
    typed(qtbot, field, "77", enter=False)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == format_exact(1 / 3)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert spy.count() == 0


@pytest.mark.parametrize("text", ["abc", "500", "1.2.3"])
def test_a_wrong_text_stays_and_one_sentence_says_why(qtbot: QtBot, field: NumberField, text: str) -> None:
    spy, complaints = QSignalSpy(field.entered), QSignalSpy(field.complained)
    typed(qtbot, field, text)
    assert field.text() == text
    assert spy.count() == 0
    assert complaints.count() == 1
    assert field.complaint_text == complaints.at(0)[0] == field.toolTip()
    assert field.complaint_text.endswith(".")
    typed(qtbot, field, "5")
    assert field.complaint_text == ""
    assert spy.count() == 1


def test_what_somebody_types_is_not_overwritten(qtbot: QtBot, field: NumberField) -> None:
    typed(qtbot, field, "0.7", enter=False)
    field.set_number(9.0)  # training goes on meanwhile
    assert field.text() == "0.7"
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.number == 0.7


def test_up_and_down_step_within_the_bounds(qtbot: QtBot, field: NumberField) -> None:
    field.set_number(99.95)
    field.set_step(lambda value, direction: value + direction)
    spy = QSignalSpy(field.entered)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert spy.count() == 0
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.number == pytest.approx(98.95)
    assert spy.count() == 1
