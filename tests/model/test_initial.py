"""The weights that learning starts from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.model.experiment import Learning
from playground.model.initial import initial_parameters, new_weights
from playground.model.network import Edge, Network, Node


def dense(inputs: int, outputs: int) -> Network:
    nodes = [Node(index + 1, "input") for index in range(inputs)]
    nodes += [Node(inputs + index + 1, "output") for index in range(outputs)]
    edges = [
        Edge(source.id, target.id, number + 1)
        for number, (source, target) in enumerate(
            (source, target) for source in nodes[:inputs] for target in nodes[inputs:]
        )
    ]
    return Network.build(nodes, edges)


def test_glorot_stays_within_its_limit_and_fills_it() -> None:
    parameters = initial_parameters(dense(40, 60), Learning(), 3)
    limit = np.sqrt(6 / (40 + 60))
    assert np.abs(parameters.weights).max() <= limit
    assert np.abs(parameters.weights).max() > 0.99 * limit
    # A uniform distribution on (-l, l) has the standard deviation l / sqrt(3).
    assert np.isclose(parameters.weights.std(), limit / np.sqrt(3), rtol=0.05)
    assert not parameters.biases.any()


def test_uniform_has_biases_and_zero_has_nothing() -> None:
    network = dense(20, 30)
    uniform = initial_parameters(network, Learning(initialization="uniform"), 0)
    assert 0.49 < np.abs(uniform.weights).max() <= 0.5
    assert np.array_equal(uniform.biases, [0.0] * 20 + [0.1] * 30)
    zero = initial_parameters(network, Learning(initialization="zero"), 0)
    assert not zero.weights.any()
    assert not zero.biases.any()


def test_a_seed_gives_the_same_bits() -> None:
    network = dense(5, 5)
    assert initial_parameters(network, Learning(), 7) == initial_parameters(network, Learning(), 7)
    assert initial_parameters(network, Learning(), 7) != initial_parameters(network, Learning(), 8)


def test_a_shared_weight_is_drawn_once() -> None:
    network = dense(3, 3)
    shared = [replace(edge, parameter=1) for edge in network.edges.values()]
    tied = Network.build(network.nodes.values(), shared)
    assert initial_parameters(tied, Learning(), 0).weights.shape == (1,)


def test_new_edges_differ_from_each_other() -> None:
    network = dense(3, 3)
    first = new_weights(network, [(1, 4)], Learning(), 0)
    second = new_weights(network, [(1, 5)], Learning(), 0)
    assert first != second
    assert first == new_weights(network, [(1, 4)], Learning(), 0)
    assert new_weights(network, [], Learning(), 0).shape == (0,)
