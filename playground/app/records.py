"""What an undo step holds: the difference of two experiments, and the values that the edit touched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from playground.app.deltas import Delta, K, V
from playground.model.edit import Change
from playground.model.edits.rebuild import known_tables
from playground.model.experiment import DataSpec, Experiment, Learning, TableData
from playground.model.network import Edge, EdgeKey, Group, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState

STEP_BYTES = 1024
"""What a step takes besides its differences."""

VALUE_BYTES = 100
"""About what one value by id takes: an entry of a dictionary, an int and a float."""


@dataclass(frozen=True, slots=True)
class Structure:
    """The difference between two experiments."""

    nodes: Delta[int, Node] | None
    edges: Delta[EdgeKey, Edge] | None
    groups: Delta[int, Group] | None
    data: tuple[DataSpec | None, DataSpec | None]
    learning: tuple[Learning, Learning]
    seed: tuple[int, int]

    @classmethod
    def between(cls, before: Experiment, after: Experiment) -> Structure:
        """Return what leads from one experiment to the other and back."""
        old, new = before.network, after.network
        return cls(
            Delta.between(old.nodes, new.nodes),
            Delta.between(old.edges, new.edges),
            Delta.between(old.groups, new.groups),
            (before.data, after.data),
            (before.learning, after.learning),
            (before.seed, after.seed),
        )

    def applied(self, experiment: Experiment, *, backward: bool) -> Experiment:
        """Return the experiment on the other side of the difference."""
        side = 0 if backward else 1
        old = experiment.network
        network = Network(
            _other_side(self.nodes, old.nodes, backward),
            _other_side(self.edges, old.edges, backward),
            _other_side(self.groups, old.groups, backward),
        )
        same = network.nodes is old.nodes and network.edges is old.edges and network.groups is old.groups
        return replace(
            experiment,
            network=old if same else known_tables(network, old),
            data=self.data[side],
            learning=self.learning[side],
            seed=self.seed[side],
        )

    @property
    def is_empty(self) -> bool:
        """Whether both experiments say the same."""
        deltas = (self.nodes, self.edges, self.groups)
        same = all(delta is None or delta.is_empty for delta in deltas)
        pairs: tuple[tuple[object, object], ...] = (self.data, self.learning, self.seed)
        return same and all(before == after for before, after in pairs)

    @property
    def size_bytes(self) -> int:
        """About how much memory the difference takes."""
        deltas = sum(delta.size_bytes for delta in (self.nodes, self.edges, self.groups) if delta is not None)
        tables = 0 if self.data[0] is self.data[1] else sum(_data_bytes(spec) for spec in self.data)
        return deltas + tables


@dataclass(slots=True)
class Values:
    """The values that an edit touched, by parameter id and by node id."""

    weights: dict[int, float]
    biases: dict[int, float]

    @classmethod
    def of(cls, network: Network, parameters: Parameters, weights: set[int], biases: set[int]) -> Values:
        """Return the values of these ids, as far as the network has them."""
        rows, nodes = network.parameter_index, network.node_index
        return cls(
            {id_: float(parameters.weights[rows[id_]]) for id_ in weights if id_ in rows},
            {id_: float(parameters.biases[nodes[id_]]) for id_ in biases if id_ in nodes},
        )

    def same(self, other: Values) -> bool:
        """Whether all values are the same bits (so that 0 and -0 differ)."""
        return _bits(self.weights) == _bits(other.weights) and _bits(self.biases) == _bits(other.biases)

    def joined(self, later: Values) -> Values:
        """Return all values; where both know one, the later's."""
        return Values(self.weights | later.weights, self.biases | later.biases)

    @property
    def size_bytes(self) -> int:
        """About how much memory the values take."""
        return VALUE_BYTES * (len(self.weights) + len(self.biases))


@dataclass(slots=True)
class Record:
    """One undo step as plain values.

    structure : the difference of the experiments
    before, after : touched values on either side; a value that only one side knows is read anew when that
        side is left, so that what it has learned meanwhile comes back with it
    left : the state that a restart left behind, None for an edit that does not restart
    """

    text: str
    merge: str | None
    structure: Structure
    before: Values
    after: Values
    restarts: bool
    left: LearnerState | None

    @classmethod
    def of(
        cls, text: str, merge: str | None, experiment: Experiment, state: LearnerState, change: Change
    ) -> Record:
        """Return the step that makes a change."""
        old, new = experiment.network, change.experiment.network
        weights, biases = set(change.weights), set(change.biases)
        if old.edges is not new.edges:
            weights |= old.parameter_index.keys() ^ new.parameter_index.keys()
        if old.nodes is not new.nodes:
            biases |= old.nodes.keys() ^ new.nodes.keys()
        parameters = state.parameters
        after = parameters.carried(old, new).changed(new, change.weights, change.biases)
        return cls(
            text,
            merge,
            Structure.between(experiment, change.experiment),
            Values.of(old, parameters, weights, biases),
            Values.of(new, after, weights, biases),
            change.restarts,
            state if change.restarts else None,
        )

    @property
    def is_empty(self) -> bool:
        """Whether the step changes nothing at all."""
        return self.structure.is_empty and self.before.same(self.after) and not self.restarts

    @property
    def size_bytes(self) -> int:
        """About how much memory the step takes."""
        left = 0 if self.left is None else 16 * sum(len(m.weights) + len(m.biases) for m in self.left.moments)
        return STEP_BYTES + left + self.structure.size_bytes + self.before.size_bytes + self.after.size_bytes


def _other_side(delta: Delta[K, V] | None, mapping: Mapping[K, V], backward: bool) -> Mapping[K, V]:
    if delta is None:
        return mapping
    return delta.backward(mapping) if backward else delta.forward(mapping)


def _bits(values: Mapping[int, float]) -> dict[int, bytes]:
    return {id_: np.float64(value).tobytes() for id_, value in values.items()}


def _data_bytes(spec: DataSpec | None) -> int:
    return spec.table.cells.nbytes if isinstance(spec, TableData) else 0
