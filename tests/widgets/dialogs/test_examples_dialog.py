"""A click on a card opens its example."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.examples import EXAMPLES
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from widgets.dialogs.examples_dialog import PICTURE, ExamplesDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> ExamplesDialog:
    made = ExamplesDialog(EXAMPLES)
    qtbot.addWidget(made)
    made.show()
    settled(made)
    return made


@pytest.mark.parametrize("key", [example.key for example in EXAMPLES])
def test_each_example_can_be_opened(dialog: ExamplesDialog, key: str) -> None:
    heard = Heard(dialog.accepted)
    QTest.mouseClick(dialog.cards[key], Qt.MouseButton.LeftButton)
    assert dialog.chosen_key == key
    assert len(heard.all) == 1


def test_the_keyboard_opens_one_too(dialog: ExamplesDialog) -> None:
    card = dialog.cards[EXAMPLES[1].key]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert dialog.chosen_key == EXAMPLES[1].key


def test_closing_opens_nothing(dialog: ExamplesDialog) -> None:
    heard = Heard(dialog.accepted)
    dialog.cancel.click()
    assert (dialog.chosen_key, heard.all) == ("", [])


def test_a_picture_is_shown_once_it_is_there(dialog: ExamplesDialog) -> None:
    key = EXAMPLES[0].key
    picture = QPixmap(PICTURE)
    picture.fill(QColor("#123456"))
    dialog.set_picture(key, picture)
    assert dialog.cards[key].grab().toImage().pixelColor(60, 60) == QColor("#123456")
