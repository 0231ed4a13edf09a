"""Dialogs that ask hand back what was answered, and nothing is done when they are just closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.dialogs.recovery_dialog import RecoveryDialog
from widgets.dialogs.unsaved_dialog import UnsavedDialog


@pytest.mark.parametrize(
    ("press", "answer"),
    [("save", "save"), ("discard", "discard"), ("cancel", "cancel"), ("", "cancel")],
)
def test_unsaved_work(qtbot: QtBot, press: str, answer: str) -> None:
    dialog = UnsavedDialog("fruit")
    qtbot.addWidget(dialog)
    dialog.show()
    if press:
        getattr(dialog, press).click()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.answer == answer
    assert not dialog.isVisible()


def test_enter_saves(qtbot: QtBot) -> None:
    dialog = UnsavedDialog("fruit")
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.answer == "save"


def test_the_file_is_named_where_it_has_a_name(qtbot: QtBot) -> None:
    for name in ("fruit", ""):
        dialog = UnsavedDialog(name)
        qtbot.addWidget(dialog)
        assert ("fruit" in dialog.title.text()) == bool(name)


@pytest.mark.parametrize(
    ("press", "answer"),
    [("recover", "recover"), ("discard", "discard"), ("later", "later"), ("", "later")],
)
def test_work_from_last_time(qtbot: QtBot, press: str, answer: str) -> None:
    dialog = RecoveryDialog("fruit", "20 November, 14:03")
    qtbot.addWidget(dialog)
    dialog.show()
    assert "fruit" in dialog.sentence.text()
    assert "14:03" in dialog.sentence.text()
    if press:
        getattr(dialog, press).click()
    else:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.answer == answer
