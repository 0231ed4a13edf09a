"""Index arrays of a network, against loops over its edges."""

from __future__ import annotations

import numpy as np
import pytest

from playground.model.network import CycleError, Edge, Network, Node
from tests.strategies import random_network


def test_arrays_say_what_the_edges_say() -> None:
    rng = np.random.default_rng(3)
    seen = 0
    for _ in range(30):
        network = random_network(rng)
        topology = network.topology
        for number, edge in enumerate(network.edges.values()):
            assert network.node_ids[topology.sources[number]] == edge.source
            assert network.node_ids[topology.targets[number]] == edge.target
            assert network.parameter_ids[topology.parameters[number]] == edge.parameter
            assert topology.trainable[number] == edge.trainable
            seen += 1
    assert seen > 100


def test_depth_is_the_longest_way() -> None:
    rng = np.random.default_rng(4)
    seen = 0
    for _ in range(30):
        network = random_network(rng)
        into = {node: [s for s, t in network.edges if t == node] for node in network.nodes}

        def longest(node: int, into: dict[int, list[int]] = into) -> int:
            return max((1 + longest(source, into) for source in into[node]), default=0)

        for node in network.nodes:
            assert network.depth[node] == longest(node)
            seen += 1
    assert seen > 100


def test_ids_far_apart_are_found_too() -> None:
    nodes = [Node(5, "input"), Node(2_000_000_000, "hidden"), Node(70, "output")]
    network = Network.build(nodes, [Edge(5, 2_000_000_000, 900_000_000), Edge(2_000_000_000, 70, 4)])
    assert network.topology.sources.tolist() == [0, 1]
    assert network.topology.targets.tolist() == [1, 2]
    assert network.topology.parameters.tolist() == [0, 1]
    assert list(network.layers) == [(5,), (2_000_000_000,), (70,)]


def test_a_circle_names_the_nodes_on_and_behind_it() -> None:
    nodes = [Node(1, "input"), Node(2, "hidden"), Node(3, "hidden"), Node(4, "output")]
    edges = [Edge(1, 2, 1), Edge(2, 3, 2), Edge(3, 2, 3), Edge(3, 4, 4)]
    with pytest.raises(CycleError) as raised:
        assert Network.build(nodes, edges).depth
    assert raised.value.nodes == (2, 3, 4)


def test_an_empty_network_has_empty_arrays() -> None:
    network = Network.build()
    assert len(network.topology.sources) == 0
    assert network.depth == {}
