"""The pseudo-language finds what it is there to find."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from playground.model.message import message
from tests.widgets.pseudo import cut_texts, pseudo, pseudo_language, untranslated
from widgets.text import say


def place(qtbot: QtBot, *parts: QWidget) -> QWidget:
    root = QWidget()
    qtbot.addWidget(root)
    rows = QVBoxLayout(root)
    for part in parts:
        rows.addWidget(part)
    root.show()
    return root


def test_a_sentence_is_forty_per_cent_longer() -> None:
    text = "Press play, and watch one example travel through the network."
    assert 1.35 * len(text) <= len(pseudo(text)) <= 1.5 * len(text)
    assert text in pseudo(text)


@pytest.mark.usefixtures("qapp")
def test_messages_speak_it_only_inside() -> None:
    with pseudo_language():
        assert say(message("{count} rows", count=3)).startswith("⟦3 rows ")
    assert say(message("{count} rows", count=3)) == "3 rows"


def test_an_untranslated_text_is_found_and_own_words_are_not(qtbot: QtBot) -> None:
    root = place(qtbot, QLabel("Plain words"), QLabel("⟦said⟧ 0.5"), QPushButton("Height"))
    assert untranslated(root, ("Height",)) == ["QLabel: 'Plain words'"]


def test_a_cut_label_is_found(qtbot: QtBot) -> None:
    narrow = QLabel("This does not fit into thirty pixels")
    narrow.setFixedWidth(30)
    low = QLabel("This would need several lines, but has room for one of them only")
    low.setWordWrap(True)
    low.setFixedSize(90, 18)
    root = place(qtbot, narrow, low, QLabel("fits"))
    found = cut_texts(root)
    assert len(found) == 2
    assert "thirty pixels" in found[0]
    assert "several lines" in found[1]


def test_what_sticks_out_is_found(qtbot: QtBot) -> None:
    root = place(qtbot, QLabel("fits"))
    outside = QPushButton("outside", root)
    outside.setGeometry(root.width() - 10, 0, 100, 30)
    outside.show()
    assert len(cut_texts(root)) == 1
