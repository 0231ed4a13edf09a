"""Someone drops a table of their own on the window, lets a network learn it, and asks it about new rows."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model.experiment import TableData
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS

LEFT, NOTHING = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def write_fruit(path: Path) -> None:
    """A table as a German spreadsheet saves it: good is what is heavy and not too large."""
    random = np.random.default_rng(4)
    lines = ["gewicht;größe;gut"]
    for weight, size in random.uniform(0, 1, (120, 2)):
        word = "ja" if weight > 0.5 * size + 0.2 else "nein"
        lines.append(f"{weight:.3f};{size:.3f};{word}".replace(".", ","))
    path.write_text("\n".join(lines), encoding="cp1252")


def drop(window: Window, path: Path) -> None:
    """Drop a file on the window."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy = window.rect().center(), Qt.DropAction.CopyAction
    enter = QDragEnterEvent(place, copy, mime, LEFT, NOTHING)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, mime, LEFT, NOTHING))


def test_a_table_is_dropped_learned_and_answered(
    window: Window,
    qtbot: QtBot,
    butler: Butler,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    table, answers = tmp_path / "obst.csv", tmp_path / "antworten.csv"
    write_fruit(table)
    before = window.document.experiment
    butler.expect("TableDialog", lambda dialog: dialog.draw.click())  # type: ignore[attr-defined]  # its button
    drop(window, table)
    qtbot.waitUntil(lambda: isinstance(window.document.experiment.data, TableData), timeout=WAIT_MS)
    network = window.document.experiment.network
    assert [network.nodes[node].feature for node in network.inputs] == ["gewicht", "größe"]
    assert butler.seen == ["TableDialog"]
    qtbot.waitUntil(lambda: window.training.refusal is None and window.source.n_examples > 0, timeout=WAIT_MS)

    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=WAIT_MS)
    QTest.keyClick(window.room.canvas, Qt.Key.Key_F6)

    def has_learned() -> bool:
        snapshot = window.training.snapshot
        return snapshot is not None and snapshot.train_accuracy > 0.95

    qtbot.waitUntil(has_learned, timeout=2 * WAIT_MS)
    QTest.keyClick(window.room.canvas, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)

    new_rows = tmp_path / "neu.csv"
    new_rows.write_text("gewicht;größe\n0,95;0,05\n0,05;0,95\n")
    file_chosen(answers)
    saved: list[bool] = []

    def save(dialog: object) -> None:
        dialog.save.click()  # type: ignore[attr-defined]  # its button
        saved.append(True)
        dialog.close_button.click()  # type: ignore[attr-defined]  # its button

    butler.expect("PredictDialog", save)
    window.tables.answer(new_rows)
    qtbot.waitUntil(lambda: bool(saved) and answers.exists(), timeout=WAIT_MS)
    rows = list(csv.reader(answers.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 3
    assert "ja" in rows[1]
    assert "nein" in rows[2]

    # The table came as one undo step: the avocado comes back with all of its network.
    while window.document.undo_stack.canUndo():
        window.document.undo_stack.undo()
    assert window.document.experiment == before
