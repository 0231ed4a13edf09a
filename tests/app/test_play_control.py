"""The room Play: what is chosen in it is done, remembered and told."""

from __future__ import annotations

import numpy as np
from pytestqt.qtbot import QtBot

from playground.app import settings as remembered
from playground.app.window import Window
from playground.model import edits
from tests.end_to_end.conftest import WAIT_MS, MakeWindow


def test_what_is_chosen_is_done_and_remembered(make_window: MakeWindow) -> None:
    window = make_window()
    transport = window.room.transport
    transport.granularity_changed.emit("pass")
    transport.speed_changed.emit(4.0)
    transport.loop_changed.emit(True)
    transport.keep_changed.emit(False)
    window.room.plot.log_changed.emit(True)
    window.acts["level_maths"].trigger()
    for seen in (window, make_window()):
        assert seen.player.granularity == "pass"
        assert seen.player.speed == 4.0
        assert seen.player.loop
        assert not seen.passes.keep
        assert seen.settings.get(remembered.LOG_LOSS)
        assert seen.play.level == seen.keeper.level == "maths"
        assert seen.acts["level_maths"].isChecked()
    assert transport is not seen.room.transport
    assert seen.room.transport.granularity.current_key == "pass"
    assert seen.room.transport.loop.isChecked()
    assert not seen.room.transport.keep.isChecked()


def test_a_refused_edit_is_told_and_changes_nothing(window: Window) -> None:
    network = window.document.experiment.network
    before = window.document.experiment
    window.room.canvas.edit_requested.emit(edits.connect(network.outputs[0], network.inputs[0]))
    assert window.document.experiment is before
    assert window.status.notice.text() != ""
    assert window.room.canvas.scene.note is not None


def test_the_example_shown_is_the_one_that_is_played(window: Window, qtbot: QtBot) -> None:
    window.room.example.example_requested.emit(4)
    trace = window.passes.trace
    assert trace is not None
    assert list(trace.rows) == [4]
    qtbot.waitUntil(lambda: window.keeper.stage.trace is trace, timeout=WAIT_MS)
    window.room.example.inputs_requested.emit(np.array([0.1, 0.2, 0.3]))
    by_hand = window.passes.trace
    assert by_hand is not None
    np.testing.assert_array_equal(by_hand.inputs, [[0.1, 0.2, 0.3]])
    window.room.example.back_requested.emit()
    back = window.passes.trace
    assert back is not None
    assert list(back.rows) == [4]
