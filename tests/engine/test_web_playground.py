"""The web playground's defaults, each against what its sources say, and that they are learned as it does."""

from __future__ import annotations

import numpy as np
import pytest

from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.session import Session
from playground.engine.web_playground import web_playground
from playground.model.experiment import BuiltInData, Learning
from playground.model.network import Network
from playground.model.parameters import Floats
from playground.model.trace import LearnerState


def test_its_network_and_settings_are_those_of_the_web() -> None:
    experiment, parameters = web_playground(Learning(kernel="numba", dtype="float32"))
    network, learning = experiment.network, experiment.learning
    assert [len(layer) for layer in network.layers] == [2, 4, 2, 1]
    assert [network.nodes[node].feature for node in network.inputs] == ["x1", "x2"]
    assert {node.activation for node in network.nodes.values() if node.role != "input"} == {"tanh"}
    assert experiment.data == BuiltInData("circle", 500, 0.0, 0.5)
    assert (learning.loss, learning.optimizer, learning.learning_rate) == ("squared", "sgd", 0.03)
    assert (learning.batch_size, learning.shuffle, learning.regularization) == (10, False, "none")
    assert (learning.dropout, learning.schedule.kind) == (0.0, "constant")
    assert (learning.kernel, learning.dtype) == ("numba", "float32")
    assert np.abs(parameters.weights).max() <= 0.5
    assert len(np.unique(parameters.weights)) == 2 * 4 + 4 * 2 + 2
    is_input = np.array([node.role == "input" for node in network.nodes.values()])
    assert (parameters.biases[~is_input] == 0.1).all()


def test_its_targets_are_minus_one_and_one_and_half_of_the_rows_are_learned_from() -> None:
    experiment, _ = web_playground(Learning())
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    assert len(bound.train_targets) == len(bound.test_targets) == 250
    assert set(np.unique(bound.train_targets)) == {-1.0, 1.0}
    inside = np.hypot(*bound.train_inputs.T) < 2.5
    np.testing.assert_array_equal(bound.train_targets[:, 0] > 0, inside)


def test_an_epoch_is_that_of_the_web_written_out_by_hand() -> None:
    """Ten rows after ten rows in order, each update by the mean of (y - t)^2 / 2, node by node."""
    experiment, parameters = web_playground(Learning())
    assert experiment.data is not None
    bound = bind(experiment.network, make_dataset(experiment.data))
    session = Session(experiment, bound, LearnerState(parameters))
    session.run_epoch()
    network, found = experiment.network, session.state.parameters
    weights = {
        edge: float(w) for edge, w in zip(network.edges, parameters.edge_weights(network), strict=True)
    }
    biases = dict(zip(network.node_ids, parameters.biases.tolist(), strict=True))
    for first in range(0, 250, 10):
        sums: dict[object, float] = {}
        for row in range(first, first + 10):
            _add_gradients(sums, network, weights, biases, bound.train_inputs[row], bound.train_targets[row])
        for edge in weights:
            weights[edge] -= 0.03 * sums[edge] / 10
        for node in biases:
            biases[node] -= 0.03 * sums.get(node, 0.0) / 10
    assert found.edge_weights(network) == pytest.approx(np.array(list(weights.values())), rel=1e-10)
    assert found.biases == pytest.approx(np.array(list(biases.values())), rel=1e-10, abs=1e-12)


def _add_gradients(
    sums: dict[object, float],
    network: Network,
    weights: dict[tuple[int, int], float],
    biases: dict[int, float],
    inputs: Floats,
    targets: Floats,
) -> None:
    """One row forward and back: a = tanh(z), dE/dz = (1 - a a) dE/da, dE/da = a - t at the output."""
    layers = network.layers
    answers = dict(zip(layers[0], inputs.tolist(), strict=True))
    for layer in layers[1:]:
        for node in layer:
            total = biases[node] + sum(w * answers[s] for (s, t), w in weights.items() if t == node)
            answers[node] = float(np.tanh(total))
    blame = {layers[-1][0]: answers[layers[-1][0]] - float(targets[0])}
    for layer in layers[:0:-1]:
        for node in layer:
            if node not in blame:
                blame[node] = sum(w * blame[t] for (s, t), w in weights.items() if s == node)
            blame[node] *= 1 - answers[node] ** 2
            sums[node] = sums.get(node, 0.0) + blame[node]
    for source, target in weights:
        sums[source, target] = sums.get((source, target), 0.0) + blame[target] * answers[source]
