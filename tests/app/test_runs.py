"""Runs begin, are recorded, looked back along, branched, opened, deleted and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.pass_source import PassSource
from playground.app.runs import Runs
from playground.app.shown import Shown
from playground.app.training_control import TrainingControl
from playground.engine.fitting import fitting_experiment
from playground.model import edits
from playground.model.experiment import BuiltInData
from playground.model.initial import initial_parameters
from playground.model.message import message
from playground.model.parameters import Parameters
from playground.model.run import Instant, Run
from playground.model.snapshot import Snapshot

WAIT_MS = 20_000


class Course:
    """A document that learns and whose runs are recorded, wired as the window wires it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.document = Document(*fitting_experiment(BuiltInData("avocado", 60, noise=0.2, seed=2)))
        self.compute = Compute()
        self.shown = Shown(self.document)
        self.source = PassSource(self.shown, self.compute.background)
        self.training = TrainingControl(self.document, self.source, self.compute)
        self.runs = Runs(self.document, self.compute, self.training, self.shown)
        self.snapshots: list[Snapshot | None] = []
        self.training.snapshot_changed.connect(self.snapshots.append)
        self.source.start()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let time pass until a condition holds."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    def learn(self, epochs: int = 1) -> Run:
        """Learn so many whole epochs, one after the other, and return the run."""
        for _ in range(epochs):
            self.training.start("epoch")
            self.wait(lambda: not self.training.is_running)
        return self.present

    @property
    def present(self) -> Run:
        """The present run."""
        run = self.runs.current
        assert run is not None
        return run

    @property
    def numbers(self) -> list[int]:
        """Which runs are listed."""
        return [run.number for run in self.runs.listed]

    def close(self) -> None:
        """End everything."""
        self.compute.shutdown()
        self.document.close()


@pytest.fixture
def course(qtbot: QtBot) -> Iterator[Course]:
    course = Course(qtbot)
    yield course
    course.close()


def same(one: Parameters, other: Parameters) -> bool:
    return one.weights.tobytes() == other.weights.tobytes() and one.biases.tobytes() == other.biases.tobytes()


def test_nothing_is_listed_before_anything_is_learned(course: Course) -> None:
    assert course.runs.listed == ()
    course.runs.look_at(3.0)
    course.runs.look_by(-1)
    assert not course.shown.is_past


def test_a_run_begins_with_the_weights_before_training(course: Course) -> None:
    start = course.document.state
    run = course.learn(3)
    assert (run.number, run.parent) == (1, None)
    assert run.epochs.tolist() == [0.0, 1.0, 2.0, 3.0]
    assert run.start.state is start
    assert same(run.end.parameters, course.document.parameters)
    assert run.start.train_loss == run.points[0, 1]
    assert run.end.train_loss == run.points[-1, 1]
    assert run.seconds > 0


def test_looking_back_pauses_and_shows_the_instant_without_changing_anything(course: Course) -> None:
    course.training.start("run")
    course.wait(lambda: course.runs.current is not None and len(course.present.instants) > 4)
    course.runs.look_at(0.0)
    course.wait(lambda: course.shown.is_past)
    assert not course.training.is_running
    document = course.document
    before = (document.experiment, document.state, document.undo_stack.count(), document.undo_stack.index())
    assert same(course.shown.parameters, course.present.start.parameters)
    assert not same(course.shown.parameters, document.parameters)
    course.runs.look_by(1)
    assert course.shown.instant is course.runs.current.instants[1]  # type: ignore[union-attr]  # there is one
    course.runs.look_by(-5)
    assert course.shown.instant is course.runs.current.instants[0]  # type: ignore[union-attr]  # there is one
    course.runs.look_at(float("inf"))
    assert not course.shown.is_past
    after = (document.experiment, document.state, document.undo_stack.count(), document.undo_stack.index())
    assert before == after


def test_stepping_past_the_newest_instant_is_now(course: Course) -> None:
    course.learn(3)
    course.runs.look_by(-1)
    assert course.shown.instant is not None
    assert course.shown.instant.epoch == 2.0
    course.runs.look_by(1)
    assert not course.shown.is_past


def test_going_on_from_an_instant_is_one_undo_step_and_a_run_of_its_own(course: Course) -> None:
    course.learn(4)
    end = course.document.parameters
    course.runs.look_at(2.0)
    instant = course.shown.instant
    assert instant is not None
    steps = course.document.undo_stack.count()
    course.runs.continue_here()
    assert course.document.undo_stack.count() == steps + 1
    assert not course.shown.is_past
    assert same(course.document.parameters, instant.parameters)
    assert course.compute.epoch == 2.0
    assert course.snapshots[-1] is not None
    assert course.snapshots[-1].history[:, 0].tolist() == [2.0]
    branch = course.learn(1)
    assert (branch.number, branch.parent, branch.parent_epoch) == (2, 1, 2.0)
    assert branch.epochs.tolist() == [2.0, 3.0]
    assert branch.points[:, 0].tolist() == [2.0, 3.0]
    course.document.undo_stack.undo()
    assert same(course.document.parameters, end)
    assert course.present.number == 1
    assert course.compute.epoch == 4.0
    assert course.numbers == [1, 2]


def test_a_branch_with_the_same_settings_goes_the_same_way_to_the_bit(course: Course) -> None:
    assert course.document.apply(edits.set_learning(optimizer="adam"))
    end = course.learn(4).end
    course.runs.look_at(1.0)
    course.runs.continue_here()
    again = course.learn(3).end
    assert again.epoch == end.epoch == 4.0
    assert same(again.parameters, end.parameters)
    assert again.train_loss == end.train_loss


def test_undoing_leads_back_into_the_run_that_goes_on(course: Course) -> None:
    course.learn(2)
    course.training.start_over()
    assert course.runs.current is None
    course.document.undo_stack.undo()
    assert course.present.number == 1
    run = course.learn(1)
    assert run.epochs.tolist() == [0.0, 1.0, 2.0, 3.0]
    assert course.numbers == [1]


def test_starting_over_and_a_new_start_each_begin_a_run(course: Course) -> None:
    first = course.learn(2)
    course.training.start_over()
    second = course.learn(2)
    course.training.new_start()
    third = course.learn(1)
    assert course.numbers == [1, 2, 3]
    assert same(second.end.parameters, first.end.parameters)  # the same start goes the same way
    assert not same(third.start.parameters, first.start.parameters)
    assert len({run.colour for run in course.runs.listed}) == 3


def test_starting_over_while_it_learns_begins_a_run(course: Course) -> None:
    course.training.start("run")
    course.wait(lambda: course.runs.current is not None)
    course.training.start_over()
    course.wait(lambda: course.numbers == [1, 2])
    experiment = course.document.experiment
    drawn = initial_parameters(experiment.network, experiment.learning, experiment.seed)
    assert same(course.present.start.parameters, drawn)
    assert course.present.start.epoch == 0.0


def test_other_data_begin_a_branch_and_more_of_the_same_do_not(course: Course) -> None:
    course.learn(2)
    assert course.document.apply(edits.set_data(BuiltInData("avocado", 80, noise=0.3)))
    course.learn(1)
    assert course.numbers == [1]
    assert course.document.apply(edits.set_data(BuiltInData("admission", 80)))
    assert course.runs.current is None


def test_another_document_empties_the_list(course: Course) -> None:
    course.learn(2)
    course.document.reset(*fitting_experiment(BuiltInData("admission", 40)))
    assert course.runs.listed == ()
    assert course.runs.current is None
    course.wait(lambda: course.source.bound is not None)
    assert course.learn(1).number == 1


def test_another_network_taken_as_a_step_begins_a_run_and_keeps_the_others(course: Course) -> None:
    course.learn(2)
    other = fitting_experiment(BuiltInData("admission", 40))
    assert course.document.apply(edits.replace(*other, message("Take other data")))
    course.wait(lambda: course.source.bound is not None)
    course.learn(1)
    assert course.numbers == [1, 2]
    course.runs.open(1)
    course.wait(lambda: course.source.bound is not None)
    assert course.document.experiment.data == BuiltInData("avocado", 60, noise=0.2, seed=2)
    assert course.learn(1).epochs.tolist() == [0.0, 1.0, 2.0, 3.0]


def test_opening_a_run_makes_its_end_the_present_and_undo_takes_that_back(course: Course) -> None:
    first = course.learn(2)
    course.training.new_start()
    second = course.learn(3)
    steps = course.document.undo_stack.count()
    course.runs.open(1)
    assert course.document.undo_stack.count() == steps + 1
    assert same(course.document.parameters, first.end.parameters)
    assert course.document.experiment == first.end.experiment
    assert course.present.number == 1
    course.document.undo_stack.undo()
    assert same(course.document.parameters, second.end.parameters)
    assert course.present.number == 2
    course.document.undo_stack.redo()
    assert course.present.number == 1


def test_the_same_start_with_another_setting(course: Course) -> None:
    first = course.learn(2)
    assert course.document.apply(edits.set_learning(learning_rate=0.5))
    course.runs.same_start(1)
    assert same(course.document.parameters, first.start.parameters)
    assert course.document.experiment.learning == first.start.experiment.learning
    assert course.compute.epoch == 0.0
    assert course.document.apply(edits.set_learning(learning_rate=0.001))
    second = course.learn(2)
    assert (second.number, second.parent) == (2, None)
    assert same(second.start.parameters, first.start.parameters)
    assert not same(second.end.parameters, first.end.parameters)


def test_the_same_start_of_a_branch_is_where_it_branched_off(course: Course) -> None:
    course.learn(3)
    course.runs.look_at(1.0)
    course.runs.continue_here()
    course.learn(1)
    course.runs.same_start(2)
    assert course.compute.epoch == 1.0
    third = course.learn(1)
    assert (third.number, third.parent, third.parent_epoch) == (3, 1, 1.0)


def test_a_run_is_deleted_and_comes_back_but_never_the_present_one(course: Course) -> None:
    course.learn(2)
    course.training.new_start()
    course.learn(1)
    course.runs.delete(2)
    assert course.numbers == [1, 2]
    modified = course.document.undo_stack.count()
    course.runs.rename(1, "First")
    course.runs.delete(1)
    assert course.numbers == [2]
    deleted = course.runs.deleted
    assert deleted is not None
    assert deleted.name == "First"
    course.runs.restore()
    assert course.numbers == [1, 2]
    assert course.runs.deleted is None
    assert course.document.undo_stack.count() == modified


def test_an_edit_while_looking_back_leads_to_now(course: Course) -> None:
    course.learn(3)
    course.runs.look_at(1.0)
    course.wait(lambda: course.shown.is_past)
    edge = course.document.experiment.network.edge_keys[0]
    assert course.document.apply(edits.set_weight(edge, 0.25))
    assert not course.shown.is_past
    assert course.shown.parameters is course.document.parameters


def test_live_settings_belong_to_the_run_and_are_remembered_with_each_instant(course: Course) -> None:
    course.learn(1)
    assert course.document.apply(edits.set_learning(learning_rate=0.5))
    run = course.learn(1)
    rates = [instant.experiment.learning.learning_rate for instant in run.instants]
    assert len(set(rates)) == 2
    assert rates[-1] == 0.5


def test_recorded_values_are_those_that_were_shown(course: Course) -> None:
    course.training.start("run")
    course.wait(lambda: len([one for one in course.snapshots if one is not None]) >= 5)
    course.training.pause()
    course.wait(lambda: not course.training.is_running)
    seen = {one.epoch: one.state.parameters for one in course.snapshots if one is not None}
    instants: tuple[Instant, ...] = course.present.instants[1:]
    assert len(instants) >= 3
    for instant in instants:
        assert np.array_equal(
            instant.parameters.weights.view(np.int64), seen[instant.epoch].weights.view(np.int64)
        )
