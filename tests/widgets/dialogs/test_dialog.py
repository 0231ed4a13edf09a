"""The frame of all dialogs grows with its texts."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.widgets.pseudo import cut_texts, settled
from widgets.controls.disclosure import Disclosure
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog

LONG = "A sentence that is long enough to need several lines at the width of a dialog. " * 6


def test_it_opens_high_enough_for_all_texts(qtbot: QtBot) -> None:
    dialog = Dialog("A title")
    qtbot.addWidget(dialog)
    for _ in range(3):
        dialog.add(Label(LONG))
    dialog.show()
    settled(dialog)
    assert cut_texts(dialog) == []


def test_it_grows_when_a_part_is_opened(qtbot: QtBot) -> None:
    dialog = Dialog("A title")
    qtbot.addWidget(dialog)
    part = Disclosure("Details", "Show more", Label(LONG), Label(LONG))
    dialog.add(part)
    dialog.show()
    settled(dialog)
    before = dialog.height()
    part.set_open(True)
    settled(dialog)
    assert dialog.height() > before
    assert cut_texts(dialog) == []
