"""A number that counts only while its switch is on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from widgets.controls.number_text import Bounds
from widgets.controls.optional_number import OptionalNumber


def made(qtbot: QtBot) -> OptionalNumber:
    part = OptionalNumber("Stop after", "Training pauses", Bounds(minimum=1, whole=True), 100)
    qtbot.addWidget(part)
    part.show()
    return part


def said(spy: QSignalSpy) -> list[object]:
    return [spy.at(index)[0] for index in range(spy.count())]


def test_on_gives_the_number_and_off_none(qtbot: QtBot) -> None:
    part = made(qtbot)
    spy = QSignalSpy(part.changed)
    part.toggle.click()
    part.toggle.click()
    assert said(spy) == [100, None]


def test_the_number_can_be_typed_only_while_it_counts(qtbot: QtBot) -> None:
    part = made(qtbot)
    assert not part.field.isEnabled()
    part.toggle.click()
    assert part.field.isEnabled()
    spy = QSignalSpy(part.changed)
    part.field.setFocus()
    part.field.selectAll()
    QTest.keyClicks(part.field, "25")
    QTest.keyClick(part.field, Qt.Key.Key_Return)
    assert said(spy) == [25.0]


def test_showing_announces_nothing(qtbot: QtBot) -> None:
    part = made(qtbot)
    spy = QSignalSpy(part.changed)
    part.set_number(7)
    assert (part.toggle.isChecked(), part.field.number) == (True, 7)
    part.set_number(None)
    assert (part.toggle.isChecked(), part.field.number) == (False, 7)
    assert said(spy) == []
