"""The window as a whole: what it says about its file, what is dropped on it, and what it survives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model import edits, file
from playground.model.errors import TrainingError
from playground.model.message import message
from resources import example_path
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from widgets.dialogs.error_dialog import ErrorDialog

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def rename(window: Window, label: str) -> None:
    assert window.document.apply(edits.rename(window.document.experiment.network.outputs[0], label))


def test_title_and_status_say_where_the_work_is(
    window: Window, qtbot: QtBot, file_chosen: Callable[[Path | None], None], tmp_path: Path
) -> None:
    assert window.windowTitle().startswith("Without a name")
    assert not window.isWindowModified()
    assert window.status.saved.text() == "An example, not saved"
    rename(window, "Good?")
    assert window.isWindowModified()
    assert window.status.saved.text() == "Not saved yet"
    file_chosen(tmp_path / "mine.playground")
    window.acts["save"].trigger()
    qtbot.waitUntil(lambda: not window.document.is_modified, timeout=WAIT_MS)
    assert window.windowTitle().startswith("mine[*]")
    assert not window.isWindowModified()
    assert window.status.saved.text() == "Saved"
    window.document.undo_stack.undo()
    assert window.isWindowModified()
    window.document.undo_stack.redo()
    assert not window.isWindowModified()


def test_a_network_that_is_dropped_is_opened(window: Window, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "dropped.playground"
    path.write_bytes(example_path("xor").read_bytes())
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/far"), QUrl.fromLocalFile(str(path))])
    place, copy = QPoint(200, 200), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, mime, LEFT, NOTHING)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, mime, LEFT, NOTHING))
    qtbot.waitUntil(lambda: window.document.path == path, timeout=WAIT_MS)
    assert window.document.experiment == file.read(path.read_bytes())[0]


def test_what_is_no_file_is_not_taken(window: Window) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/far")])
    enter = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, mime, LEFT, NOTHING)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_an_error_with_a_sentence_of_its_own_is_told_in_it(
    window: Window, butler: Butler, qtbot: QtBot
) -> None:
    rename(window, "Precious")
    shown: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, ErrorDialog)
        assert window.autosave.file is not None  # the work is safe before anything is shown
        shown.append(dialog.sentence.text())
        dialog.accept()

    butler.expect(ErrorDialog.__name__, read)
    window.errors.report(TrainingError(message("The data are gone.")))
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT_MS)
    assert shown == ["The data are gone."]


def test_a_window_opens_where_the_last_one_closed(make_window: MakeWindow, qtbot: QtBot) -> None:
    first = make_window()
    first.resize(1024, 640)  # the screen of the tests has no room for more
    first.close()
    qtbot.waitUntil(lambda: not first.isVisible(), timeout=WAIT_MS)
    second = make_window()
    assert (second.width(), second.height()) == (1024, 640)
