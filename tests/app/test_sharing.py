"""The dialog in the window: what is copied, saved and cancelled, and what happens when the disk says no."""

from __future__ import annotations

import csv
import io
import runpy
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model.experiment import Experiment
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.share.kinds import FILM_PX, PICTURE_PX
from playground.share.onnx_files.reading import from_onnx
from playground.share.picture import painted
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS
from tests.share.disks import fill_disk
from widgets.dialogs.share_dialog import ShareDialog

Choose = Callable[[Path | None], None]
Deed = Callable[[ShareDialog], None]


@pytest.fixture
def share(window: Window, butler: Butler) -> Callable[[Deed], None]:
    """Opens the dialog, does something in it, and closes it."""

    def run(deed: Deed) -> None:
        def do(dialog: QDialog) -> None:
            assert isinstance(dialog, ShareDialog)
            try:
                deed(dialog)
            finally:
                dialog.reject()

        butler.expect("ShareDialog", do)
        window.acts["take_out"].trigger()

    return run


def saved(dialog: ShareDialog, qtbot: QtBot, thing: str, form: str = "") -> str:
    """Save a thing, and return what is said of it."""
    dialog.choose(thing, form)
    qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS)
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(dialog.said.text()), timeout=WAIT_MS)
    return dialog.said.text()


def learn(window: Window, qtbot: QtBot, epochs: int = 3) -> None:
    """Let the network learn for a few epochs."""
    for _ in range(epochs):
        window.acts["one_epoch"].trigger()
        qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)


def test_the_clipboard_holds_the_picture_of_the_stage(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot
) -> None:
    wanted = painted(window.keeper.stage, window.theming.theme, PICTURE_PX)

    def copy(dialog: ShareDialog) -> None:
        qtbot.waitUntil(dialog.copy.isEnabled, timeout=WAIT_MS)
        dialog.copy.click()
        assert dialog.said.text() == "It is on the clipboard now."

    share(copy)
    found = QGuiApplication.clipboard().image()
    assert found.convertToFormat(QImage.Format.Format_RGB32) == wanted


def test_saved_code_runs_and_is_what_is_seen_and_copied(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "mine.py")

    def save(dialog: ShareDialog) -> None:
        assert saved(dialog, qtbot, "code", "numpy") == "Saved as mine.py."
        assert dialog.preview.text.toPlainText() == (tmp_path / "mine.py").read_text()
        dialog.copy.click()

    share(save)
    assert QGuiApplication.clipboard().text() == (tmp_path / "mine.py").read_text()
    names = runpy.run_path(str(tmp_path / "mine.py"))
    names["check"]()
    dataset, trace = window.source.dataset, window.passes.trace
    assert dataset is not None
    assert trace is not None
    row = dataset.table.cells[dataset.train[0], :3]
    assert names["predict"](*row) == pytest.approx(trace.probabilities[0].tolist(), abs=1e-6)


def test_a_file_does_not_pass_for_another_kind(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "mine.onnx")

    def save(dialog: ShareDialog) -> None:
        said = saved(dialog, qtbot, "code", "numpy")
        assert said == "Nothing was written: mine.onnx does not end in .py."

    share(save)
    assert list(tmp_path.iterdir()) == []


def test_onnx_comes_back_as_the_same_network(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "net.onnx")
    share(lambda dialog: print(saved(dialog, qtbot, "onnx")))
    experiment, parameters = from_onnx((tmp_path / "net.onnx").read_bytes())
    assert len(experiment.network.edges) == len(window.document.experiment.network.edges)
    assert sorted(parameters.weights) == pytest.approx(sorted(window.document.parameters.weights))


def test_the_calculation_is_read_as_a_page_and_copied_as_one(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot
) -> None:
    def copy(dialog: ShareDialog) -> None:
        dialog.choose("hand")
        qtbot.waitUntil(dialog.copy.isEnabled, timeout=WAIT_MS)
        assert dialog.preview.page.toPlainText().startswith("One pass over example 1")
        dialog.copy.click()

    share(copy)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.hasHtml()
    assert copied.html().startswith("<!DOCTYPE html>")


def test_the_course_of_learning_is_a_film(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    learn(window, qtbot)
    file_chosen(tmp_path / "run.mp4")
    share(lambda dialog: print(saved(dialog, qtbot, "run", "mp4")))
    with av.open(tmp_path / "run.mp4") as film:
        stream = film.streams.video[0]
        assert (stream.width, stream.height) == FILM_PX
        assert sum(1 for _ in film.decode(stream)) > 50


def test_the_pass_is_a_film_and_what_is_said_goes_on(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    window.player.set_granularity("pass")
    file_chosen(tmp_path / "pass.gif")
    share(lambda dialog: print(saved(dialog, qtbot, "pass")))
    with Image.open(tmp_path / "pass.gif") as film:
        assert (film.size, getattr(film, "n_frames", 1) > 10) == (FILM_PX, True)
    assert not window.document.is_modified


def test_the_curve_as_a_table_has_every_point(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    learn(window, qtbot)
    file_chosen(tmp_path / "curve.csv")
    share(lambda dialog: print(saved(dialog, qtbot, "curve", "csv")))
    snapshot = window.training.snapshot
    assert snapshot is not None
    _, *rows = csv.reader(io.StringIO((tmp_path / "curve.csv").read_text(), newline=""))
    assert np.array_equal(np.array(rows, np.float64), snapshot.history, equal_nan=True)


def test_a_film_can_be_cancelled_and_leaves_the_old_file(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    path = tmp_path / "pass.gif"
    path.write_bytes(b"old")
    file_chosen(path)

    def cancel(dialog: ShareDialog) -> None:
        dialog.choose("pass")
        qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS)
        dialog.save.click()
        assert dialog.cancel.isVisible()
        assert not dialog.buttons["canvas"].isEnabled()
        dialog.cancel.click()
        assert dialog.said.text() == "Stopped. No file was written."
        assert dialog.buttons["canvas"].isEnabled()

    share(cancel)
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: list(tmp_path.iterdir()) == [path], timeout=WAIT_MS)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(("thing", "form"), [("pass", "gif"), ("pass", "mp4"), ("canvas", "png")])
def test_a_full_disk_is_a_sentence_and_the_window_goes_on(
    window: Window,
    share: Callable[[Deed], None],
    qtbot: QtBot,
    file_chosen: Choose,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    thing: str,
    form: str,
) -> None:
    window.player.set_granularity("pass")
    fill_disk(monkeypatch, 3_000)
    path = tmp_path / f"out.{form}"
    file_chosen(path)

    def fail(dialog: ShareDialog) -> None:
        said = saved(dialog, qtbot, thing, form)
        assert said == f"{path} cannot be saved, because the disk is full."
        assert dialog.save.isEnabled()

    share(fail)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_a_sentence(
    share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "gone" / "data.csv")

    def fail(dialog: ShareDialog) -> None:
        assert "no folder" in saved(dialog, qtbot, "data")

    share(fail)


def test_cancelling_the_choice_of_a_file_saves_nothing(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot, file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(None)

    def save(dialog: ShareDialog) -> None:
        qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS)
        dialog.save.click()
        assert not dialog.cancel.isVisible()

    share(save)
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_stage_says_what_to_do(window: Window, share: Callable[[Deed], None]) -> None:
    window.document.reset(Experiment(), Parameters.zeros(Network.build()))

    def look(dialog: ShareDialog) -> None:
        assert dialog.preview.note.text() == "The stage is empty. Draw a network first."
        assert not dialog.save.isEnabled()
        assert not dialog.copy.isEnabled()

    share(look)


def test_what_cannot_be_had_stays_so_when_the_one_before_is_made_meanwhile(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot
) -> None:
    def choose(dialog: ShareDialog) -> None:
        dialog.choose("code")
        dialog.choose("curve")  # nothing has been learned yet, and the code is still being made
        qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
        assert dialog.current == ("curve", "")
        assert (
            dialog.preview.note.text() == "Nothing has been learned yet. Press Train, and there is a curve."
        )
        assert not dialog.save.isEnabled()
        dialog.choose("code")
        qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS)

    share(choose)


def test_the_list_is_walked_with_the_keyboard(share: Callable[[Deed], None], qtbot: QtBot) -> None:
    def walk(dialog: ShareDialog) -> None:
        first, second = list(dialog.buttons)[:2]
        dialog.buttons[first].setFocus()
        qtbot.waitUntil(dialog.buttons[first].hasFocus, timeout=WAIT_MS)
        QTest.keyClick(dialog.buttons[first], Qt.Key.Key_Down)
        assert dialog.current[0] == second
        dialog.choose("code")
        forms = dialog.forms["code"]
        assert forms is not None
        forms.button("python").setFocus()
        qtbot.waitUntil(forms.button("python").hasFocus, timeout=WAIT_MS)
        QTest.keyClick(forms.button("python"), Qt.Key.Key_Right)
        assert dialog.current == ("code", "numpy")
        qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS)

    share(walk)


def test_closing_drops_what_is_still_being_made(
    window: Window, share: Callable[[Deed], None], qtbot: QtBot
) -> None:
    share(lambda dialog: dialog.choose("pass"))
    qtbot.waitUntil(lambda: window.compute.background.is_idle, timeout=WAIT_MS)
    share(lambda dialog: qtbot.waitUntil(dialog.save.isEnabled, timeout=WAIT_MS))
