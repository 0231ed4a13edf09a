"""A drawn network as weight matrices: one for each level, with a row for every source."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.network import CycleError, Network
from playground.model.parameters import Floats, Parameters
from playground.model.topology import Indices


@dataclass(frozen=True, slots=True)
class Cell:
    """A place in the matrices of a network: which matrix, row and column, all counted from 0."""

    matrix: int
    row: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class WeightMatrix:
    """The edges into one level of nodes as a matrix; an edge that is not there is an empty cell.

    With the activations A of the sources, one example a row, Z = A W + 1 bᵀ are the sums of the targets.

    number : counted from 1, from the inputs on
    sources, targets : indices of the nodes at the rows and at the columns
    edges : (n_edges,), indices of the level's edges, row by row
    places : (n_edges,), row * n_columns + column of each edge, ascending
    """

    number: int
    sources: Indices
    targets: Indices
    edges: Indices
    places: Indices

    @property
    def n_rows(self) -> int:
        """How many nodes the level reads."""
        return len(self.sources)

    @property
    def n_columns(self) -> int:
        """How many nodes the level has."""
        return len(self.targets)

    @property
    def is_full(self) -> bool:
        """Whether every source is joined with every target."""
        return len(self.edges) == self.n_rows * self.n_columns

    def edge_at(self, row: int, column: int) -> int | None:
        """Index of the edge in a cell; None where the cell is empty or outside."""
        if not (0 <= row < self.n_rows and 0 <= column < self.n_columns):
            return None
        place = row * self.n_columns + column
        found = int(np.searchsorted(self.places, place))
        if found < len(self.places) and self.places[found] == place:
            return int(self.edges[found])
        return None

    def window(self, rows: slice, columns: slice) -> NDArray[np.intp]:
        """The edges in a part of the matrix: (rows, columns), -1 where a cell is empty."""
        first_row, last_row, _ = rows.indices(self.n_rows)
        first, last, _ = columns.indices(self.n_columns)
        found = np.full((max(last_row - first_row, 0), max(last - first, 0)), -1, np.intp)
        if found.size == 0:
            return found
        n = self.n_columns
        begin, end = np.searchsorted(self.places, (first_row * n, last_row * n))
        row, column = np.divmod(self.places[begin:end], n)
        inside = (column >= first) & (column < last)
        found[row[inside] - first_row, column[inside] - first] = self.edges[begin:end][inside]
        return found

    def dense(self, weights: Floats) -> Floats:
        """The whole matrix W: (n_rows, n_columns), 0 where there is no edge.

        weights : (n_edges of the network,), one for every edge
        """
        table = np.zeros(self.n_rows * self.n_columns)
        table[self.places] = weights[self.edges]
        return table.reshape(self.n_rows, self.n_columns)


@dataclass(frozen=True, slots=True, eq=False)
class NetworkMatrices:
    """All weight matrices of a network, from the inputs on: every edge stands in exactly one cell.

    is_stack : whether each level reads exactly the level before it, and every cell is filled
    matrix_of, row_of, column_of : (n_edges,), the cell of every edge
    """

    network: Network
    matrices: tuple[WeightMatrix, ...]
    is_stack: bool
    matrix_of: Indices
    row_of: Indices
    column_of: Indices

    @classmethod
    def of(cls, network: Network) -> NetworkMatrices:
        """Cut a network into its levels. Raises CycleError where its edges run in a circle."""
        topology = network.topology
        depths = topology.depths(len(network.nodes))
        if (depths < 0).any():
            raise CycleError(tuple(network.node_ids[index] for index in np.flatnonzero(depths < 0)))
        level = depths[topology.targets]
        order = np.argsort(level, kind="stable")
        cuts = np.flatnonzero(np.diff(level[order])) + 1
        cells = np.zeros((3, len(level)), np.intp)
        matrices: list[WeightMatrix] = []
        is_stack = True
        for edges in np.split(order, cuts) if len(order) else []:
            matrix, sources_depth = _matrix(len(matrices) + 1, edges, network, depths)
            cells[0, matrix.edges] = len(matrices)
            cells[1, matrix.edges], cells[2, matrix.edges] = np.divmod(matrix.places, matrix.n_columns)
            before = np.flatnonzero(depths == sources_depth) if sources_depth >= 0 else None
            follows = before is not None and np.array_equal(before, matrix.sources)
            is_stack = is_stack and matrix.is_full and follows
            matrices.append(matrix)
        cells.flags.writeable = False
        return cls(network, tuple(matrices), is_stack, *cells)

    def cell_of(self, edge: int) -> Cell:
        """The cell of an edge, by its index."""
        return Cell(int(self.matrix_of[edge]), int(self.row_of[edge]), int(self.column_of[edge]))

    def biases(self, parameters: Parameters, matrix: WeightMatrix) -> Floats:
        """The biases b of a matrix's targets: (n_columns,)."""
        return parameters.biases[matrix.targets]


def _matrix(number: int, edges: Indices, network: Network, depths: Indices) -> tuple[WeightMatrix, int]:
    """The matrix of one level's edges, and the depth of all its sources (-1 where they have several)."""
    topology = network.topology
    sources, targets = topology.sources[edges], topology.targets[edges]
    found = np.unique(sources)
    rows = found[np.argsort(depths[found], kind="stable")]
    columns = np.unique(targets)
    rank = np.argsort(rows)
    row = rank[np.searchsorted(rows, sources, sorter=rank)]
    places = row * len(columns) + np.searchsorted(columns, targets)
    order = np.argsort(places)
    matrix = WeightMatrix(number, rows, columns, edges[order], places[order])
    for part in (matrix.sources, matrix.targets, matrix.edges, matrix.places):
        part.flags.writeable = False
    first, last = int(depths[rows[0]]), int(depths[rows[-1]])
    return matrix, first if first == last else -1
