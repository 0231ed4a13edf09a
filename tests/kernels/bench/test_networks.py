"""The networks whose training is timed."""

from __future__ import annotations

import numpy as np
import pytest

from kernels import codes, oracle
from kernels.bench.networks import NETWORKS, DenseNetwork
from playground.engine.compile import compile_graph
from tests.strategies import dense_network


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.name)
def test_rows_and_values_fit_the_graph(network: DenseNetwork) -> None:
    graph, values, (inputs, targets) = network.graph(), network.values(), network.rows()
    assert values.shape == (graph.n_parameters + graph.n_nodes,)
    assert inputs.shape == (network.n_rows, network.sizes[0])
    assert targets.shape == (network.n_rows, network.sizes[-1])
    weights, biases = values[: graph.n_parameters], values[graph.n_parameters :]
    answers = oracle.answers(graph, network.loss, oracle.forward(graph, weights, biases, inputs))
    assert np.isfinite(answers).all()
    if network.loss == codes.SOFTMAX_CROSS_ENTROPY:
        assert (targets.sum(axis=1) == 1).all()
        assert len(np.unique(targets.argmax(axis=1))) == 10
    else:
        assert set(np.unique(targets)) == {-1.0, 1.0}


def test_a_dense_network_is_wired_as_the_program_wires_it() -> None:
    ours = DenseNetwork((2, 4, 2, 1), codes.TANH, codes.SIGMOID, codes.SQUARED, 10, 5).graph()
    drawn = compile_graph(dense_network((2, 4, 2, 1), "tanh", "sigmoid"))
    assert (ours.n_nodes, ours.n_parameters) == (drawn.n_nodes, drawn.n_parameters)
    assert (ours.activations == drawn.activations).all()
    pairs = zip(ours.sources, ours.targets, strict=True), zip(drawn.sources, drawn.targets, strict=True)
    assert set(pairs[0]) == set(pairs[1])
