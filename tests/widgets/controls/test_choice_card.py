"""A card says more about itself while it is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from widgets.controls.choice_card import ChoiceCard


@pytest.fixture
def card(qtbot: QtBot) -> ChoiceCard:
    made = ChoiceCard("Avocados", "Height, squishiness and skin colour of an avocado: is it ripe?")
    qtbot.addWidget(made)
    made.resize(200, made.sizeHint().height())
    made.show()
    return made


def test_the_chosen_card_is_higher_and_looks_different(card: ChoiceCard) -> None:
    low, plain = card.heightForWidth(200), card.grab().toImage()
    card.setChecked(True)
    assert card.heightForWidth(200) > low
    assert card.grab().toImage() != plain


def test_mouse_and_space_press_it(card: ChoiceCard) -> None:
    spy = QSignalSpy(card.clicked)
    QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert spy.count() == 2


def test_narrower_is_higher(card: ChoiceCard) -> None:
    card.setChecked(True)
    assert card.heightForWidth(120) > card.heightForWidth(400)
