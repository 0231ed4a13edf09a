"""The dialog asks for previews, copies and files, and lets nothing be chosen while it works."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.model.message import message
from tests.widgets.gallery import SHARED
from tests.widgets.spies import Heard
from widgets.dialogs.share_dialog import ShareDialog


@pytest.fixture
def dialog(qtbot: QtBot) -> ShareDialog:
    made = ShareDialog(SHARED)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_choosing_asks_for_a_preview_and_waits_for_it(dialog: ShareDialog) -> None:
    heard = Heard(dialog.shown)
    dialog.buttons["data"].click()
    assert heard.all == [("data", "csv")]
    assert not dialog.save.isEnabled()
    assert not dialog.copy.isEnabled()
    assert dialog.preview.note.text() == "One moment…"
    dialog.set_text("a,b")
    assert dialog.preview.currentWidget() is dialog.preview.text
    assert dialog.save.isEnabled()
    assert dialog.copy.isEnabled()


def test_another_form_is_another_preview(dialog: ShareDialog) -> None:
    heard = Heard(dialog.shown)
    forms = dialog.forms["code"]
    assert forms is not None
    forms.button("c").click()
    assert (heard.all, dialog.current) == ([("code", "c")], ("code", "c"))


def test_what_cannot_be_copied_can_still_be_saved(dialog: ShareDialog) -> None:
    dialog.choose("film")
    dialog.set_picture(QImage(40, 30, QImage.Format.Format_RGB32))
    assert dialog.preview.currentWidget() is dialog.preview.picture
    assert dialog.save.isEnabled()
    assert not dialog.copy.isEnabled()


@pytest.mark.parametrize(("thing", "form", "said"), [
    ("film", "mp4", "This needs a library."), ("pass", "", "There is no pass."),
])  # fmt: skip
def test_what_cannot_be_had_says_why_and_asks_for_nothing(
    dialog: ShareDialog, thing: str, form: str, said: str
) -> None:
    heard = Heard(dialog.shown)
    dialog.choose(thing, form)
    assert dialog.preview.note.text() == said
    assert heard.all == []
    assert not dialog.save.isEnabled()


def test_copy_and_save_name_what_is_chosen(dialog: ShareDialog) -> None:
    copied, saved = Heard(dialog.copy_requested), Heard(dialog.save_requested)
    dialog.choose("code", "b")
    dialog.set_text("x")
    dialog.copy.click()
    dialog.save.click()
    assert copied.all == saved.all == [("code", "b")]


def test_while_it_works_only_cancel_and_close_can_be_pressed(dialog: ShareDialog) -> None:
    cancelled = Heard(dialog.cancel_requested)
    dialog.choose("code")
    dialog.set_text("x")
    dialog.set_busy(0.25)
    assert dialog.bar.value() == dialog.bar.maximum() // 4
    assert dialog.bar.isVisible()
    assert not any(button.isEnabled() for button in (*dialog.buttons.values(), dialog.save, dialog.copy))
    dialog.cancel.click()
    assert len(cancelled.all) == 1
    dialog.set_busy(None)
    dialog.say(message("Stopped."))
    assert not dialog.bar.isVisible()
    assert dialog.said.text() == "Stopped."
    assert dialog.save.isEnabled()


def test_a_note_may_or_may_not_be_saved(dialog: ShareDialog) -> None:
    dialog.set_note(message("Nothing to see."), can_save=True)
    assert dialog.save.isEnabled()
    dialog.set_note(message("There is no output yet."), can_save=False)
    assert not dialog.save.isEnabled()


def test_escape_closes_it(dialog: ShareDialog) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
