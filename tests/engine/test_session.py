"""Training runs: order of rows, pausing, stopping, live changes, and runs of another program."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from kernels import oracle
from playground.engine.history import LIMIT
from playground.engine.session import Session
from playground.engine.stopping import WINDOW_EPOCHS
from playground.engine.trace import trace
from playground.model.dataset import BoundData
from playground.model.experiment import Experiment, Learning
from playground.model.keys import OPTIMIZERS, Optimizer
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from playground.model.trace import LearnerState
from tests.kernels.reference_runs import NAMES, read_run
from tests.strategies import bound_data, dense_network, random_case

FOREVER = 1e9
N_ROWS = 25
NETWORK = dense_network((2, 3, 1), "tanh", "linear")


def never() -> bool:
    return False


def rows(count: int = N_ROWS, tests: int = 5) -> BoundData:
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(count + tests, 2))
    targets = np.sin(inputs[:, :1] + inputs[:, 1:])
    return bound_data(inputs[:count], targets[:count], inputs[count:], targets[count:])


def start(network: Network = NETWORK, seed: int = 1) -> LearnerState:
    weights = np.random.default_rng(seed).normal(size=len(network.parameter_ids))
    return LearnerState(Parameters(0.5 * weights, np.zeros(len(network.nodes))))


def session(bound: BoundData | None = None, seed: int = 0, **settings: object) -> Session:
    learning = Learning(**settings)  # type: ignore[arg-type]  # settings by name
    return Session(Experiment(NETWORK, learning=learning, seed=seed), bound or rows(), start())


def stop_after(batches: int) -> Iterator[bool]:
    """What a stop flag says when it is looked at after each batch."""
    yield from [False] * (batches - 1)
    while True:
        yield True


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Floats]:
    """The inputs of every batch that is trained."""
    batches: list[Floats] = []
    original = oracle.gradients

    def watched(*values: object) -> object:
        batches.append(values[4])  # type: ignore[arg-type]  # the inputs
        return original(*values)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr(oracle, "gradients", watched)
    return batches


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_same_seed_gives_the_same_bits(optimizer: Optimizer) -> None:
    first, second, other = (session(seed=seed, optimizer=optimizer) for seed in (4, 4, 5))
    for run in (first, second, other):
        for _ in range(5):
            run.run_epoch()
    assert first.state.parameters == second.state.parameters
    np.testing.assert_array_equal(first.snapshot().history, second.snapshot().history)
    assert first.state.parameters != other.state.parameters


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batches", [1, 3, 4, 8])
def test_a_run_taken_up_again_goes_the_same_way(optimizer: Optimizer, batches: int) -> None:
    whole, flag = session(optimizer=optimizer), stop_after(batches)
    cut = session(optimizer=optimizer)
    cut.advance(lambda: next(flag), FOREVER)
    taken_up = Session(cut.experiment, rows(), cut.state, cut.epoch, cut.snapshot().history)
    assert taken_up.epoch == pytest.approx(cut.epoch)
    for run in (whole, taken_up):
        while run.epoch < 5:
            run.run_batch()
    assert taken_up.state.parameters == whole.state.parameters
    assert taken_up.state.moments == whole.state.moments
    assert taken_up.state.step_count == whole.state.step_count


def test_each_epoch_sees_every_row_once_and_the_last_batch_is_smaller(seen: list[Floats]) -> None:
    bound = rows()
    run = session(bound, batch_size=10)
    for _ in range(3):
        run.run_epoch()
    assert [len(batch) for batch in seen] == [10, 10, 5] * 3
    epochs = [np.concatenate(seen[first : first + 3]) for first in (0, 3, 6)]
    for epoch in epochs:
        order = np.lexsort(epoch.T)
        np.testing.assert_array_equal(epoch[order], bound.train_inputs[np.lexsort(bound.train_inputs.T)])
    assert not np.array_equal(epochs[0], epochs[1])
    assert run.epoch == 3.0


def test_without_shuffling_rows_come_in_their_order(seen: list[Floats]) -> None:
    bound = rows()
    run = session(bound, shuffle=False, batch_size=10)
    run.run_epoch()
    run.run_epoch()
    np.testing.assert_array_equal(np.concatenate(seen), np.tile(bound.train_inputs, (2, 1)))


def test_inputs_and_targets_are_shuffled_together(monkeypatch: pytest.MonkeyPatch) -> None:
    # The targets are the first input: a single weight of 1 then never needs to change.
    network = Network.build([Node(1, "input"), Node(2, "output", "linear")], [Edge(1, 2, 1)])
    inputs = np.random.default_rng(0).normal(size=(30, 1))
    state = LearnerState(Parameters.of(network, {1: 1.0}, {}))
    run = Session(Experiment(network), bound_data(inputs, inputs), state)
    run.run_epoch()
    assert run.state.parameters == state.parameters


def test_a_batch_larger_than_the_data_is_all_of_it(seen: list[Floats]) -> None:
    run = session(batch_size=1000)
    run.run_batch()
    assert [len(batch) for batch in seen] == [N_ROWS]
    assert run.epoch == 1.0


@pytest.mark.parametrize("batches", [1, 2, 3, 7])
def test_a_stop_flag_acts_within_a_batch(batches: int) -> None:
    run, flag = session(), stop_after(batches)
    run.advance(lambda: next(flag), FOREVER)
    assert run.state.step_count == batches
    assert run.stopped is None


def test_a_stop_flag_acts_within_an_epoch() -> None:
    run, flag = session(), stop_after(2)
    run.run_epoch(lambda: next(flag))
    assert run.state.step_count == 2
    run.run_epoch()
    assert run.epoch == 1.0


def test_no_time_is_enough_for_one_batch() -> None:
    run = session()
    run.advance(never, 0.0)
    assert run.state.step_count == 1


def test_a_flag_set_by_another_thread_ends_it() -> None:
    run, flag, under_way = session(), threading.Event(), threading.Event()

    def should_stop() -> bool:
        under_way.set()
        return flag.is_set()

    worker = threading.Thread(target=run.advance, args=(should_stop, FOREVER))
    worker.start()
    assert under_way.wait(30)
    flag.set()
    worker.join(30)
    assert not worker.is_alive()
    assert run.state.step_count >= 1


def test_it_stops_after_its_epochs() -> None:
    run = session(stop_epochs=7)
    run.advance(never, FOREVER)
    assert (run.stopped, run.epoch) == ("epochs", 7.0)
    count = run.state.step_count
    run.advance(never, FOREVER)
    assert run.state.step_count == count
    assert Session(run.experiment, rows(), run.state, 7.0).stopped is None
    again = Session(run.experiment, rows(), run.state, 7.0)
    again.advance(never, FOREVER)
    assert (again.stopped, again.state.step_count) == ("epochs", count)


def test_it_stops_at_its_loss() -> None:
    run = session(stop_loss=0.05, learning_rate=0.1)
    run.advance(never, FOREVER)
    history = run.snapshot().history
    assert run.stopped == "loss"
    assert history[-1, 1] <= 0.05 < history[:-1, 1].min()


def test_one_batch_and_one_epoch_can_be_asked_for_after_a_stop() -> None:
    run = session(stop_epochs=1)
    run.advance(never, FOREVER)
    run.run_batch()
    assert run.epoch == 1.0 + 10 / N_ROWS
    run.run_epoch()
    assert run.epoch == 2.0


def test_convergence_is_noticed() -> None:
    bound, plane = rows(), dense_network((2, 1), "linear", "linear")
    learning = Learning(learning_rate=0.1, batch_size=1000)
    run = Session(Experiment(plane, learning=learning), bound, start(plane))
    run.advance(never, FOREVER)
    assert run.stopped == "converged"
    # The best plane through the points, by least squares.
    columns = np.hstack([bound.train_inputs, np.ones((N_ROWS, 1))])
    best = np.linalg.lstsq(columns, bound.train_targets)[1][0] / (2 * N_ROWS)
    assert run.snapshot().train_loss == pytest.approx(best, rel=1e-3)


def test_nothing_left_to_learn_is_convergence() -> None:
    network = Network.build([Node(1, "input"), Node(2, "output", "linear")], [Edge(1, 2, 1, trainable=False)])
    state = LearnerState(Parameters.zeros(network))
    run = Session(
        Experiment(network), bound_data(np.array([[-1.0], [1.0]]), np.array([[-1.0], [1.0]])), state
    )
    run.advance(never, FOREVER)
    assert (run.stopped, run.epoch) == ("converged", WINDOW_EPOCHS + 1.0)


def test_divergence_is_noticed_and_leaves_finite_values() -> None:
    bound = rows()
    linear = dense_network((2, 3, 1), "linear", "linear")
    for rate in (30.0, 1e200):
        run = Session(Experiment(linear, learning=Learning(learning_rate=rate)), bound, start(linear))
        run.advance(never, FOREVER)
        assert run.stopped == "diverged"
        parameters = run.state.parameters
        assert np.isfinite(parameters.weights).all()
        assert np.isfinite(parameters.biases).all()
        count = run.state.step_count
        run.run_batch()
        run.run_epoch()
        run.advance(never, FOREVER)
        assert (run.stopped, run.state.step_count) == ("diverged", count)


def test_changed_settings_keep_weights_memory_and_place() -> None:
    run, flag = session(optimizer="adam"), stop_after(5)
    run.advance(lambda: next(flag), FOREVER)
    learning = replace(run.experiment.learning, learning_rate=0.5, batch_size=4, regularization="l2")
    changed = run.with_experiment(replace(run.experiment, learning=learning), rows())
    assert changed.state.parameters == run.state.parameters
    assert changed.state.moments == run.state.moments
    assert changed.state.step_count == 5
    assert changed.epoch == run.epoch
    np.testing.assert_array_equal(changed.snapshot().history[:, :2], run.snapshot().history[:, :2])
    changed.run_batch()
    assert changed.epoch == pytest.approx(run.epoch + 4 / N_ROWS)


def test_another_optimizer_keeps_weights_and_begins_its_memory_anew() -> None:
    run = session(optimizer="momentum")
    run.run_epoch()
    learning = replace(run.experiment.learning, optimizer="adam")
    changed = run.with_experiment(replace(run.experiment, learning=learning), rows())
    assert changed.state.parameters == run.state.parameters
    assert changed.state.step_count == 0
    assert len(changed.state.moments) == 2
    assert not any(moment.weights.any() for moment in changed.state.moments)
    fresh = Session(changed.experiment, rows(), LearnerState(run.state.parameters), run.epoch)
    changed.run_batch()
    fresh.run_batch()
    assert changed.state.parameters == fresh.state.parameters


def test_another_network_keeps_what_both_have_by_id() -> None:
    run = session(optimizer="momentum")
    run.run_epoch()
    kept = [edge for edge in NETWORK.edges.values() if edge.source != 3]
    nodes = [*NETWORK.nodes.values(), Node(50, "hidden", "relu")]
    network = Network.build(nodes, [Edge(1, 50, 70), Edge(50, 6, 71), *kept])
    changed = run.with_experiment(replace(run.experiment, network=network), rows(), {70: 0.25}, {50: -1.0})
    state, before = changed.state, run.state
    for edge in kept:
        assert state.parameters.weight(network, edge.key) == before.parameters.weight(NETWORK, edge.key)
        assert state.moments[0].weight(network, edge.key) == before.moments[0].weight(NETWORK, edge.key)
    for node in NETWORK.nodes:
        assert state.parameters.bias(network, node) == before.parameters.bias(NETWORK, node)
    assert state.parameters.weight(network, (1, 50)) == 0.25
    assert state.parameters.weight(network, (50, 6)) == 0.0
    assert state.parameters.bias(network, 50) == -1.0
    changed.run_epoch()
    assert changed.epoch == 2.0


def test_other_rows_begin_their_epoch_anew(seen: list[Floats]) -> None:
    run = session()
    run.run_batch()
    changed = run.with_experiment(run.experiment, rows(40))
    assert changed.epoch == 0.0
    changed.run_epoch()
    assert [len(batch) for batch in seen[1:]] == [10, 10, 10, 10]


@pytest.mark.parametrize("name", NAMES)
def test_it_reproduces_the_runs_of_another_program(name: str) -> None:
    recorded = read_run(name)
    bound = bound_data(
        recorded.train_inputs, recorded.train_targets, recorded.test_inputs, recorded.test_targets
    )
    learning = replace(recorded.experiment.learning, stop_epochs=len(recorded.loss_train) - 1)
    run = Session(replace(recorded.experiment, learning=learning), bound, LearnerState(recorded.start))
    run.advance(never, FOREVER)
    history = run.snapshot().history
    np.testing.assert_array_equal(history[:, 0], np.arange(len(recorded.loss_train)))
    np.testing.assert_allclose(history[:, 1], recorded.loss_train, rtol=1e-9)
    np.testing.assert_allclose(history[:, 2], recorded.loss_test, rtol=1e-9)
    np.testing.assert_allclose(run.state.parameters.weights, recorded.end.weights, rtol=1e-9, atol=1e-12)


def test_its_losses_are_those_of_a_trace_over_all_rows() -> None:
    for seed in range(15):
        case = random_case(np.random.default_rng(seed), n_rows=12)
        learning = Learning(loss=case.loss, regularization="l1", regularization_rate=0.1)
        experiment, bound = Experiment(case.network, learning=learning), bound_data(case.inputs, case.targets)
        run = Session(experiment, bound, LearnerState(case.parameters))
        run.run_batch()
        taken = run.snapshot(generation=6)
        done = trace(experiment, run.state, bound, range(12))
        assert taken.generation == 6
        assert taken.train_loss == pytest.approx(done.loss, rel=1e-12)
        assert taken.penalty == pytest.approx(done.penalty, rel=1e-12)
        assert np.isnan(taken.test_loss)


def test_a_snapshot_does_not_change_when_training_goes_on() -> None:
    run = session(optimizer="adam")
    run.run_epoch()
    taken = run.snapshot()
    kept = [array.copy() for array in (taken.history, taken.state.parameters.weights)]
    moments = [moment.weights.copy() for moment in taken.state.moments]
    for _ in range(3):
        run.run_epoch()
    np.testing.assert_array_equal(taken.history, kept[0])
    np.testing.assert_array_equal(taken.state.parameters.weights, kept[1])
    np.testing.assert_array_equal([m.weights for m in taken.state.moments], moments)
    assert taken.epoch == 1.0
    assert run.snapshot().train_loss != taken.train_loss


def test_the_history_gains_no_point_when_nothing_was_trained() -> None:
    run = session()
    assert len(run.snapshot().history) == 1
    run.run_epoch()
    count = len(run.snapshot().history)
    for _ in range(3):
        run.snapshot()
    again = Session(run.experiment, rows(), run.state, run.epoch, run.snapshot().history)
    changed = run.with_experiment(run.experiment, rows())
    assert count == len(run.snapshot().history) == len(again.snapshot().history) == 2
    assert len(changed.snapshot().history) == 2


def test_points_past_the_place_where_it_is_taken_up_are_dropped() -> None:
    run = session()
    for _ in range(4):
        run.run_epoch()
    again = Session(run.experiment, rows(), start(), 2.0, run.snapshot().history)
    np.testing.assert_array_equal(again.snapshot().history[:, 0], [0.0, 1.0, 2.0])


def test_a_long_history_stays_within_its_room() -> None:
    bound = bound_data(np.array([[0.5, 1.0]]), np.array([[3.0]]))
    run = session(bound, learning_rate=1e-5, stop_epochs=3 * LIMIT)
    run.advance(never, FOREVER)
    history = run.snapshot().history
    assert len(history) <= LIMIT
    assert (history[0, 0], history[-1, 0]) == (0.0, 3.0 * LIMIT)


def test_scoring_a_large_test_set_does_not_dominate(monkeypatch: pytest.MonkeyPatch) -> None:
    passed = []
    original = oracle.forward

    def counted(
        graph: object, weights: object, biases: object, inputs: Floats, kept: object = None
    ) -> object:
        passed.append(len(inputs))
        return original(graph, weights, biases, inputs, kept)  # type: ignore[arg-type]  # passed on as they came

    run = session(rows(20, 400))
    monkeypatch.setattr(oracle, "forward", counted)
    epochs, flag = 70, stop_after(70 * 2)
    run.advance(lambda: next(flag), FOREVER)
    assert run.epoch == epochs
    trained, scored = 20 * epochs, sum(passed) - 20 * epochs
    # A training step is a pass forward, one back, and the gradients: about three passes.
    assert 0 < scored <= 3 * trained
    assert run.snapshot().history[-1, 0] == 70.0


def test_accuracy_is_judged_alike_for_training_and_test_rows() -> None:
    network = dense_network((2, 3, 1), "tanh", "sigmoid")
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(60, 2))
    targets = (inputs.sum(axis=1, keepdims=True) > 0).astype(np.float64)
    bound = bound_data(inputs[:40], targets[:40], inputs[40:], targets[40:])
    learning = Learning(loss="cross_entropy", learning_rate=0.5)
    run = Session(Experiment(network, learning=learning), bound, start(network))
    for _ in range(60):
        run.run_epoch()
    taken = run.snapshot()
    assert taken.train_accuracy > 0.9
    assert taken.test_accuracy > 0.9
    np.testing.assert_array_equal(
        taken.history[-1], [60, taken.train_loss, taken.test_loss, taken.train_accuracy, taken.test_accuracy]
    )
    assert taken.epochs_per_second > 0
    assert np.isnan(session().snapshot().train_accuracy)
