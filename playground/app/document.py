"""The document: the one experiment that a window shows, its values, and its undo stack."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from playground.app.records import Record
from playground.app.undo import MAX_BYTES, History
from playground.model.edit import Change, Edit
from playground.model.errors import EditError
from playground.model.experiment import Experiment
from playground.model.message import sentence
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState


class Document(QObject):
    """Owns the present: experiment, values and optimizer memory; everything else shows it or asks.

    taken(Change) : what was just set by an edit, an undo or a redo, before anyone else hears of it; a
        trainer that is further on than the document puts it into its own values
    experiment_changed(old, new) : the structure, the data or the settings changed, perhaps values too
    parameters_changed() : only values changed: a weight was set, a training frame came, an undo
    refused(Message) : an edit was refused, and why
    restarted() : learning begins anew
    leaving() : another experiment is about to take the place of this one, as from a file
    modified_changed(bool) : whether there is something to save
    """

    taken = Signal(object)
    experiment_changed = Signal(object, object)
    parameters_changed = Signal()
    refused = Signal(object)
    restarted = Signal()
    leaving = Signal()
    modified_changed = Signal(bool)
    path_changed = Signal(object)

    def __init__(
        self,
        experiment: Experiment,
        parameters: Parameters,
        parent: QObject | None = None,
        *,
        translate: Callable[[str], str] = str,
        max_undo_bytes: int = MAX_BYTES,
    ) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._state = LearnerState(parameters)
        self._path: Path | None = None
        self._has_learned = False
        self._was_modified = False
        self._translate = translate
        self._gesture = 0
        self.undo_stack = QUndoStack(self)
        self.history = History(self.undo_stack, self, max_undo_bytes)
        self.undo_stack.cleanChanged.connect(self._announce_modified)

    @property
    def experiment(self) -> Experiment:
        """The experiment now."""
        return self._experiment

    @property
    def state(self) -> LearnerState:
        """The values and the optimizer's memory now."""
        return self._state

    @property
    def parameters(self) -> Parameters:
        """The values now."""
        return self._state.parameters

    @property
    def path(self) -> Path | None:
        """The file that holds the document, None before it is first saved."""
        return self._path

    @property
    def is_modified(self) -> bool:
        """Whether an edit, or learning, came after the last save."""
        return self._has_learned or not self.undo_stack.isClean()

    def apply(self, edit: Edit) -> bool:
        """Make an edit as one undo step; return False, and say why, where the rules forbid it."""
        try:
            change = edit.make(self._experiment, self.parameters)
        except EditError as error:
            self.refused.emit(error.message)
            return False
        text = sentence(change.name or edit.name, self._translate)
        merge = None if edit.merge is None else f"{self._gesture} {edit.merge}"
        record = Record.of(text, merge, self._experiment, self._state, change)
        if not record.is_empty:
            self.history.push(record, change)
        return True

    def end_gesture(self) -> None:
        """Let the next edit be a step of its own, whatever its merge key."""
        self._gesture += 1

    def set_state(self, state: LearnerState) -> bool:
        """Take what training has reached, without an undo step; False where it is of another network."""
        weights, biases = state.parameters.weights, state.parameters.biases
        if weights.shape != self.parameters.weights.shape or biases.shape != self.parameters.biases.shape:
            return False
        changed = state.parameters is not self.parameters and not _same_bits(
            state.parameters, self.parameters
        )
        self._state = state
        if changed:
            self._has_learned = True
            self.parameters_changed.emit()
            self._announce_modified()
        return True

    def take(self, change: Change, restored: LearnerState | None = None) -> None:
        """Make a change the present and announce it; only undo steps call this.

        restored : the state that an undone restart had left behind
        """
        old, new = self._experiment, change.experiment
        state = self._state if restored is None else restored
        source = old.network if restored is None else new.network
        parameters = self.parameters.carried(old.network, new.network)
        parameters = parameters.changed(new.network, change.weights, change.biases)
        keeps = old.learning.optimizer == new.learning.optimizer
        fresh = (change.restarts and restored is None) or not keeps
        moments = () if fresh else tuple(moment.carried(source, new.network) for moment in state.moments)
        self._experiment = new
        self._state = LearnerState(parameters, moments, 0 if fresh else state.step_count)
        self.taken.emit(change)
        if old != new:
            self.experiment_changed.emit(old, new)
        else:
            self.parameters_changed.emit()
        if change.restarts:
            self.restarted.emit()

    def reset(self, experiment: Experiment, parameters: Parameters, path: Path | None = None) -> None:
        """Show another experiment, as from a file: nothing can be undone, nothing is modified."""
        self.leaving.emit()
        old = self._experiment
        self._has_learned = False
        self._experiment, self._state = experiment, LearnerState(parameters)
        self.undo_stack.clear()
        self.set_path(path)
        self.taken.emit(Change(experiment, restarts=True))
        self.experiment_changed.emit(old, experiment)
        self.restarted.emit()
        self._announce_modified()

    def set_path(self, path: Path | None) -> None:
        """Say which file holds the document."""
        if path != self._path:
            self._path = path
            self.path_changed.emit(path)

    def mark_saved(self, path: Path, experiment: Experiment, parameters: Parameters) -> None:
        """Say that these values now stand in this file; what was edited or learned since counts as new."""
        self.set_path(path)
        self._has_learned = not _same_bits(parameters, self.parameters)
        if experiment is self._experiment:
            self.undo_stack.setClean()
        self._announce_modified()

    def mark_unsaved(self) -> None:
        """Say that no file holds the present: it comes from a recovery file or a table."""
        self._has_learned = True
        self._announce_modified()

    def close(self) -> None:
        """Empty the undo stack before it is destroyed: its destructor would still emit signals."""
        self.undo_stack.blockSignals(True)
        self.undo_stack.clear()

    def _announce_modified(self) -> None:
        if self._was_modified != self.is_modified:
            self._was_modified = self.is_modified
            self.modified_changed.emit(self._was_modified)


def _same_bits(one: Parameters, other: Parameters) -> bool:
    return np.array_equal(one.weights.view(np.int64), other.weights.view(np.int64)) and np.array_equal(
        one.biases.view(np.int64), other.biases.view(np.int64)
    )
