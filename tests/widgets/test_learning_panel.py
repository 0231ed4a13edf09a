"""The learning panel asks for training, and says how it goes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.model.experiment import Learning
from playground.model.message import message
from tests.widgets.spies import Heard
from widgets.learning_panel import LearningPanel


@pytest.fixture
def panel(qtbot: QtBot) -> LearningPanel:
    made = LearningPanel()
    qtbot.addWidget(made)
    made.sync(Learning(), "words", 100)
    made.show()
    return made


def test_every_button_asks_for_what_it_says(panel: LearningPanel) -> None:
    signals = {
        panel.train: panel.train_toggled,
        panel.epoch: panel.epoch_requested,
        panel.batch: panel.batch_requested,
        panel.start_over: panel.start_over_requested,
        panel.new_start: panel.new_start_requested,
    }
    for button, signal in signals.items():
        heard = [Heard(other) for other in signals.values()]
        mine = Heard(signal)
        button.click()
        assert len(mine.all) == 1
        assert sum(len(other.all) for other in heard) == 1


def test_while_it_trains_it_can_be_paused_and_started_over(panel: LearningPanel) -> None:
    panel.set_training(True)
    assert panel.train.text() == "Pause"
    assert panel.start_over.isEnabled()
    assert not panel.epoch.isEnabled()
    panel.set_training(False)
    assert panel.train.text() == "Train"
    assert panel.epoch.isEnabled()


def test_a_refusal_is_said_and_keeps_training_from_starting(panel: LearningPanel) -> None:
    panel.set_refusal(message("{node} reads nothing yet.", node="Height"))
    assert panel.state.text() == "Height reads nothing yet."
    assert not panel.train.isEnabled()
    assert not panel.epoch.isEnabled()
    panel.set_state(None)
    assert panel.state.text() == "Height reads nothing yet."
    panel.set_refusal(None)
    assert panel.train.isEnabled()
    assert panel.state.text() == ""


def test_what_was_said_since_a_refusal_stays_when_the_refusal_goes(panel: LearningPanel) -> None:
    panel.set_refusal(message("{node} reads nothing yet.", node="Height"))
    panel.set_state(message("Paused."))
    panel.set_refusal(None)
    assert panel.state.text() == "Paused."


def test_labels_follow_the_level(panel: LearningPanel) -> None:
    words = (panel.epoch.text(), panel.batch.text(), panel.settings.learning_rate.label.text())
    panel.sync(Learning(), "numbers", 100)
    technical = (panel.epoch.text(), panel.batch.text(), panel.settings.learning_rate.label.text())
    assert words == ("One round", "One step", "Step size")
    assert technical == ("One epoch", "One batch", "Learning rate")


def test_the_state_is_said_and_taken_away(panel: LearningPanel) -> None:
    panel.set_state(message("Paused after {count} rounds.", count=2140))
    assert (panel.state.text(), panel.state.isVisible()) == ("Paused after 2,140 rounds.", True)
    panel.set_state(None)
    assert not panel.state.isVisible()


def test_weights_learned_in_float32_are_said_to_be_traced_in_float64(panel: LearningPanel) -> None:
    for learning, is_said in (
        (Learning(), False),
        (Learning(dtype="float32"), False),  # NumPy learns in float64 whatever is wished
        (Learning(kernel="numba", dtype="float32"), True),
        (Learning(kernel="numba"), False),
    ):
        panel.sync(learning, "words", 100)
        assert panel.traced.isVisible() == is_said
    assert "float64" in panel.traced.text()
