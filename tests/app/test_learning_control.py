"""In the window: the rate of now, the pace that is remembered, marks in the plot, the web's settings."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.app import settings as remembered
from playground.app.window import Window
from playground.engine.rate import rate_at
from playground.model import edits
from playground.model.rate_schedule import RateSchedule
from tests.end_to_end.conftest import WAIT_MS, MakeWindow


def train_to(window: Window, qtbot: QtBot, epoch: float) -> None:
    """Learn until an epoch is shown, and pause."""
    window.training.start("run")
    qtbot.waitUntil(lambda: window.compute.epoch >= epoch, timeout=WAIT_MS)
    window.training.pause()
    qtbot.waitUntil(lambda: not window.compute.is_running, timeout=WAIT_MS)


def test_the_web_playground_is_one_step_that_can_be_undone(window: Window, qtbot: QtBot) -> None:
    before = window.document.experiment
    window.acts["web_playground"].trigger()
    qtbot.waitUntil(lambda: window.document.experiment is not before, timeout=WAIT_MS)
    assert [len(layer) for layer in window.document.experiment.network.layers] == [2, 4, 2, 1]
    assert window.document.undo_stack.count() == 1
    assert window.document.undo_stack.undoText() == "As in the web playground"
    window.document.undo_stack.undo()
    assert window.document.experiment == before


def test_the_button_does_what_the_menu_does(window: Window, qtbot: QtBot) -> None:
    before = window.document.experiment
    window.room.learning.settings.web_playground.click()
    qtbot.waitUntil(lambda: window.document.experiment is not before, timeout=WAIT_MS)
    assert window.document.experiment.learning.initialization == "uniform"


def test_the_rate_of_now_follows_the_learning(window: Window, qtbot: QtBot) -> None:
    said = window.room.learning.settings.rate_now
    window.play.set_level("numbers")
    assert said.isHidden()
    schedule = RateSchedule("step", every=1, factor=0.5)
    assert window.document.apply(edits.set_learning(learning_rate=0.08, schedule=schedule))
    assert said.text() == "Learning rate now 0.08"
    window.training.start("epoch")
    qtbot.waitUntil(lambda: not window.compute.is_running, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: said.text() == "Learning rate now 0.04", timeout=WAIT_MS)
    snapshot = window.training.snapshot
    assert snapshot is not None
    assert snapshot.learning_rate == 0.04
    done = window.source.trace
    assert done is not None
    # What a pass teaches, and what is said about it, has the rate of now.
    assert done.experiment.learning.learning_rate == 0.04
    assert window.document.apply(edits.set_learning(schedule=RateSchedule()))
    assert said.isHidden()


def test_changes_while_it_learns_keep_the_weights_and_are_marked(window: Window, qtbot: QtBot) -> None:
    train_to(window, qtbot, 3.0)
    weights, epoch = window.document.parameters, window.compute.epoch
    old = window.document.experiment.learning
    assert window.document.apply(edits.set_learning(dropout=0.2))
    assert window.document.parameters == weights
    (mark,) = window.learning.marks.marks
    assert mark.epoch == epoch
    assert [(change.key, change.old, change.new) for change in mark.changes] == [("dropout", 0.0, 0.2)]
    assert rate_at(old, epoch) == old.learning_rate
    train_to(window, qtbot, epoch + 2.0)
    assert window.learning.marks.marks == (mark,)
    window.acts["start_over"].trigger()
    assert not window.learning.marks.marks


@pytest.mark.parametrize("is_flat_out", [True, False])
def test_the_pace_is_remembered(make_window: MakeWindow, is_flat_out: bool) -> None:
    first = make_window()
    pace = first.room.learning.settings.pace
    assert pace.flat_out.isChecked()
    if not is_flat_out:
        pace.flat_out.click()
        pace.pace.changed.emit(5.0, None)
    assert first.settings.get(remembered.FLAT_OUT) == is_flat_out
    second = make_window()
    shown = second.room.learning.settings.pace
    assert shown.flat_out.isChecked() == is_flat_out
    assert shown.pace.number == (2.0 if is_flat_out else 5.0)


def test_the_activation_of_all_is_one_step(window: Window) -> None:
    settings = window.room.learning.settings.activation
    settings.activation.chosen.emit("relu")
    nodes = window.document.experiment.network.nodes.values()
    assert {node.activation for node in nodes if node.role == "hidden"} == {"relu"}
    assert window.document.undo_stack.count() == 1
    assert settings.activation.box.current_key == "relu"
    window.document.undo_stack.undo()
    assert settings.activation.box.current_key == "tanh"
