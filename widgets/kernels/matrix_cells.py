"""Which cell belongs to which edge or bias, which cell is beside which, and what a cell is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import numpy as np

from playground.model.matrices import Cell, NetworkMatrices
from playground.model.message import Message, message
from playground.model.network import EdgeKey
from playground.model.parameters import Parameters

Element = int | EdgeKey
"""An edge, or the node whose bias is meant."""

MOST_CELLS = 200
"""So many cells are looked for at once: more rings could not be told apart."""


def cells_of(matrices: NetworkMatrices, elements: Iterable[Element]) -> tuple[Cell, ...]:
    """The cells of edges and of nodes' biases; what has none is passed over."""
    network = matrices.network
    found: list[Cell] = []
    for element in islice(elements, MOST_CELLS):
        if isinstance(element, tuple):
            if element in network.edge_index:
                found.append(matrices.cell_of(network.edge_index[element]))
        elif element in network.node_index:
            found.extend(_bias_cell(matrices, network.node_index[element]))
    return tuple(found)


def element_at(matrices: NetworkMatrices, cell: Cell) -> Element | None:
    """The edge in a cell, or the node whose bias it is; None where the cell is empty."""
    matrix, network = matrices.matrices[cell.matrix], matrices.network
    if cell.row == matrix.n_rows:
        return network.node_ids[int(matrix.targets[cell.column])]
    edge = matrix.edge_at(cell.row, cell.column)
    return None if edge is None else network.edge_keys[edge]


def moved(matrices: NetworkMatrices, cell: Cell, down: int, right: int) -> Cell:
    """The cell beside a cell; past a table's side comes the next table, its ends are the last."""
    number, row, column = cell.matrix, cell.row + down, cell.column + right
    count = len(matrices.matrices)
    if column < 0 and number > 0:
        number -= 1
        column = matrices.matrices[number].n_columns - 1
    elif column >= matrices.matrices[number].n_columns and number + 1 < count:
        number, column = number + 1, 0
    matrix = matrices.matrices[number]
    return Cell(number, min(max(row, 0), matrix.n_rows), min(max(column, 0), matrix.n_columns - 1))


def describe_cell(matrices: NetworkMatrices, parameters: Parameters, cell: Cell) -> Message:
    """A cell in one sentence, for a screen reader."""
    network, matrix = matrices.network, matrices.matrices[cell.matrix]
    element = element_at(matrices, cell)
    if isinstance(element, int):
        name, bias = network.names[element], parameters.bias(network, element)
        return message("Bias of {node}: {bias}.", node=name, bias=bias)
    source = network.names[network.node_ids[int(matrix.sources[cell.row])]]
    target = network.names[network.node_ids[int(matrix.targets[cell.column])]]
    if element is None:
        return message("No edge from {source} to {target}.", source=source, target=target)
    return message(
        "From {source} to {target}: weight {weight}.",
        source=source,
        target=target,
        weight=parameters.weight(network, element),
    )


def _bias_cell(matrices: NetworkMatrices, node: int) -> list[Cell]:
    into = np.flatnonzero(matrices.network.topology.targets == node)[:1]
    if len(into) == 0:
        return []
    cell = matrices.cell_of(int(into[0]))
    return [Cell(cell.matrix, matrices.matrices[cell.matrix].n_rows, cell.column)]
