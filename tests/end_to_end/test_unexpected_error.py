"""An error that nobody expected: one sentence with details, the work is safe, and the program goes on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from playground.app.recovery import lost_work
from playground.model import edits
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from widgets.dialogs.error_dialog import ErrorDialog


def test_the_work_is_safe_and_the_program_goes_on(
    make_window: MakeWindow, qtbot: QtBot, butler: Butler, capsys: pytest.CaptureFixture[str]
) -> None:
    window = make_window(guards_errors=True)
    assert window.document.apply(edits.add_node("hidden", 0.0, 400.0, "Precious"))
    details: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ErrorDialog)
        details.append(dialog.details.toPlainText())
        dialog.reject()

    def break_something() -> None:
        raise ZeroDivisionError("the moon is made of cheese")

    butler.expect("ErrorDialog", look)
    QTimer.singleShot(0, break_something)
    qtbot.waitUntil(lambda: bool(details), timeout=WAIT_MS)
    assert "the moon is made of cheese" in details[0]
    assert "break_something" in details[0]
    assert "the moon is made of cheese" in capsys.readouterr().err

    recovery = window.autosave.file
    assert recovery is not None
    assert b"Precious" in recovery.read_bytes()
    assert lost_work() == []  # it belongs to a program that still runs

    assert window.document.apply(edits.add_node("hidden", 0.0, 550.0, "More"))
    assert len(window.document.experiment.network.nodes) == 9
