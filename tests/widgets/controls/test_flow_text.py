"""Sentences wrap, names are bold, and values stand in chips of their sign's colour."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.message import message
from resources.theme import DARK, LIGHT
from tests.widgets.colours import colours_of
from tests.widgets.themed import themed
from widgets.controls.flow_text import FlowText

SENTENCES = (
    message(
        "{source} {value} arrives on its thickest arrow, so it counts the most.", source="Height", value=0.8
    ),
    message("Nothing else."),
)


def shown(qtbot: QtBot, *sentences: object) -> FlowText:
    text = FlowText()
    qtbot.addWidget(text)
    text.set_sentences(sentences)  # type: ignore[arg-type]  # messages
    text.resize(300, text.heightForWidth(300))
    text.show()
    return text


def test_the_plain_text_is_there_for_readers_and_the_clipboard(qtbot: QtBot) -> None:
    text = shown(qtbot, *SENTENCES)
    assert text.text() == ("Height 0.8 arrives on its thickest arrow, so it counts the most.\nNothing else.")
    assert text.sentences == SENTENCES


def test_a_value_stands_on_a_ground_of_its_own(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, LIGHT):
        chip = QColor(LIGHT.accent_soft).name()
        assert chip in colours_of(shown(qtbot, SENTENCES[0]).grab().toImage())
        assert chip not in colours_of(shown(qtbot, SENTENCES[1]).grab().toImage())


@pytest.mark.parametrize(("value", "ink"), [(0.8, LIGHT.positive), (-0.8, LIGHT.negative)])
def test_the_sign_gives_the_ink(qtbot: QtBot, qapp: QApplication, value: float, ink: str) -> None:
    with themed(qapp, LIGHT):
        text = shown(qtbot, message("{value}", value=value))
        text.set_pixels(60)
        text.resize(300, 120)
        found = colours_of(text.grab().toImage())
        other = LIGHT.negative if ink == LIGHT.positive else LIGHT.positive
        assert QColor(ink).name() in found
        assert QColor(other).name() not in found


def test_it_follows_the_theme(qtbot: QtBot, qapp: QApplication) -> None:
    with themed(qapp, LIGHT):
        text = shown(qtbot, *SENTENCES)
        with themed(qapp, DARK):
            assert QColor(DARK.accent_soft).name() in colours_of(text.grab().toImage())


def test_narrower_and_larger_are_higher(qtbot: QtBot) -> None:
    text = shown(qtbot, *SENTENCES)
    assert text.heightForWidth(150) > text.heightForWidth(400)
    before = text.heightForWidth(300)
    text.set_pixels(34)
    assert text.heightForWidth(300) > 2 * before


def test_nothing_to_say_takes_no_room(qtbot: QtBot) -> None:
    assert shown(qtbot).heightForWidth(300) == 0
