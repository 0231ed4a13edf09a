"""Everything can be done while the network learns: undo, edit, open another file, close."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model import edits, file
from playground.model.parameters import Parameters
from resources import example_path
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from tests.end_to_end.hands import Hands

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def start_training(window: Window, qtbot: QtBot) -> None:
    """Press the key and wait until something has been learned."""
    before = window.document.parameters
    QTest.keyClick(window.room.canvas, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: window.training.is_running, timeout=WAIT_MS)
    wait_for_progress(window, qtbot, before)


def wait_for_progress(window: Window, qtbot: QtBot, before: Parameters) -> None:
    """Wait until the values are others than before."""
    qtbot.waitUntil(lambda: window.document.parameters != before, timeout=WAIT_MS)


def pause(window: Window, qtbot: QtBot) -> None:
    """Press the key and wait until nothing changes any more."""
    QTest.keyClick(window.room.canvas, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)


def test_undo_during_training_takes_back_the_edit_and_nothing_that_was_learned(
    window: Window, qtbot: QtBot
) -> None:
    document, canvas = window.document, window.room.canvas
    old = document.experiment.network
    assert document.apply(edits.add_node("hidden", 220, 400, "Extra"))
    extra = max(document.experiment.network.nodes)
    assert document.apply(edits.connect(old.inputs[0], extra))
    start_training(window, qtbot)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert document.experiment.network == old
    assert window.training.is_running
    wait_for_progress(window, qtbot, document.parameters)
    pause(window, qtbot)
    learned = document.parameters
    network = document.experiment.network
    assert np.isfinite(learned.weights).all()

    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(canvas, Qt.Key.Key_Z, CTRL)
    assert document.experiment.network == network
    assert document.parameters.weights.tobytes() == learned.weights.tobytes()
    assert document.parameters.biases.tobytes() == learned.biases.tobytes()


def test_the_graph_can_be_edited_by_mouse_while_it_learns(window: Window, qtbot: QtBot) -> None:
    document, hands = window.document, Hands(window.room.canvas)
    start_training(window, qtbot)
    hidden = [node.id for node in document.experiment.network.nodes.values() if node.role == "hidden"]
    n_edges = len(document.experiment.network.edges)
    hands.click(hands.middle(hidden[0]))
    QTest.keyClick(window.room.canvas, Qt.Key.Key_Delete)
    assert hidden[0] not in document.experiment.network.nodes
    qtbot.waitUntil(lambda: window.room.canvas.stage.network is document.experiment.network)
    source, target = document.experiment.network.inputs[0], document.experiment.network.outputs[0]
    hands.connect(source, target)
    assert (source, target) in document.experiment.network.edges
    assert len(document.experiment.network.edges) == n_edges - 4 + 1
    assert window.training.is_running
    wait_for_progress(window, qtbot, document.parameters)
    pause(window, qtbot)
    assert np.isfinite(document.parameters.weights).all()


def test_playing_a_pass_pauses_training(window: Window, qtbot: QtBot) -> None:
    start_training(window, qtbot)
    QTest.keyClick(window.room.canvas, Qt.Key.Key_P)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    assert window.player.is_playing
    window.player.pause()


@pytest.mark.parametrize("key", ["admission", "iris", "xor"])
def test_another_file_can_be_opened_while_it_learns(
    window: Window, qtbot: QtBot, butler: Butler, key: str
) -> None:
    start_training(window, qtbot)
    butler.expect("UnsavedDialog", lambda dialog: dialog.discard.click())  # type: ignore[attr-defined]  # its button
    window.files.open(example_path(key))
    wanted = file.read(example_path(key).read_bytes())
    qtbot.waitUntil(lambda: window.document.experiment == wanted[0], timeout=WAIT_MS)
    assert butler.seen == ["UnsavedDialog"]
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    assert window.document.parameters == wanted[1]


def test_another_file_begins_at_rest_with_nothing_chosen(window: Window, qtbot: QtBot) -> None:
    hands = Hands(window.room.canvas)
    hands.click(hands.middle(window.document.experiment.network.inputs[0]))
    window.player.seek(1.0)
    window.passes.toggle()
    assert window.keeper.stage.selection
    window.files.open_example("xor")
    wanted = file.read(example_path("xor").read_bytes())[0]
    qtbot.waitUntil(lambda: window.document.experiment == wanted, timeout=WAIT_MS)
    assert not window.player.is_playing
    assert window.player.time_s is None
    assert not window.keeper.stage.selection


def test_closing_while_it_learns_asks_and_cancel_goes_on(
    window: Window, qtbot: QtBot, butler: Butler
) -> None:
    start_training(window, qtbot)
    butler.expect("UnsavedDialog", lambda dialog: dialog.cancel.click())  # type: ignore[attr-defined]  # its button
    window.close()
    qtbot.waitUntil(lambda: butler.seen == ["UnsavedDialog"], timeout=WAIT_MS)
    assert window.isVisible()
    assert window.training.is_running
    wait_for_progress(window, qtbot, window.document.parameters)


def test_closing_while_it_learns_ends_everything(window: Window, qtbot: QtBot, butler: Butler) -> None:
    start_training(window, qtbot)
    butler.expect("UnsavedDialog", lambda dialog: dialog.discard.click())  # type: ignore[attr-defined]  # its button
    with qtbot.waitSignal(window.closed, timeout=WAIT_MS):
        window.close()
    assert not window.isVisible()
    assert not window.training.is_running  # that no thread or timer is left is asserted after every test


def test_closing_while_it_learns_can_save_first(
    make_window: MakeWindow,
    qtbot: QtBot,
    butler: Butler,
    file_chosen: Callable[[Path | None], None],
    tmp_path: Path,
) -> None:
    window, path = make_window(), tmp_path / "learning.playground"
    start_training(window, qtbot)
    file_chosen(path)
    butler.expect("UnsavedDialog", lambda dialog: dialog.save.click())  # type: ignore[attr-defined]  # its button
    with qtbot.waitSignal(window.closed, timeout=WAIT_MS):
        window.close()
    experiment, parameters = file.read(path.read_bytes())
    assert experiment == window.document.experiment
    start = file.read(example_path("avocado").read_bytes())
    assert parameters != start[1]
