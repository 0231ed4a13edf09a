"""Graphs: levels, blocks, what is held, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from kernels.blocks import FullBlock, RaggedBlock
from kernels.graph import Graph
from playground.engine.compile import compile_graph
from tests.strategies import dense_network, random_network


def graph_of(pairs: list[tuple[int, int]], n_nodes: int, inputs: list[int], outputs: list[int]) -> Graph:
    sources, targets = np.array(pairs, np.intp).reshape(-1, 2).T
    return Graph.build(
        np.zeros(n_nodes, np.int64),
        sources,
        targets,
        np.arange(len(pairs)),
        np.ones(len(pairs), bool),
        np.array(inputs, np.intp),
        np.array(outputs, np.intp),
    )


def level_nodes(graph: Graph) -> list[list[int]]:
    """The nodes of each level that have an activation to work out."""
    places = np.arange(graph.n_nodes)
    return [sorted(int(n) for _, nodes in level.activations for n in places[nodes]) for level in graph.levels]


def test_levels_follow_the_longest_way() -> None:
    graph = graph_of([(0, 2), (2, 3), (0, 3), (1, 4), (3, 4)], 6, [0, 1], [4, 5])
    assert level_nodes(graph) == [[5], [2], [3], [4]]


def test_levels_are_those_of_the_network(rng: np.random.Generator) -> None:
    for _ in range(50):
        network = random_network(rng)
        expected = [
            sorted(network.node_index[node] for node in layer if network.nodes[node].role != "input")
            for layer in network.layers
        ]
        assert level_nodes(compile_graph(network)) == expected


def test_every_edge_is_in_one_block(rng: np.random.Generator) -> None:
    for _ in range(50):
        graph = compile_graph(random_network(rng))
        assert sorted(graph.block_parameters) == sorted(graph.parameters)


def test_a_dense_network_is_one_matrix_a_layer() -> None:
    graph = compile_graph(dense_network((3, 5, 4, 2)))
    blocks = [level.blocks for level in graph.levels]
    assert [len(level) for level in blocks] == [0, 1, 1, 1]
    matrix = blocks[1][0]
    assert isinstance(matrix, FullBlock)
    assert (matrix.sources, matrix.targets) == (slice(0, 3), slice(3, 8))
    # Edges were made by target, then by source; the matrix has a row for each source.
    np.testing.assert_array_equal(matrix.parameters, np.arange(15).reshape(5, 3).T)


def test_a_level_without_a_pattern_is_one_ragged_block(rng: np.random.Generator) -> None:
    pairs = [(int(s), 40 + t) for t in range(60) for s in rng.choice(40, 5, replace=False)]
    graph = graph_of(pairs, 100, list(range(40)), list(range(40, 100)))
    (block,) = graph.levels[1].blocks
    assert isinstance(block, RaggedBlock)
    assert len(block.parameters) == 300


def test_a_parameter_is_held_when_any_of_its_edges_is() -> None:
    graph = Graph.build(
        np.zeros(4, np.int64),
        np.array([0, 1, 0]),
        np.array([2, 2, 3]),
        np.array([0, 1, 0]),
        np.array([True, True, False]),
        np.array([0, 1]),
        np.array([2, 3]),
    )
    np.testing.assert_array_equal(graph.trainable, [False, True])
    # Parameter 0, then the biases of the inputs, which come after the two weights.
    np.testing.assert_array_equal(graph.held, [0, 2, 3])


@pytest.mark.parametrize(
    ("pairs", "sentence"),
    [
        ([(0, 1), (1, 2), (2, 1)], "circle"),
        ([(1, 1)], "circle"),
        ([(1, 0)], "into an input"),
        ([(3, 1)], "out of an output"),
        ([(0, 1), (0, 1)], "same pair"),
    ],
)
def test_refusals(pairs: list[tuple[int, int]], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        graph_of(pairs, 4, [0], [3])


def test_an_empty_graph_has_no_levels() -> None:
    graph = graph_of([], 0, [], [])
    assert graph.levels == ()
    assert graph.n_parameters == 0


def test_the_arrays_cannot_be_written_to_and_the_callers_still_can() -> None:
    sources, targets, first = np.array([0]), np.array([1]), np.array([0])
    graph = Graph.build(np.zeros(2, np.int64), sources, targets, first, np.ones(1, bool), first, targets)
    for array in (graph.sources, graph.targets, graph.parameters, graph.trainable, graph.held):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
    sources[0] = 0


def test_a_chain_as_long_as_the_limit() -> None:
    count = 10_000
    graph = graph_of([(i, i + 1) for i in range(count - 1)], count, [0], [count - 1])
    assert len(graph.levels) == count
