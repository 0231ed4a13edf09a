"""Learning in the window: it starts, pauses, goes on through changes, and says what is the matter."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.pass_source import PassSource
from playground.app.shown import Shown
from playground.app.training_control import TrainingControl
from playground.engine.checks.finding import Finding
from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.experiment import BuiltInData
from playground.model.initial import initial_parameters
from playground.model.message import Message, message, sentence
from playground.model.run import Instant
from playground.model.snapshot import Snapshot

WAIT_MS = 20_000


class Class:
    """A document that learns, with all that is said about it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.document = Document(*fitting_experiment(BuiltInData("avocado", 60, noise=0.2, seed=2)))
        self.compute = Compute()
        self.shown = Shown(self.document)
        self.source = PassSource(self.shown, self.compute.background)
        self.training = TrainingControl(self.document, self.source, self.compute)
        self.running: list[bool] = []
        self.said: list[str | None] = []
        self.snapshots: list[Snapshot | None] = []
        self.findings: list[tuple[Finding, ...]] = []
        self.training.running_changed.connect(self.running.append)
        self.training.said.connect(self._hear)
        self.training.snapshot_changed.connect(self.snapshots.append)
        self.training.findings_changed.connect(self.findings.append)
        self.source.start()

    @property
    def epoch(self) -> float:
        """How far the newest snapshot is; -1 where learning has not begun."""
        newest = self.snapshots[-1] if self.snapshots else None
        return -1.0 if newest is None else newest.epoch

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let time pass until a condition holds."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    def train(self, epochs: float = 2.0) -> None:
        """Learn until so many more epochs are shown; go on learning."""
        goal = max(self.epoch, 0.0) + epochs
        if not self.training.is_running:
            self.training.toggle()
        self.wait(lambda: self.epoch >= goal)

    def pause(self) -> None:
        """Pause, and wait until it has."""
        self.training.pause()
        self.wait(lambda: not self.training.is_running)

    def close(self) -> None:
        """End everything."""
        self.compute.shutdown()
        self.document.close()

    def _hear(self, said: Message | None) -> None:
        self.said.append(None if said is None else sentence(said))


@pytest.fixture
def lesson(qtbot: QtBot) -> Iterator[Class]:
    lesson = Class(qtbot)
    yield lesson
    lesson.close()


def test_learning_moves_the_document_until_it_is_paused(lesson: Class) -> None:
    before = lesson.document.parameters
    lesson.train()
    assert lesson.running == [True]
    lesson.training.toggle()
    lesson.wait(lambda: lesson.running == [True, False])
    newest = lesson.snapshots[-1]
    assert newest is not None
    assert lesson.document.parameters == newest.state.parameters != before
    assert lesson.said[-1] is not None
    told = re.fullmatch(r"Paused after ([\d.]+) epochs\.", lesson.said[-1])
    assert told is not None
    assert abs(float(told[1]) - newest.epoch) < 1.0
    assert not lesson.document.undo_stack.canUndo()


def test_a_batch_and_an_epoch_end_by_themselves(lesson: Class) -> None:
    lesson.training.start("batch")
    lesson.wait(lambda: lesson.running == [True, False])
    assert lesson.document.state.step_count == 1
    lesson.training.start("epoch")
    lesson.wait(lambda: lesson.running == [True, False, True, False])
    assert lesson.epoch == 1.0


def test_a_network_of_the_past_is_looked_at_while_the_present_one_learns(lesson: Class) -> None:
    earlier = lesson.document.experiment
    there = Instant(0.0, earlier, lesson.document.state, *(math.nan,) * 5)
    assert lesson.document.apply(edits.delete([earlier.network.inputs[0]]))
    lesson.train()
    refusal, n_inputs = lesson.training.refusal, len(lesson.document.experiment.network.inputs)
    lesson.shown.look(there)
    assert lesson.source.bound is not None
    assert lesson.source.bound.train_inputs.shape[1] == n_inputs + 1
    assert lesson.training.refusal == refusal
    lesson.train()
    assert lesson.training.is_running
    assert len(lesson.document.parameters.biases) == len(earlier.network.nodes) - 1
    lesson.shown.look(None)
    assert lesson.source.bound.train_inputs.shape[1] == n_inputs
    lesson.train()
    lesson.pause()


def test_settings_change_while_it_learns(lesson: Class) -> None:
    lesson.train()
    before = lesson.epoch
    for change in ({"learning_rate": 0.001}, {"batch_size": 3}, {"optimizer": "momentum"}):
        assert lesson.document.apply(edits.set_learning(**change))
        lesson.train()
        assert lesson.training.is_running
    assert lesson.epoch > before
    assert lesson.running == [True]
    assert None not in lesson.snapshots


def test_start_over_while_it_learns_begins_at_the_first_weights(lesson: Class) -> None:
    lesson.train(500.0)  # more than are learned between two frames
    reached = lesson.epoch
    lesson.training.start_over()
    assert lesson.snapshots[-1] is None
    experiment = lesson.document.experiment
    assert lesson.document.parameters == initial_parameters(
        experiment.network, experiment.learning, experiment.seed
    )
    lesson.wait(lambda: lesson.epoch >= 0)
    first = next(index for index, seen in enumerate(lesson.snapshots) if seen is None)
    after = [seen.epoch for seen in lesson.snapshots[first + 1 :] if seen is not None]
    assert after[0] < reached
    assert lesson.training.is_running


def test_start_over_gives_the_same_weights_and_a_new_start_gives_others(lesson: Class) -> None:
    start = lesson.document.parameters
    lesson.train()
    lesson.pause()
    lesson.training.start_over()
    assert lesson.document.parameters == start
    lesson.training.new_start()
    assert lesson.document.parameters != start
    assert lesson.document.experiment.seed == 1
    assert lesson.document.undo_stack.count() == 2


def test_another_network_with_other_data_pauses_and_stays_untrained(lesson: Class) -> None:
    lesson.train()
    other = fitting_experiment(BuiltInData("admission", 50))
    assert lesson.document.apply(edits.replace(*other, message("Take other data")))
    lesson.wait(lambda: not lesson.training.is_running)
    assert lesson.document.parameters == other[1]


def test_learning_stops_after_so_many_epochs_and_says_so(lesson: Class) -> None:
    assert lesson.document.apply(edits.set_learning(stop_epochs=3))
    lesson.training.toggle()
    lesson.wait(lambda: lesson.running == [True, False])
    assert lesson.epoch == 3.0
    assert lesson.said[-1] is not None
    assert "epochs" in lesson.said[-1]


def test_what_cannot_learn_says_why_until_it_can(lesson: Class) -> None:
    refusals: list[Message | None] = []
    lesson.training.refusal_changed.connect(refusals.append)
    assert lesson.document.apply(edits.delete(lesson.document.experiment.network.outputs, []))
    assert len(refusals) == 1
    assert refusals[0] is not None
    lesson.training.toggle()
    assert not lesson.training.is_running
    assert lesson.said == [sentence(refusals[0])]
    lesson.document.undo_stack.undo()
    assert refusals[1:] == [None]
    lesson.train()


def test_an_edit_that_ends_all_learning_pauses_it(lesson: Class) -> None:
    lesson.train()
    assert lesson.document.apply(edits.delete(lesson.document.experiment.network.outputs, []))
    lesson.wait(lambda: not lesson.training.is_running)
    assert lesson.training.refusal is not None
    assert lesson.running == [True, False]


def test_trouble_is_found_and_its_remedy_mends_it(lesson: Class) -> None:
    assert lesson.document.apply(edits.add_node("hidden", 0.0, 900.0))
    lesson.wait(lambda: bool(lesson.findings) and bool(lesson.findings[-1]))
    mended = 0
    while lesson.findings[-1]:
        looks = len(lesson.findings)
        assert lesson.findings[-1][0].key in ("no_way_in", "no_way_out")
        assert lesson.document.apply(lesson.findings[-1][0].edit)
        lesson.wait(lambda looks=looks: len(lesson.findings) > looks)  # type: ignore[misc]  # a default
        mended += 1
    assert 1 <= mended <= 2
    lesson.document.undo_stack.undo()
    lesson.wait(lambda: bool(lesson.findings[-1]))


def test_a_step_past_all_bounds_is_not_made_and_has_a_button_that_mends_it(lesson: Class) -> None:
    edge = lesson.document.experiment.network.edge_keys[0]
    assert lesson.document.apply(edits.set_weight(edge, 1e300))
    lesson.training.toggle()
    lesson.wait(lambda: "diverged" in [found.key for found in (lesson.findings or [()])[-1]])
    found = next(found for found in lesson.findings[-1] if found.key == "diverged")
    rate = lesson.document.experiment.learning.learning_rate
    assert lesson.document.apply(found.edit)
    assert lesson.document.experiment.learning.learning_rate == pytest.approx(rate / 10)
    lesson.wait(lambda: "diverged" not in [found.key for found in lesson.findings[-1]])
    lesson.train()
    assert lesson.training.is_running
