"""Undo and redo: steps that hold only what an edit changed, so that undo never undoes learning."""

from __future__ import annotations

import zlib
from dataclasses import replace
from typing import Protocol

from PySide6.QtGui import QUndoCommand, QUndoStack

from playground.app.records import Record, Structure, Values
from playground.model.edit import Change
from playground.model.experiment import Experiment
from playground.model.trace import LearnerState

MAX_BYTES = 256 * 1024 * 1024
"""What all steps together may take; the oldest are dropped."""


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
            before=later.before.joined(mine.before),
            after=mine.after.joined(later.after),
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
