"""Training beside the window: frames arrive, edits reach the trainer, nothing is left running."""

from __future__ import annotations

import threading
from collections.abc import Generator
from functools import partial
from random import Random
from time import monotonic

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from kernels.ladder.kernel import Reason, UnavailableError
from playground.app.compute import Compute
from playground.app.kernel_preparing import load_kernel
from playground.app.kernel_warmth import KernelWarmth
from playground.app.pacing import DEBT_S
from playground.engine.fitting import fitting_experiment
from playground.engine.session import Session
from playground.model import edits
from playground.model.experiment import BuiltInData
from playground.model.initial import initial_parameters
from playground.model.keys import DTYPES, DType, Kernel
from playground.model.message import Message, sentence
from playground.model.trace import LearnerState
from tests.app.learners import Learner
from tests.model.random_edits import random_edit


@pytest.fixture
def learner(qtbot: QtBot) -> Generator[Learner]:
    learner = Learner()
    yield learner
    learner.close()


def wait_for_frames(qtbot: QtBot, learner: Learner, count: int) -> None:
    goal = len(learner.frames) + count
    qtbot.waitUntil(lambda: len(learner.frames) >= goal)


def runs(learner: Learner) -> bool:
    return learner.compute.is_running


def pause(qtbot: QtBot, learner: Learner) -> None:
    with qtbot.waitSignal(learner.compute.paused):
        learner.compute.pause()


def test_training_moves_the_document_and_pauses(qtbot: QtBot, learner: Learner) -> None:
    before = learner.document.parameters
    with qtbot.waitSignal(learner.compute.started):
        learner.start()
    assert runs(learner)
    wait_for_frames(qtbot, learner, 5)
    pause(qtbot, learner)
    assert not runs(learner)
    assert learner.document.parameters != before
    assert learner.document.is_modified
    assert not learner.document.undo_stack.canUndo()
    losses = [frame.train_loss for frame in learner.frames]
    assert losses[-1] < losses[0]
    assert learner.document.parameters == learner.frames[-1].state.parameters
    assert learner.compute.epoch == learner.frames[-1].epoch


def test_paused_training_goes_on_as_if_it_had_not_paused(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    session = Session(document.experiment, learner.bound, document.state)
    learner.start()
    wait_for_frames(qtbot, learner, 2)
    pause(qtbot, learner)
    learner.start()
    wait_for_frames(qtbot, learner, 2)
    pause(qtbot, learner)
    while session.state.step_count < document.state.step_count:
        session.run_batch()
    assert session.state.step_count == document.state.step_count
    assert session.state.parameters == document.parameters


def test_one_batch_and_one_epoch(qtbot: QtBot, learner: Learner) -> None:
    compute, document = learner.compute, learner.document
    with qtbot.waitSignal(compute.paused):
        compute.run_batch(document.experiment, learner.bound, document.state)
    assert document.state.step_count == 1
    with qtbot.waitSignal(compute.paused):
        compute.run_epoch(document.experiment, learner.bound, document.state)
    assert compute.epoch == 1.0
    batch = document.experiment.learning.batch_size
    assert document.state.step_count == -(-len(learner.bound.train_inputs) // batch)


def test_a_weight_that_is_set_while_it_trains_reaches_the_trainer(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    edge = document.experiment.network.edge_keys[0]
    assert document.apply(edits.set_trainable([edge], False))
    learner.start()
    wait_for_frames(qtbot, learner, 2)
    assert document.apply(edits.set_weight(edge, 3.25))
    wait_for_frames(qtbot, learner, 2)
    assert document.parameters.weight(document.experiment.network, edge) == 3.25
    document.undo_stack.undo()
    wait_for_frames(qtbot, learner, 2)
    assert document.parameters.weight(document.experiment.network, edge) != 3.25
    pause(qtbot, learner)


def test_settings_change_without_losing_weights(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    learner.start()
    wait_for_frames(qtbot, learner, 3)
    seen, epoch = document.parameters, learner.compute.epoch
    assert document.apply(edits.set_learning(learning_rate=1e-30))
    wait_for_frames(qtbot, learner, 2)
    pause(qtbot, learner)
    assert learner.compute.epoch >= epoch
    # The trainer may have been up to a few frames further on than the document, never back at the start.
    assert document.parameters != learner.frames[0].state.parameters
    assert seen.weights.shape == document.parameters.weights.shape


def test_structure_changes_and_undo_while_it_trains(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    learner.start()
    wait_for_frames(qtbot, learner, 2)
    epoch = learner.compute.epoch
    assert document.apply(edits.add_layer(3))
    wait_for_frames(qtbot, learner, 2)
    added = document.experiment.network
    assert document.parameters.weights.shape == (len(added.parameter_ids),)
    document.undo_stack.undo()
    wait_for_frames(qtbot, learner, 2)
    assert learner.compute.epoch > epoch
    document.undo_stack.redo()
    wait_for_frames(qtbot, learner, 2)
    assert document.experiment.network == added
    pause(qtbot, learner)


def test_random_edits_and_undo_while_it_trains(qtbot: QtBot, learner: Learner) -> None:
    random, document, tried = Random(3), learner.document, 0
    start = (document.experiment, document.parameters)
    for _ in range(60):
        if not learner.compute.is_running:
            document.reset(*start)
            learner.start()
        wait_for_frames_or_end(qtbot, learner)
        edit = random_edit(random, document.experiment, document.parameters)
        if edit is not None and random.random() < 0.7:
            document.apply(edit)
        elif random.random() < 0.5:
            document.undo_stack.undo()
        else:
            document.undo_stack.redo()
        tried += 1
    assert tried == 60


def wait_for_frames_or_end(qtbot: QtBot, learner: Learner) -> None:
    goal = len(learner.frames) + 1
    qtbot.waitUntil(lambda: len(learner.frames) >= goal or not learner.compute.is_running)


def test_start_over_while_it_trains_begins_anew(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    learner.start()
    wait_for_frames(qtbot, learner, 5)
    assert document.apply(edits.start_over())
    assert learner.compute.epoch == 0.0
    wait_for_frames(qtbot, learner, 1)
    pause(qtbot, learner)
    experiment = document.experiment
    start = initial_parameters(experiment.network, experiment.learning, experiment.seed)
    session = Session(experiment, learner.bound, LearnerState(start))
    while session.state.step_count < document.state.step_count:
        session.run_batch()
    assert session.state.parameters == document.parameters


def test_opening_another_document_ends_the_run_and_leaves_it_alone(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    other = fitting_experiment(BuiltInData("admission", 100))
    learner.start()
    wait_for_frames(qtbot, learner, 3)
    frames = len(learner.frames)
    with qtbot.waitSignal(learner.compute.ended), qtbot.assertNotEmitted(learner.compute.paused):
        document.reset(*other)
    assert (document.experiment, document.parameters) == other
    assert not document.is_modified
    assert len(learner.frames) == frames
    assert learner.compute.epoch == 0.0
    learner.start()
    wait_for_frames(qtbot, learner, 2)
    assert document.parameters != other[1]


def test_an_edit_that_makes_learning_impossible_ends_the_run(qtbot: QtBot, learner: Learner) -> None:
    said: list[Message] = []
    learner.compute.failed.connect(said.append)
    learner.start()
    wait_for_frames(qtbot, learner, 1)
    with qtbot.waitSignal(learner.compute.ended):
        assert learner.document.apply(edits.add_node("input", 0, 0, "Weight"))
    assert len(said) == 1
    assert "Weight" in sentence(said[0])


def test_stopping_rules_are_told(qtbot: QtBot, learner: Learner) -> None:
    assert learner.document.apply(edits.set_learning(stop_epochs=3))
    with qtbot.waitSignal(learner.compute.stopped) as told:
        learner.start()
    assert isinstance(told.args[0], Message)
    assert learner.compute.epoch == 3.0


def test_divergence_is_told_and_leaves_finite_numbers(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    hidden = [node.id for node in document.experiment.network.nodes.values() if node.role == "hidden"]
    document.apply(edits.set_activation(hidden, "relu"))
    document.apply(edits.set_learning(loss="squared"))
    document.apply(edits.set_activation(document.experiment.network.outputs, "linear"))
    document.apply(edits.set_learning(optimizer="sgd", learning_rate=1e6))
    with qtbot.waitSignal(learner.compute.diverged):
        learner.start()
    assert np.isfinite(document.parameters.weights).all()


def test_closing_while_it_trains_leaves_nothing(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    learner = Learner()
    learner.start()
    wait_for_frames(qtbot, learner, 1)
    assert set(threading.enumerate()) - before
    learner.close()
    assert set(threading.enumerate()) == before
    frames = len(learner.frames)
    QCoreApplication.processEvents()  # what still waits would be handed over now
    assert len(learner.frames) == frames


def test_no_two_enter_the_parallel_lane(qtbot: QtBot, learner: Learner) -> None:
    machine = learner.compute._lane.machine
    with machine:
        learner.start()
        assert not learner.frames
    wait_for_frames(qtbot, learner, 1)
    assert not machine.acquire(blocking=False)
    pause(qtbot, learner)
    qtbot.waitUntil(lambda: not machine.locked())


def test_an_error_in_the_trainer_is_told_and_raised_in_the_window(
    qtbot: QtBot, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("broken on purpose")

    monkeypatch.setattr(Session, "advance", broken)
    with qtbot.captureExceptions() as caught, qtbot.waitSignal(learner.compute.failed):
        learner.start()
    qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is ZeroDivisionError
    assert not learner.compute.is_running


def test_a_larger_data_set_trains_too(qtbot: QtBot) -> None:
    learner = Learner(BuiltInData("admission", 5_000))
    learner.start()
    wait_for_frames(qtbot, learner, 2)
    learner.close()


def test_compute_without_work_has_no_thread_and_no_timer(qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    compute = Compute()
    assert set(threading.enumerate()) == before
    compute.shutdown()


class Preparation:
    """A preparation of kernels that ends when it is let go."""

    def __init__(self) -> None:
        self.may_end = threading.Event()

    def __call__(self, _kernel: Kernel, _dtype: DType, is_over: threading.Event) -> None:
        while not self.may_end.wait(0.005) and not is_over.is_set():
            pass


@pytest.fixture
def preparation() -> Preparation:
    return Preparation()


@pytest.fixture
def fast(qtbot: QtBot, preparation: Preparation) -> Generator[Learner]:
    """A learner whose document asks for the compiled kernel, and would learn for long."""
    for dtype in DTYPES:
        load_kernel("numba", dtype)  # what is compiled only now would keep the lane for long
    learner = Learner(warmth=KernelWarmth(prepare=preparation))
    learner.document.apply(edits.set_learning(kernel="numba", learning_rate=1e-30, regularization="l1"))
    learner.document.apply(edits.set_learning(regularization_rate=1e-9, stop_epochs=None))
    yield learner
    learner.close()


def test_numpy_trains_until_the_kernel_is_ready(
    qtbot: QtBot, fast: Learner, preparation: Preparation
) -> None:
    fast.document.apply(edits.set_learning(learning_rate=0.001))
    fast.start()
    wait_for_frames(qtbot, fast, 2)
    assert {frame.kernel for frame in fast.frames} == {"numpy"}
    before = fast.frames[-1]
    preparation.may_end.set()
    qtbot.waitUntil(lambda: fast.frames[-1].kernel == "numba" or not runs(fast))
    first = next(frame for frame in fast.frames if frame.kernel == "numba")
    assert first.state.step_count > before.state.step_count
    assert first.epoch > before.epoch
    steps = [frame.state.step_count for frame in fast.frames]
    assert steps == sorted(steps)


def test_the_run_goes_the_same_way_whoever_trained_when(
    qtbot: QtBot, fast: Learner, preparation: Preparation
) -> None:
    fast.document.apply(edits.set_learning(learning_rate=0.001, stop_epochs=150))
    document = fast.document
    plain = Session(document.experiment, fast.bound, document.state, kernel="numpy")
    fast.start()
    wait_for_frames(qtbot, fast, 2)
    preparation.may_end.set()
    qtbot.waitUntil(lambda: not runs(fast))
    plain.advance(lambda: False, 1e9)
    assert document.state.step_count == plain.state.step_count
    np.testing.assert_allclose(
        document.parameters.weights, plain.state.parameters.weights, rtol=1e-9, atol=1e-12
    )


def test_a_kernel_that_cannot_be_prepared_leaves_numpy_at_work(qtbot: QtBot) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken on purpose")

    learner = Learner(warmth=KernelWarmth(prepare=broken))
    learner.document.apply(edits.set_learning(kernel="numba"))
    learner.start()
    qtbot.waitUntil(lambda: learner.compute.warmth.state("numba", "float64") == "failed")
    wait_for_frames(qtbot, learner, 2)
    assert learner.frames[-1].kernel == "numpy"
    learner.close()


def test_the_kernel_and_its_type_change_while_it_trains(
    qtbot: QtBot, fast: Learner, preparation: Preparation
) -> None:
    preparation.may_end.set()
    document = fast.document
    document.apply(edits.set_learning(optimizer="adam", learning_rate=1e-9, kernel="numpy"))
    fast.start()
    wait_for_frames(qtbot, fast, 2)

    def trains_with(kernel: Kernel, dtype: DType) -> bool:
        if not runs(fast):  # so fast that it has converged
            fast.start()
        return (fast.frames[-1].kernel, fast.frames[-1].dtype) == (kernel, dtype)

    choices: list[tuple[Kernel, DType]] = [("numba", "float64"), ("numba", "float32"), ("numpy", "float64")]
    for kernel, dtype in choices:
        before = fast.frames[-1].state
        document.apply(edits.set_learning(kernel=kernel, dtype=dtype))
        qtbot.waitUntil(partial(trains_with, kernel, dtype))
        after = fast.frames[-1].state
        assert after.step_count > before.step_count
        assert len(after.moments) == 2
        assert after.moments[1].weights.any()


def test_whoever_needs_the_machine_alone_gets_it(qtbot: QtBot, learner: Learner) -> None:
    compute = learner.compute
    learner.start()
    wait_for_frames(qtbot, learner, 1)
    answers: list[int] = []
    with qtbot.waitSignals([compute.paused, compute.alone_began]):
        compute.alone(True)
    assert compute.is_alone
    assert not runs(learner)
    assert compute.machine.locked()
    learner.start()
    assert not runs(learner)
    compute.background.run(lambda: 7, answers.append)
    with qtbot.waitSignal(compute.background.idle):
        assert answers == []
        compute.alone(False)
    assert answers == [7]
    assert not compute.machine.locked()
    assert not runs(learner)  # learning does not go on by itself
    learner.start()
    wait_for_frames(qtbot, learner, 1)


def test_a_wish_to_be_alone_can_be_taken_back_at_once(qtbot: QtBot, learner: Learner) -> None:
    compute = learner.compute
    with qtbot.assertNotEmitted(compute.alone_began):
        compute.alone(True)
        compute.alone(False)
        compute.alone(False)
    learner.start()
    wait_for_frames(qtbot, learner, 1)
    pause(qtbot, learner)
    with qtbot.waitSignal(compute.alone_began):
        compute.alone(True)
    learner.close()  # and nothing hangs


def test_a_kernel_that_is_lost_in_mid_run_is_told_in_a_sentence(
    qtbot: QtBot, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.start()
    wait_for_frames(qtbot, learner, 2)

    def lost(*_: object) -> None:
        raise UnavailableError(Reason("The GPU {name} was lost.", {"name": "X"}))

    seen = learner.document.parameters
    with qtbot.waitSignal(learner.compute.failed) as told:
        monkeypatch.setattr(Session, "advance", lost)
    assert told.args is not None
    assert sentence(told.args[0]) == "The GPU X was lost."
    assert not runs(learner)
    assert learner.document.parameters.weights.shape == seen.weights.shape
    monkeypatch.undo()
    learner.start()
    wait_for_frames(qtbot, learner, 1)


def test_at_a_pace_it_learns_no_faster_and_pauses_at_once(qtbot: QtBot, learner: Learner) -> None:
    compute, pace = learner.compute, 20.0
    compute.set_pace(pace)
    began = monotonic()
    learner.start()
    wait_for_frames(qtbot, learner, 12)
    spent = monotonic() - began
    assert learner.frames[-1].epoch <= pace * (spent + DEBT_S) + 1
    compute.set_pace(1e-3)  # the next batch would be due in a minute
    asked = monotonic()
    pause(qtbot, learner)
    assert monotonic() - asked < 5.0
    assert not runs(learner)


def test_a_pace_does_not_change_what_is_learned(qtbot: QtBot, learner: Learner) -> None:
    document = learner.document
    session = Session(document.experiment, learner.bound, document.state)
    learner.compute.set_pace(30.0)
    learner.start()
    wait_for_frames(qtbot, learner, 5)
    pause(qtbot, learner)
    while session.state.step_count < document.state.step_count:
        session.run_batch()
    assert session.state.parameters == document.parameters


def test_as_fast_as_possible_again_takes_hold_at_once(qtbot: QtBot, learner: Learner) -> None:
    learner.compute.set_pace(1e-3)
    learner.start()
    wait_for_frames(qtbot, learner, 1)
    learner.compute.set_pace(None)
    wait_for_frames(qtbot, learner, 5)
    pause(qtbot, learner)
    assert learner.compute.epoch > 1
