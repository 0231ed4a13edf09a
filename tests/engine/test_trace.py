"""Traces: every number follows from the others, agrees with `autograd`, and leads to the same update."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from playground.engine.compile import compile_graph
from playground.engine.session import Session
from playground.engine.trace import next_state, trace, trace_values
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment, Learning
from playground.model.keys import OPTIMIZERS, REGULARIZATIONS, Optimizer, Regularization
from playground.model.message import sentence
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState, Trace
from tests.kernels.autograd_reference import FUNCTIONS, assert_close, reference
from tests.strategies import Case, bound_data, random_case

N_CASES = 60


def learning_of(case: Case, seed: int) -> Learning:
    return Learning(
        loss=case.loss,
        learning_rate=0.1,
        regularization=REGULARIZATIONS[seed % 3],
        regularization_rate=0.03,
        shuffle=False,
    )


def traced(seed: int) -> tuple[Case, Trace]:
    case = random_case(np.random.default_rng(seed))
    experiment = Experiment(case.network, learning=learning_of(case, seed))
    bound = bound_data(case.inputs, case.targets)
    return case, trace(experiment, LearnerState(case.parameters), bound, range(len(case.inputs)))


@pytest.mark.parametrize("seed", range(N_CASES))
def test_the_way_forward_follows_from_edge_to_edge(seed: int) -> None:
    case, done = traced(seed)
    network = case.network
    np.testing.assert_array_equal(done.inputs, case.inputs)
    for row in range(done.n_rows):
        products = done.products(row)
        for node, place in network.node_index.items():
            if network.nodes[node].role == "input":
                expected = case.inputs[row, network.inputs.index(node)]
            else:
                into = [products[network.edge_index[s, node]] for s in network.incoming[node]]
                expected = done.old.biases[place] + sum(into)
            assert done.sums[row, place] == pytest.approx(expected, rel=1e-12, abs=1e-12)
            value = FUNCTIONS[network.nodes[node].activation](done.sums[row, place])
            assert done.activations[row, place] == pytest.approx(float(value), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("seed", range(N_CASES))
def test_the_loss_follows_from_what_the_outputs_say(seed: int) -> None:
    case, done = traced(seed)
    outputs = [case.network.node_index[node] for node in case.network.outputs]
    said, t = done.probabilities, case.targets
    if case.loss == "softmax_cross_entropy":
        np.testing.assert_allclose(said.sum(axis=1), 1.0, rtol=1e-13)
        expected = -np.log(np.where(t > 0, said, 1.0)) * t
    else:
        np.testing.assert_array_equal(said, done.activations[:, outputs])
        expected = 0.5 * (said - t) ** 2
    if case.loss == "cross_entropy":
        expected = -t * np.log(said) - (1 - t) * np.log1p(-said)
    np.testing.assert_allclose(done.output_losses, expected, rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(done.losses, done.output_losses.sum(axis=1))
    assert done.loss == pytest.approx(done.losses.mean())
    assert done.has_answer


@pytest.mark.parametrize("seed", range(N_CASES))
def test_the_way_back_follows_from_edge_to_edge(seed: int) -> None:
    case, done = traced(seed)
    network, weights = case.network, done.old.edge_weights(case.network)
    for row in range(done.n_rows):
        for node, place in network.node_index.items():
            if network.nodes[node].role != "output":
                out = [network.edge_index[node, t] for t in network.outgoing[node]]
                ends = [network.node_index[t] for t in network.outgoing[node]]
                expected = sum(weights[e] * done.dl_dz[row, t] for e, t in zip(out, ends, strict=True))
                assert done.dl_da[row, place] == pytest.approx(expected, rel=1e-12, abs=1e-12)
    for edge, (source, target) in enumerate(network.edge_keys):
        s, t = network.node_index[source], network.node_index[target]
        np.testing.assert_array_equal(done.edge_gradients[:, edge], done.dl_dz[:, t] * done.activations[:, s])


@pytest.mark.parametrize("seed", range(N_CASES))
def test_gradients_are_means_over_the_rows_summed_over_sharing_edges(seed: int) -> None:
    case, done = traced(seed)
    network, learning = case.network, done.experiment.learning
    total = done.penalty_gradients.copy()
    for edge, mean in zip(network.edges.values(), done.edge_gradients.mean(axis=0), strict=True):
        total[network.parameter_index[edge.parameter]] += mean
    assert_close(done.weight_gradients, total)
    inputs = [network.node_index[node] for node in network.inputs]
    others = np.setdiff1d(np.arange(len(network.nodes)), inputs)
    assert_close(done.bias_gradients[others], done.dl_dz.mean(axis=0)[others])
    assert not done.bias_gradients[inputs].any()
    sizes = {"none": 0.0, "l1": np.abs(done.old.weights).sum(), "l2": 0.5 * (done.old.weights**2).sum()}
    expected = learning.regularization_rate * sizes[learning.regularization]
    assert done.penalty == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("seed", range(N_CASES))
def test_it_agrees_with_autograd(seed: int) -> None:
    case, done = traced(seed)
    expected = reference(case, done.experiment.learning)
    assert done.loss + done.penalty == pytest.approx(expected.objective, rel=1e-10)
    assert_close(done.weight_gradients, expected.weights)
    assert_close(done.bias_gradients, expected.biases)
    assert_close(done.dl_da, expected.dl_da)
    assert_close(done.dl_dz, expected.dl_dz)


@pytest.mark.parametrize("seed", range(N_CASES))
def test_new_values_are_one_step_down_the_gradient_and_held_ones_stay(seed: int) -> None:
    case, done = traced(seed)
    network = case.network
    still = {edge.parameter for edge in network.edges.values() if not edge.trainable}
    moves = np.array([parameter not in still for parameter in network.parameter_ids], bool)
    expected = done.old.weights - 0.1 * done.weight_gradients
    np.testing.assert_allclose(done.new.weights[moves], expected[moves], rtol=1e-14)
    np.testing.assert_array_equal(done.new.weights[~moves], done.old.weights[~moves])
    np.testing.assert_allclose(done.new.biases, done.old.biases - 0.1 * done.bias_gradients, rtol=1e-14)


def test_its_arrays_cannot_be_written_to() -> None:
    for answered in (True, False):
        case, done = traced(4)
        if not answered:
            done = trace_values(done.experiment, LearnerState(case.parameters), case.inputs[0])
        arrays = [getattr(done, field.name) for field in fields(Trace)]
        arrays = [array for array in arrays if isinstance(array, np.ndarray)]
        assert len(arrays) == 14
        assert not any(array.flags.writeable for array in arrays)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
def test_a_pass_over_a_batch_teaches_what_training_on_it_does(
    optimizer: Optimizer, regularization: Regularization
) -> None:
    case = random_case(np.random.default_rng(12), "cross_entropy", n_rows=10)
    learning = replace(learning_of(case, 0), optimizer=optimizer, regularization=regularization, batch_size=4)
    experiment = Experiment(case.network, learning=learning)
    bound, state = bound_data(case.inputs, case.targets), LearnerState(case.parameters)
    session = Session(experiment, bound, state)
    for batch in ([0, 1, 2, 3], [4, 5, 6, 7], [8, 9], [0, 1, 2, 3]):
        done = trace(experiment, state, bound, batch)
        state = next_state(done, state)
        session.run_batch()
        assert state.parameters == done.new == session.state.parameters
        assert state.moments == session.state.moments
        assert state.step_count == session.state.step_count


def test_new_values_depend_on_the_optimizers_memory() -> None:
    case = random_case(np.random.default_rng(12), "squared")
    experiment = Experiment(case.network, learning=Learning(optimizer="momentum"))
    bound, fresh = bound_data(case.inputs, case.targets), LearnerState(case.parameters)
    first = trace(experiment, fresh, bound, [0])
    remembering = next_state(first, fresh)
    forgetful = LearnerState(first.new)
    assert trace(experiment, remembering, bound, [0]).new != trace(experiment, forgetful, bound, [0]).new


def test_a_memory_of_another_optimizer_is_not_used() -> None:
    case = random_case(np.random.default_rng(12), "squared")
    experiment = Experiment(case.network, learning=Learning(optimizer="adam"))
    bound = bound_data(case.inputs, case.targets)
    stale = LearnerState(case.parameters, (case.parameters,), 90)
    fresh = LearnerState(case.parameters)
    assert trace(experiment, stale, bound, [0]).new == trace(experiment, fresh, bound, [0]).new


def test_a_kept_graph_gives_the_same_pass() -> None:
    case, done = traced(8)
    bound, state = bound_data(case.inputs, case.targets), LearnerState(case.parameters)
    rows = range(len(case.inputs))
    again = trace(done.experiment, state, bound, rows, compile_graph(case.network))
    np.testing.assert_array_equal(again.edge_gradients, done.edge_gradients)
    assert again.new == done.new


def test_rows_are_those_asked_for_in_that_order() -> None:
    case = random_case(np.random.default_rng(3), "squared", n_rows=6)
    bound, state = bound_data(case.inputs, case.targets), LearnerState(case.parameters)
    done = trace(case.experiment, state, bound, [4, 1])
    assert list(done.rows) == [4, 1]
    np.testing.assert_array_equal(done.inputs, case.inputs[[4, 1]])
    np.testing.assert_array_equal(done.targets, case.targets[[4, 1]])


def test_values_set_by_hand_with_their_answer_give_the_same_pass() -> None:
    case = random_case(np.random.default_rng(3), "squared", n_rows=6)
    bound, state = bound_data(case.inputs, case.targets), LearnerState(case.parameters)
    by_row = trace(case.experiment, state, bound, [2])
    by_hand = trace_values(case.experiment, state, case.inputs[2].tolist(), case.targets[2].tolist())
    assert list(by_hand.rows) == [-1]
    assert by_hand.new == by_row.new
    assert by_hand.loss == by_row.loss


def test_without_an_answer_it_goes_forward_only() -> None:
    case = random_case(np.random.default_rng(3), "squared", n_rows=6)
    state = LearnerState(case.parameters, (), 7)
    done = trace_values(case.experiment, state, case.inputs)
    np.testing.assert_array_equal(
        done.activations, trace_values(case.experiment, state, case.inputs, case.targets).activations
    )
    assert not done.has_answer
    assert np.isnan(done.targets).all()
    assert np.isnan([done.loss, *done.losses, *done.output_losses.ravel()]).all()
    for blame in (done.dl_da, done.dl_dz, done.edge_gradients, done.weight_gradients, done.bias_gradients):
        assert not blame.any()
    assert done.edge_gradients.shape == (6, len(case.network.edges))
    assert done.new == done.old == case.parameters
    assert next_state(done, state) is state


@pytest.mark.parametrize(
    ("change", "targets"),
    [
        ({}, [[np.nan]]),
        ({"loss": "cross_entropy"}, [[1.0]]),
        ({"loss": "softmax_cross_entropy"}, [[1.0]]),
    ],
)
def test_where_no_loss_can_be_worked_out_it_goes_forward_only(
    change: dict[str, str], targets: list[list[float]]
) -> None:
    network = Network.build([Node(1, "input"), Node(2, "output", "tanh")], [Edge(1, 2, 1)])
    experiment = Experiment(network, learning=Learning(**change))  # type: ignore[arg-type]  # keys by name
    state = LearnerState(Parameters.of(network, {1: 2.0}, {}))
    done = trace(experiment, state, bound_data(np.array([[1.0]]), np.array(targets)), [0])
    assert done.activations[0, 1] == np.tanh(2.0)
    assert not done.has_answer
    assert done.new == done.old


def test_a_network_without_outputs_edges_or_nodes_has_a_pass() -> None:
    for nodes in ([], [Node(1, "input")], [Node(1, "hidden", "sigmoid")]):
        network = Network.build(nodes)
        inputs = [3.0] * len(network.inputs)
        done = trace_values(Experiment(network), LearnerState(Parameters.zeros(network)), inputs)
        assert done.sums.shape == (1, len(nodes))
        assert not done.has_answer


def test_numbers_that_overflow_are_shown_and_no_warning_is_given() -> None:
    network = Network.build([Node(1, "input"), Node(2, "output", "linear")], [Edge(1, 2, 1)])
    state = LearnerState(Parameters.of(network, {1: 1e300}, {}))
    done = trace_values(Experiment(network), state, [1e300], [0.0])
    assert done.sums[0, 1] == np.inf


@pytest.mark.parametrize("row", [-1, 6, 100])
def test_a_row_that_is_not_there_is_refused(row: int) -> None:
    case = random_case(np.random.default_rng(3), "squared", n_rows=6)
    bound = bound_data(case.inputs, case.targets)
    with pytest.raises(TrainingError) as refused:
        trace(case.experiment, LearnerState(case.parameters), bound, [0, row])
    assert "the training data have 6 rows" in sentence(refused.value.message)


def test_no_row_and_wrong_counts_of_values_are_refused() -> None:
    case = random_case(np.random.default_rng(3), "squared", n_rows=6)
    state, bound = LearnerState(case.parameters), bound_data(case.inputs, case.targets)
    with pytest.raises(TrainingError, match="No example"):
        trace(case.experiment, state, bound, [])
    with pytest.raises(TrainingError, match="inputs, but"):
        trace_values(case.experiment, state, [0.0] * (len(case.network.inputs) + 1))
    with pytest.raises(TrainingError, match="outputs, but"):
        trace_values(case.experiment, state, case.inputs[0], [0.0] * (len(case.network.outputs) + 1))
