"""A network's matrices hold every edge once and multiply to the sums that the oracle finds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels.oracle import forward
from playground.engine.compile import compile_graph
from playground.model.matrices import Cell, NetworkMatrices
from playground.model.network import CycleError, Edge, Network, Node
from playground.model.parameters import Parameters
from tests.strategies import random_network


def stack_of(*sizes: int) -> Network:
    """Layers joined fully, the one after the other."""
    layers, next_id = [], 1
    for size in sizes:
        layers.append(list(range(next_id, next_id + size)))
        next_id += size
    roles = ["input", *["hidden"] * (len(sizes) - 2), "output"]
    nodes = [Node(i, role) for role, layer in zip(roles, layers, strict=True) for i in layer]  # type: ignore[arg-type]  # the list holds roles
    pairs = [(s, t) for a, b in pairwise(layers) for s in a for t in b]
    return Network.build(nodes, [Edge(s, t, number) for number, (s, t) in enumerate(pairs)])


def parameters_of(generator: np.random.Generator, network: Network) -> Parameters:
    return Parameters(
        generator.normal(size=len(network.parameter_ids)), generator.normal(size=len(network.nodes))
    )


networks = st.builds(lambda seed: random_network(np.random.default_rng(seed)), st.integers(0, 10_000))


@given(networks)
def test_every_edge_stands_in_exactly_one_cell(network: Network) -> None:
    found = NetworkMatrices.of(network)
    seen = [
        (network.node_ids[matrix.sources[row]], network.node_ids[matrix.targets[column]])
        for matrix in found.matrices
        for row in range(matrix.n_rows)
        for column in range(matrix.n_columns)
        if matrix.edge_at(row, column) is not None
    ]
    assert sorted(seen) == sorted(network.edge_keys)
    for index, key in enumerate(network.edge_keys):
        cell = found.cell_of(index)
        matrix = found.matrices[cell.matrix]
        assert matrix.edge_at(cell.row, cell.column) == index
        assert network.node_ids[matrix.sources[cell.row]] == key[0]
        assert network.node_ids[matrix.targets[cell.column]] == key[1]


@given(networks, st.integers(0, 100))
def test_the_matrices_give_the_sums_of_the_oracle(network: Network, seed: int) -> None:
    generator = np.random.default_rng(seed)
    parameters = parameters_of(generator, network)
    inputs = generator.normal(size=(3, len(network.inputs)))
    truth = forward(compile_graph(network), parameters.weights, parameters.biases, inputs)
    found, weights = NetworkMatrices.of(network), parameters.edge_weights(network)
    reached = 0
    for matrix in found.matrices:
        a, w, b = (
            truth.activations[:, matrix.sources],
            matrix.dense(weights),
            found.biases(parameters, matrix),
        )
        z = a @ w + np.ones((3, 1)) @ b[None]
        np.testing.assert_allclose(z, truth.sums[:, matrix.targets], rtol=1e-12, atol=1e-12)
        reached += matrix.n_columns
    assert reached == len({target for _, target in network.edge_keys})


@given(networks)
def test_a_matrix_reads_only_levels_before_it(network: Network) -> None:
    for matrix in NetworkMatrices.of(network).matrices:
        targets = {network.depth[network.node_ids[i]] for i in matrix.targets.tolist()}
        sources = {network.depth[network.node_ids[i]] for i in matrix.sources.tolist()}
        assert len(targets) == 1
        assert max(sources) < min(targets)


@given(networks, st.data())
def test_a_window_is_a_part_of_the_whole(network: Network, data: st.DataObject) -> None:
    for matrix in NetworkMatrices.of(network).matrices:
        whole = np.full((matrix.n_rows, matrix.n_columns), -1)
        for row in range(matrix.n_rows):
            for column in range(matrix.n_columns):
                edge = matrix.edge_at(row, column)
                whole[row, column] = -1 if edge is None else edge
        top, left = data.draw(st.integers(0, matrix.n_rows)), data.draw(st.integers(0, matrix.n_columns))
        rows = slice(top, top + data.draw(st.integers(0, 9)))
        columns = slice(left, left + data.draw(st.integers(0, 9)))
        np.testing.assert_array_equal(matrix.window(rows, columns), whole[rows, columns])


def test_layers_are_a_stack_with_a_matrix_for_each_pair() -> None:
    found = NetworkMatrices.of(stack_of(3, 5, 4, 1))
    assert found.is_stack
    assert [(matrix.n_rows, matrix.n_columns) for matrix in found.matrices] == [(3, 5), (5, 4), (4, 1)]
    assert all(matrix.is_full for matrix in found.matrices)


def test_a_missing_edge_or_a_long_one_makes_levels() -> None:
    full = stack_of(2, 2, 1)
    missing = Network.build(full.nodes.values(), list(full.edges.values())[1:])
    longer = Network.build(full.nodes.values(), [*full.edges.values(), Edge(1, 5, 99)])
    assert not NetworkMatrices.of(missing).is_stack
    found = NetworkMatrices.of(longer)
    assert not found.is_stack
    assert [(matrix.n_rows, matrix.n_columns) for matrix in found.matrices] == [(2, 2), (3, 1)]


def test_what_lies_outside_is_no_cell() -> None:
    matrix = NetworkMatrices.of(stack_of(2, 3)).matrices[0]
    assert [matrix.edge_at(row, column) for row, column in ((-1, 0), (0, -1), (2, 0), (0, 3))] == [None] * 4


def test_no_edges_make_no_matrices_and_a_circle_is_refused() -> None:
    assert NetworkMatrices.of(Network.build([Node(1, "input"), Node(2, "output")])).matrices == ()
    assert NetworkMatrices.of(Network.build()).matrices == ()
    circle = Network.build([Node(1, "hidden"), Node(2, "hidden")], [Edge(1, 2, 1), Edge(2, 1, 2)])
    with pytest.raises(CycleError):
        NetworkMatrices.of(circle)


def test_a_cell_is_a_value() -> None:
    assert Cell(1, 2, 3) == Cell(1, 2, 3)
    assert len({Cell(1, 2, 3), Cell(1, 2, 3)}) == 1
