"""An error is one sentence, with details for who wants them."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from playground.model.message import message
from widgets.dialogs.error_dialog import ErrorDialog

SAID = message("The file {name} cannot be written.", name="fruit")


def test_details_are_folded_away_and_can_be_copied(qtbot: QtBot) -> None:
    dialog = ErrorDialog(SAID, "Traceback\nOSError: [Errno 28]")
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.sentence.text() == "The file fruit cannot be written."
    assert not dialog.details.isVisible()
    dialog.disclosure.heading.click()
    assert dialog.details.isVisible()
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "OSError: [Errno 28]" in copied
    assert "cannot be written" in copied


def test_a_refusal_has_no_details(qtbot: QtBot) -> None:
    dialog = ErrorDialog(SAID)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.disclosure.isVisible()
    assert not dialog.copy.isVisible()
    dialog.go_on.click()
    assert not dialog.isVisible()
