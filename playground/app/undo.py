"""Undo and redo: steps that hold only what an edit changed, so that undo never undoes learning."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.app.deltas import Delta, K, V
from playground.model.edit import Change
from playground.model.edits.rebuild import known_tables
from playground.model.experiment import DataSpec, Experiment, Learning, TableData
from playground.model.network import Edge, EdgeKey, Group, Network, Node
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState

MAX_BYTES = 256 * 1024 * 1024
"""What all steps together may take; the oldest are dropped."""

STEP_BYTES = 1024
"""What a step takes besides its differences."""

VALUE_BYTES = 100
"""About what one value by id takes: an entry of a dictionary, an int and a float."""


class Present(Protocol):
    """What a step acts on: the document."""

    @property
    def experiment(self) -> Experiment:
        """The experiment now."""
        ...

    @property
    def state(self) -> LearnerState:
        """The values and the optimizer's memory now."""
        ...

    def take(self, change: Change, restored: LearnerState | None) -> None:
        """Make a change the present, and announce it."""
        ...


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
    def of(cls, text: str, merge: str | None, present: Present, change: Change) -> Record:
        """Return the step that makes a change of the present."""
        old, new = present.experiment.network, change.experiment.network
        weights, biases = set(change.weights), set(change.biases)
        if old.edges is not new.edges:
            weights |= old.parameter_index.keys() ^ new.parameter_index.keys()
        if old.nodes is not new.nodes:
            biases |= old.nodes.keys() ^ new.nodes.keys()
        parameters = present.state.parameters
        after = parameters.carried(old, new).changed(new, change.weights, change.biases)
        return cls(
            text,
            merge,
            Structure.between(present.experiment, change.experiment),
            Values.of(old, parameters, weights, biases),
            Values.of(new, after, weights, biases),
            change.restarts,
            present.state if change.restarts else None,
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


class Step(QUndoCommand):
    """One undo step on the stack."""

    def __init__(self, present: Present, record: Record, change: Change | None = None) -> None:
        """`change` is what the first `redo`, which is the push, makes; None where it is made already."""
        super().__init__(record.text)
        self.record = record
        self._present = present
        self._change = change
        self._is_pushed = False

    def redo(self) -> None:
        """Make the edit's outcome the present."""
        if not self._is_pushed:
            self._is_pushed = True
            if self._change is not None:
                self._present.take(self._change, None)
                self._change = None
            return
        self._go(self.record.before, self.record.after, backward=False, restored=None)

    def undo(self) -> None:
        """Put back the structure and the touched values; everything else stays as it has become."""
        self._go(self.record.after, self.record.before, backward=True, restored=self.record.left)

    def id(self) -> int:
        """A number that only steps with the same merge key have; -1 for steps that never merge."""
        return -1 if self.record.merge is None else zlib.crc32(self.record.merge.encode()) & 0x7FFFFFFF

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take over a later step of the same gesture."""
        if not isinstance(other, Step) or other.record.merge != self.record.merge:
            return False
        mine, later = self.record, other.record
        now = self._present.experiment
        start = mine.structure.applied(later.structure.applied(now, backward=True), backward=True)
        self.record = replace(
            mine,
            structure=Structure.between(start, now),
            before=_joined(later.before, mine.before),
            after=_joined(mine.after, later.after),
        )
        self.setObsolete(self.record.is_empty)
        return True

    def _go(
        self, leaving: Values, entering: Values, *, backward: bool, restored: LearnerState | None
    ) -> None:
        present = self._present
        old, parameters = present.experiment.network, present.state.parameters
        lonely = Values.of(
            old,
            parameters,
            leaving.weights.keys() - entering.weights.keys(),
            leaving.biases.keys() - entering.biases.keys(),
        )
        leaving.weights.update(lonely.weights)
        leaving.biases.update(lonely.biases)
        experiment = self.record.structure.applied(present.experiment, backward=backward)
        change = Change(experiment, entering.weights, entering.biases, self.record.restarts)
        present.take(change, restored)


class History:
    """Keeps an undo stack within a number of bytes."""

    def __init__(self, stack: QUndoStack, present: Present, max_bytes: int = MAX_BYTES) -> None:
        self._stack = stack
        self._present = present
        self._max_bytes = max_bytes

    @property
    def size_bytes(self) -> int:
        """About how much memory all steps take."""
        return sum(record.size_bytes for record in self._records())

    def push(self, record: Record, change: Change) -> None:
        """Make a change as one step, and drop the oldest ones where there is no room for all."""
        self._stack.push(Step(self._present, record, change))
        if self.size_bytes > self._max_bytes:
            self._drop_oldest()

    def _records(self) -> list[Record]:
        steps = (self._stack.command(index) for index in range(self._stack.count()))
        return [step.record for step in steps if isinstance(step, Step)]

    def _drop_oldest(self) -> None:
        """Build the stack anew from its latest steps: Qt itself can only count steps, not bytes."""
        records = self._records()
        room, first = self._max_bytes * 3 // 4, len(records)
        while first > 0 and (room := room - records[first - 1].size_bytes) >= 0:
            first -= 1
        first = min(first, len(records) - 1)  # the step that was just made can always be undone
        clean = self._stack.cleanIndex() - first
        was_blocked = self._stack.blockSignals(True)
        self._stack.clear()
        if clean != 0:
            self._stack.resetClean()
        for index, record in enumerate(records[first:], start=1):
            # Steps of one gesture are one step already and must not be merged with their neighbours.
            self._stack.push(Step(self._present, replace(record, merge=None)))
            if index == clean:
                self._stack.setClean()
        self._stack.blockSignals(was_blocked)


def _other_side(delta: Delta[K, V] | None, mapping: Mapping[K, V], backward: bool) -> Mapping[K, V]:
    if delta is None:
        return mapping
    return delta.backward(mapping) if backward else delta.forward(mapping)


def _joined(first: Values, second: Values) -> Values:
    """All values; where both know one, the second's."""
    return Values(first.weights | second.weights, first.biases | second.biases)


def _bits(values: Mapping[int, float]) -> dict[int, bytes]:
    return {id_: np.float64(value).tobytes() for id_, value in values.items()}


def _data_bytes(spec: DataSpec | None) -> int:
    return spec.table.cells.nbytes if isinstance(spec, TableData) else 0
