"""A switch behaves as a plain check box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox
from pytestqt.qtbot import QtBot

from widgets.controls.toggle import Toggle

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def pair(qtbot: QtBot) -> tuple[Toggle, QCheckBox]:
    made = (Toggle("Loop", "Play it again"), QCheckBox("Loop"))
    for widget in made:
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        widget.show()
    return made


def deeds(button: QAbstractButton) -> list[bool]:
    states = []
    QTest.keyClick(button, Qt.Key.Key_Space)
    states.append(button.isChecked())
    QTest.mouseClick(button, LEFT, NO_KEY, QPoint(8, button.height() // 2))
    states.append(button.isChecked())
    button.setEnabled(False)
    QTest.mouseClick(button, LEFT, NO_KEY, QPoint(8, button.height() // 2))
    states.append(button.isChecked())
    button.setEnabled(True)
    QTest.keyClick(button, Qt.Key.Key_Return)
    states.append(button.isChecked())
    return states


def test_it_behaves_as_a_plain_check_box(pair: tuple[Toggle, QCheckBox]) -> None:
    spies = [QSignalSpy(button.toggled) for button in pair]
    found = [deeds(button) for button in pair]
    assert found[0] == found[1]
    assert True in found[0]
    assert spies[0].count() == spies[1].count() > 0


def test_on_and_off_look_different(pair: tuple[Toggle, QCheckBox]) -> None:
    toggle = pair[0]
    off = toggle.grab().toImage()
    toggle.setChecked(True)
    assert toggle.grab().toImage() != off
    toggle.setEnabled(False)
    assert toggle.grab().toImage() != off


def test_the_whole_of_it_can_be_pressed(pair: tuple[Toggle, QCheckBox]) -> None:
    toggle = pair[0]
    end = QPoint(toggle.width() - 2, toggle.height() - 2)
    QTest.mouseClick(toggle, LEFT, NO_KEY, end)
    assert toggle.isChecked()


def test_a_long_text_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    toggle = Toggle("Stop when mistakes are this small", "Training pauses")
    qtbot.addWidget(toggle)
    wide = toggle.sizeHint().width()
    assert toggle.heightForWidth(wide // 2) > toggle.heightForWidth(wide)
    assert toggle.minimumSizeHint().width() < wide
