"""The oracle against `autograd`, central differences, and its own parts cut differently."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest

from kernels import blocks, graph, oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from kernels.dropout import Dropout, kept
from playground.engine.compile import compile_graph
from playground.model.experiment import Learning
from playground.model.keys import ACTIVATIONS, LOSSES, REGULARIZATIONS, Loss, Regularization
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters
from tests.kernels.autograd_reference import assert_close, reference
from tests.strategies import Case, random_case

N_CASES = 240
KINKED = ("relu", "leaky_relu")


def loss_and_gradients(case: Case, learning: Learning) -> tuple[float, Floats, Floats]:
    """Loss with its penalty, and the gradients of weights and biases, by the code under test."""
    compiled, loss = compile_graph(case.network), LOSS_CODES[case.loss]
    weights, biases = case.parameters.weights, case.parameters.biases
    code, rate = REGULARIZATION_CODES[learning.regularization], learning.regularization_rate
    done = oracle.forward(compiled, weights, biases, case.inputs)
    losses = oracle.output_losses(compiled, loss, done, case.targets).sum(axis=1)
    back = oracle.backward(compiled, weights, loss, done, case.targets)
    return (
        float(losses.mean()) + oracle.penalty(code, rate, weights),
        back.weight_gradients + oracle.penalty_gradients(code, rate, weights),
        back.bias_gradients,
    )


def settings(seed: int) -> tuple[Loss, Learning]:
    """Every loss with every regularization, in turn."""
    loss = get_args(Loss)[seed % 3]
    regularization: Regularization = REGULARIZATIONS[seed // 3 % 3]
    return loss, Learning(loss=loss, regularization=regularization, regularization_rate=0.07)


@pytest.mark.parametrize("seed", range(N_CASES))
def test_agrees_with_autograd(seed: int) -> None:
    loss, learning = settings(seed)
    case = random_case(np.random.default_rng(seed), loss)
    expected = reference(case, learning)
    objective, of_weights, of_biases = loss_and_gradients(case, learning)
    assert objective == pytest.approx(expected.objective, rel=1e-10)
    assert_close(of_weights, expected.weights)
    assert_close(of_biases, expected.biases)
    compiled = compile_graph(case.network)
    done = oracle.forward(compiled, case.parameters.weights, case.parameters.biases, case.inputs)
    back = oracle.backward(compiled, case.parameters.weights, LOSS_CODES[loss], done, case.targets)
    assert_close(back.dl_da, expected.dl_da)
    assert_close(back.dl_dz, expected.dl_dz)


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_autograd_where_nodes_are_left_out(seed: int) -> None:
    loss, learning = settings(seed)
    case = random_case(np.random.default_rng(seed), loss)
    compiled, code = compile_graph(case.network), LOSS_CODES[loss]
    ids = np.array(case.network.node_ids, np.int64)
    masks = kept(Dropout(0.4, seed, ids), compiled, 1 + seed, np.arange(len(case.inputs)))
    expected = reference(case, replace(learning, regularization="none"), masks)
    weights, biases = case.parameters.weights, case.parameters.biases
    done = oracle.forward(compiled, weights, biases, case.inputs, masks)
    back = oracle.backward(compiled, weights, code, done, case.targets)
    assert_close(back.weight_gradients, expected.weights)
    assert_close(back.bias_gradients, expected.biases)
    assert_close(back.dl_da, expected.dl_da)
    assert_close(back.dl_dz, expected.dl_dz)


def test_the_random_cases_have_everything_in_them() -> None:
    cases = [random_case(np.random.default_rng(seed), settings(seed)[0]) for seed in range(N_CASES)]
    networks = [case.network for case in cases]
    assert {node.activation for n in networks for node in n.nodes.values()} == set(ACTIVATIONS)
    assert {settings(seed)[1].regularization for seed in range(N_CASES)} == set(REGULARIZATIONS)
    assert {case.loss for case in cases} == set(LOSSES)
    assert sum(len(n.parameter_ids) < len(n.edges) for n in networks) > 100
    assert sum(len(n.outputs) > 1 for n in networks) > 100
    assert sum(any(n.depth[t] - n.depth[s] > 1 for s, t in n.edges) for n in networks) > 100
    assert sum(any(not edge.trainable for edge in n.edges.values()) for n in networks) > 50
    assert sum(any(not n.incoming[node] for node in n.outputs) for n in networks) > 5
    assert {len(case.inputs) for case in cases} >= {1, 2, 7}


@pytest.mark.parametrize("seed", range(60))
def test_agrees_with_central_differences(seed: int) -> None:
    loss, learning = settings(seed)
    rng = np.random.default_rng(1000 + seed)
    case = random_case(rng, loss)
    while near_a_kink(case):
        case = random_case(rng, loss)
    _, of_weights, of_biases = loss_and_gradients(case, learning)
    found = np.concatenate([of_weights, of_biases])
    inputs = [len(of_weights) + case.network.node_index[node] for node in case.network.inputs]
    slopes = np.array([slope(case, learning, place) for place in range(len(found))])
    slopes[inputs] = 0.0
    np.testing.assert_allclose(found, slopes, rtol=1e-5, atol=1e-6 * max(1.0, np.abs(found).max()))


def near_a_kink(case: Case) -> bool:
    """Whether a small step could cross the corner of a ReLU or of an absolute weight."""
    done = oracle.forward(
        compile_graph(case.network), case.parameters.weights, case.parameters.biases, case.inputs
    )
    kinked = [i for i, node in enumerate(case.network.nodes.values()) if node.activation in KINKED]
    corners = np.abs(done.sums[:, kinked]).min(initial=np.inf) < 1e-3
    return bool(corners or np.abs(case.parameters.weights).min(initial=np.inf) < 1e-3)


def slope(case: Case, learning: Learning, place: int) -> float:
    """How the objective changes with one value, by a small step to either side."""
    step = 1e-6
    n_weights = len(case.parameters.weights)
    found = []
    for sign in (1.0, -1.0):
        values = np.concatenate([case.parameters.weights, case.parameters.biases])
        values[place] += sign * step
        moved = case._replace(parameters=Parameters(values[:n_weights], values[n_weights:]))
        found.append(loss_and_gradients(moved, learning)[0])
    return (found[0] - found[1]) / (2 * step)


def test_a_pass_by_hand() -> None:
    """Two inputs, one ReLU, one linear output, in numbers that can be checked in the head."""
    network = Network.build(
        [Node(1, "input"), Node(2, "input"), Node(3, "hidden", "relu"), Node(4, "output", "linear")],
        [Edge(1, 3, 1), Edge(2, 3, 2), Edge(3, 4, 3)],
    )
    compiled = compile_graph(network)
    weights, biases = np.array([2.0, -1.0, 3.0]), np.array([0.0, 0.0, 0.5, 1.0])
    done = oracle.forward(compiled, weights, biases, np.array([[1.0, 0.5]]))
    np.testing.assert_array_equal(done.sums, [[1.0, 0.5, 2.0, 7.0]])
    back = oracle.backward(compiled, weights, 0, done, np.array([[5.0]]))
    np.testing.assert_array_equal(back.dl_dz, [[12.0, -6.0, 6.0, 2.0]])
    np.testing.assert_array_equal(back.weight_gradients, [6.0, 3.0, 4.0])
    np.testing.assert_array_equal(back.bias_gradients, [0.0, 0.0, 6.0, 2.0])


@pytest.mark.parametrize("small", [1, 1000])
def test_blocks_of_either_kind_give_the_same(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything as matrices, or every mixed level ragged and in pieces of one row."""
    cases = [random_case(np.random.default_rng(seed)) for seed in range(40)]
    before = [loss_and_gradients(case, Learning()) for case in cases]
    monkeypatch.setattr(graph, "SMALL_BLOCK_EDGES", small)
    monkeypatch.setattr(blocks, "ELEMENTS", 1)
    kinds: set[type[blocks.Block]] = set()
    for case, (loss, of_weights, of_biases) in zip(cases, before, strict=True):
        kinds.update(type(b) for level in compile_graph(case.network).levels for b in level.blocks)
        again = loss_and_gradients(case, Learning())
        assert again[0] == pytest.approx(loss, rel=1e-12)
        assert_close(again[1], of_weights)
        assert_close(again[2], of_biases)
    assert (blocks.RaggedBlock in kinds) == (small > 1)


def test_gradients_over_many_rows_in_blocks_are_those_of_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    case = random_case(np.random.default_rng(5), n_rows=23)
    compiled, loss = compile_graph(case.network), LOSS_CODES[case.loss]
    values = case.parameters.weights, case.parameters.biases
    whole = oracle.gradients(compiled, *values, loss, case.inputs, case.targets)
    monkeypatch.setattr(oracle, "ELEMENTS", 5 * compiled.n_nodes)
    assert [rows.stop - rows.start for rows in oracle.row_blocks(compiled, 23)] == [5, 5, 5, 5, 3]
    parts = oracle.gradients(compiled, *values, loss, case.inputs, case.targets)
    assert_close(parts[0], whole[0])
    assert_close(parts[1], whole[1])


def test_edge_gradients_add_up_to_those_of_parameters() -> None:
    for seed in range(30):
        case = random_case(np.random.default_rng(seed))
        compiled = compile_graph(case.network)
        weights = case.parameters.weights
        done = oracle.forward(compiled, weights, case.parameters.biases, case.inputs)
        back = oracle.backward(compiled, weights, LOSS_CODES[case.loss], done, case.targets)
        by_edge = oracle.edge_gradients(compiled, done, back.dl_dz).mean(axis=0)
        total = np.zeros(len(weights))
        for place, edge in enumerate(case.network.edges.values()):
            total[case.network.parameter_index[edge.parameter]] += by_edge[place]
        assert_close(total, back.weight_gradients)


def test_a_shared_weights_penalty_counts_once_and_biases_none() -> None:
    weights = np.array([2.0, -3.0, 0.0])
    assert oracle.penalty(REGULARIZATION_CODES["l2"], 0.1, weights) == pytest.approx(0.65)
    assert oracle.penalty(REGULARIZATION_CODES["l1"], 0.1, weights) == pytest.approx(0.5)
    assert oracle.penalty(REGULARIZATION_CODES["none"], 0.1, weights) == 0.0
    np.testing.assert_allclose(
        oracle.penalty_gradients(REGULARIZATION_CODES["l2"], 0.1, weights), weights * 0.1
    )
    np.testing.assert_allclose(
        oracle.penalty_gradients(REGULARIZATION_CODES["l1"], 0.1, weights), [0.1, -0.1, 0.0]
    )
    assert not oracle.penalty_gradients(REGULARIZATION_CODES["none"], 0.1, weights).any()


def test_the_same_input_gives_the_same_bits() -> None:
    case = random_case(np.random.default_rng(9), n_rows=50)
    first, second = (loss_and_gradients(case, Learning()) for _ in range(2))
    assert first[0] == second[0]
    np.testing.assert_array_equal(first[1], second[1])
    np.testing.assert_array_equal(first[2], second[2])


@pytest.mark.parametrize("n_rows", [0, 1])
def test_networks_without_edges_or_nodes(n_rows: int) -> None:
    for nodes in ([], [Node(1, "input")], [Node(1, "hidden", "sigmoid")], [Node(1, "output", "tanh")]):
        compiled = compile_graph(Network.build(nodes))
        inputs = np.ones((n_rows, sum(node.role == "input" for node in nodes)))
        done = oracle.forward(compiled, np.zeros(0), np.zeros(len(nodes)), inputs)
        assert done.activations.shape == (n_rows, len(nodes))
        targets = np.ones((n_rows, sum(node.role == "output" for node in nodes)))
        back = oracle.backward(compiled, np.zeros(0), 0, done, targets)
        assert back.bias_gradients.shape == (len(nodes),)
