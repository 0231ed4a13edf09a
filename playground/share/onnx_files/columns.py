"""What flows through an ONNX model, column by column, and the network that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from playground.model.errors import FileError
from playground.model.keys import Activation
from playground.model.limits import MAX_EDGES, MAX_NODES
from playground.model.message import message
from playground.model.parameters import Floats


@dataclass(frozen=True, slots=True)
class Column:
    """A weighted sum of nodes: `constant` + sum of weight times node."""

    terms: Mapping[int, float]
    constant: float = 0.0

    @property
    def node(self) -> int | None:
        """The node that the column is, where it is one as it stands."""
        if len(self.terms) == 1 and self.constant == 0:
            ((node, weight),) = self.terms.items()
            return node if weight == 1 else None
        return None

    def times(self, factor: float) -> Column:
        """Return the column times a number."""
        return Column({node: factor * weight for node, weight in self.terms.items()}, factor * self.constant)

    def plus(self, number: float) -> Column:
        """Return the column plus a number."""
        return Column(self.terms, self.constant + number)


Columns = tuple[Column, ...]


@dataclass(slots=True)
class Draft:
    """A network while it is read: nodes in order, each with its activation, its bias and its edges in.

    activations, biases, terms : by node id, from 1 on; inputs come first and have neither
    """

    n_inputs: int
    activations: list[Activation] = field(default_factory=list)
    biases: list[float] = field(default_factory=list)
    terms: list[Mapping[int, float]] = field(default_factory=list)
    edge_count: int = 0

    def inputs(self) -> Columns:
        """Return the input nodes as columns."""
        return tuple(Column({node: 1.0}) for node in range(1, self.n_inputs + 1))

    def product(self, columns: Columns, weights: Floats, biases: Floats) -> Columns:
        """Return columns @ weights + biases; sums of several nodes become linear nodes first.

        weights : (n_columns, n_results); biases : (n_results,)
        """
        self._ensure_room(0, int((weights != 0).sum()))
        simple = [column if len(column.terms) <= 1 else self.node(column, "linear") for column in columns]
        made = []
        for result in range(weights.shape[1]):
            terms: dict[int, float] = {}
            constant = float(biases[result])
            for column, weight in zip(simple, weights[:, result].tolist(), strict=True):
                constant += weight * column.constant
                for node, factor in column.terms.items():
                    terms[node] = terms.get(node, 0.0) + weight * factor
            # An edge of weight 0 is as good as none, and none is what sparse files mean.
            made.append(Column({node: weight for node, weight in terms.items() if weight}, constant))
        return tuple(made)

    def node(self, column: Column, activation: Activation) -> Column:
        """Return the column as a node of its own with this activation."""
        self._ensure_room(1, len(column.terms))
        self.activations.append(activation)
        self.biases.append(column.constant)
        self.terms.append(column.terms)
        self.edge_count += len(column.terms)
        return Column({self.n_inputs + len(self.activations): 1.0})

    def added(self, left: Columns, right: Columns) -> Columns:
        """Return the sums of two tensors, column by column."""
        return tuple(
            Column(
                {node: a.terms.get(node, 0.0) + b.terms.get(node, 0.0) for node in [*a.terms, *b.terms]},
                a.constant + b.constant,
            )
            for a, b in zip(left, right, strict=True)
        )

    def _ensure_room(self, nodes: int, edges: int) -> None:
        if self.n_inputs + len(self.activations) + nodes > MAX_NODES or self.edge_count + edges > MAX_EDGES:
            raise FileError(
                message(
                    "The model is too large to draw: {nodes} nodes and {edges} edges are the most.",
                    nodes=MAX_NODES,
                    edges=MAX_EDGES,
                )
            )


def scaled(columns: Columns, factors: Sequence[float]) -> Columns:
    """Return each column times its number."""
    return tuple(column.times(factor) for column, factor in zip(columns, factors, strict=True))


def shifted(columns: Columns, numbers: Sequence[float]) -> Columns:
    """Return each column plus its number."""
    return tuple(column.plus(number) for column, number in zip(columns, numbers, strict=True))


def spread(values: Floats, count: int) -> list[float] | None:
    """Return a constant as one number for each of `count` columns; None where its shape does not allow it."""
    flat = np.asarray(values, np.float64)
    if flat.size == 1:
        return [float(flat.ravel()[0])] * count
    if flat.size == count and flat.shape[-1] == count:
        found: list[float] = flat.ravel().tolist()
        return found
    return None
