"""What is folded away comes out when it is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from widgets.controls.disclosure import Disclosure


def test_it_opens_and_closes_by_mouse_and_keyboard(qtbot: QtBot) -> None:
    inside = QLabel("inside")
    part = Disclosure("More settings", "Show them", inside)
    qtbot.addWidget(part)
    part.show()
    spy = QSignalSpy(part.opened)
    assert not inside.isVisible()
    QTest.mouseClick(part.heading, Qt.MouseButton.LeftButton)
    assert inside.isVisible()
    QTest.keyClick(part.heading, Qt.Key.Key_Space)
    assert not inside.isVisible()
    part.set_open(True)
    assert inside.isVisible()
    assert [spy.at(i)[0] for i in range(spy.count())] == [True, False, True]


def test_the_arrow_shows_which_way_it_is(qtbot: QtBot) -> None:
    part = Disclosure("More settings", "Show them", QLabel("inside"))
    qtbot.addWidget(part)
    part.show()
    closed = part.heading.grab().toImage()
    part.set_open(True)
    assert part.heading.grab().toImage() != closed
