"""Controls that do not fit wait in a pop-up, and come back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.widgets.pseudo import settled
from widgets.controls.overflow_row import OverflowRow

NAMES = ("Next example", "Node by node", "One batch", "Loop", "Keep what it learns")


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made).addWidget(OverflowRow([QPushButton(name) for name in NAMES]))
    made.show()
    return made


def row_of(window: QWidget, width: int) -> OverflowRow:
    found = window.findChild(OverflowRow)
    assert found is not None
    window.resize(width, 60)
    settled(window)
    return found


@pytest.mark.parametrize("width", [900, 520, 400, 300])
def test_what_is_shown_fits_and_the_rest_waits(window: QWidget, width: int) -> None:
    row = row_of(window, width)
    shown = [button for button in row.findChildren(QPushButton) if button.isVisible()]
    assert all(row.rect().contains(button.geometry()) for button in shown)
    waiting = [button.text() for button in row.overflowing if isinstance(button, QPushButton)]
    texts = [button.text() for button in shown if button is not row.more]
    assert [*texts, *waiting] == list(NAMES)
    assert row.more.isVisible() == bool(waiting)


def test_all_come_back_in_their_order(window: QWidget) -> None:
    assert row_of(window, 250).overflowing
    row = row_of(window, 900)
    assert row.overflowing == ()
    buttons = [button for button in row.findChildren(QPushButton) if button.isVisible()]
    assert [button.text() for button in sorted(buttons, key=lambda button: button.x())] == list(NAMES)


def test_the_pop_up_opens_and_esc_closes_it(window: QWidget) -> None:
    row = row_of(window, 300)
    row.more.click()
    assert row.popover.isVisible()
    assert all(control.isVisible() for control in row.overflowing)
    QTest.keyClick(row.popover, Qt.Key.Key_Escape)
    assert not row.popover.isVisible()


def test_a_control_that_grows_makes_room(window: QWidget) -> None:
    row = row_of(window, 520)
    before = len(row.overflowing)
    first = next(button for button in row.findChildren(QPushButton) if button.text() == NAMES[0])
    first.setText(NAMES[0] * 3)
    settled(window)
    assert len(row.overflowing) > before
