"""A run: one course of learning, with the instants of it that are remembered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.model.experiment import BuiltInData, DataSpec, Experiment
from playground.model.message import Message, message
from playground.model.parameters import Floats, Parameters, frozen_array
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

TOLERANCE = 1e-9
"""Epochs closer than this are the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Instant:
    """What a run had reached at one epoch: everything that is needed to see it again, and to go on.

    experiment : the network and the settings of that instant
    state : its parameters, and the optimizer's memory; the very arrays of the snapshot, not copies
    """

    epoch: float
    experiment: Experiment
    state: LearnerState
    train_loss: float
    test_loss: float
    penalty: float
    train_accuracy: float
    test_accuracy: float

    @classmethod
    def of(cls, snapshot: Snapshot, experiment: Experiment) -> Instant:
        """Return the instant at which a snapshot was taken."""
        return cls(
            snapshot.epoch,
            experiment,
            snapshot.state,
            snapshot.train_loss,
            snapshot.test_loss,
            snapshot.penalty,
            snapshot.train_accuracy,
            snapshot.test_accuracy,
        )

    @property
    def parameters(self) -> Parameters:
        """The values of that instant."""
        return self.state.parameters

    def snapshot(self, history: Floats, generation: int = 0) -> Snapshot:
        """Return the instant as training would have told it; it does not train, so nothing is fast."""
        learning = self.experiment.learning
        return Snapshot(
            generation=generation,
            epoch=self.epoch,
            state=self.state,
            train_loss=self.train_loss,
            test_loss=self.test_loss,
            penalty=self.penalty,
            train_accuracy=self.train_accuracy,
            test_accuracy=self.test_accuracy,
            history=history,
            epochs_per_second=0.0,
            kernel=learning.kernel,
            dtype=learning.dtype,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One course of learning.

    number : counts the runs of a window from 1 on; never given twice
    name : what the person calls it; empty while its number names it
    colour : which of the colours of runs it has, from 0 on
    is_shown : whether its curve is drawn beside that of the present
    points : (n_points, 5), as `Snapshot.history`, from where the run begins
    instants : by rising epoch; the first is the start, the last the newest
    seconds : how long it has trained
    parent, parent_epoch : the run that it branched off, and where; None where it began anew
    """

    number: int
    name: str
    colour: int
    is_shown: bool
    points: Floats
    instants: tuple[Instant, ...]
    seconds: float = 0.0
    parent: int | None = None
    parent_epoch: float = 0.0

    @property
    def title(self) -> Message:
        """What it is called: by the person, or by its number."""
        return message("{name}", name=self.name) if self.name else message("Run {number}", number=self.number)

    @property
    def start(self) -> Instant:
        """Where it begins."""
        return self.instants[0]

    @property
    def end(self) -> Instant:
        """What it has reached."""
        return self.instants[-1]

    @property
    def epochs(self) -> Floats:
        """The epochs of its instants, rising: shape (n_instants,)."""
        return frozen_array([instant.epoch for instant in self.instants])

    def nearest(self, epoch: float) -> Instant:
        """Return the instant nearest to an epoch."""
        return self.instants[int(np.abs(self.epochs - epoch).argmin())]


def have_same_task(one: Run, other: Run) -> bool:
    """Whether two runs learned to answer the same from the same kind of data, so that losses compare."""
    return _task(one.end.experiment.data) == _task(other.end.experiment.data)


def _task(data: DataSpec | None) -> tuple[object, ...]:
    if isinstance(data, BuiltInData):
        return (data.name,)
    if data is None:
        return ()
    return (data.targets, tuple(column.name for column in data.table.columns))


def points_from(history: Floats, epoch: float) -> Floats:
    """Return the points of a history from an epoch on: (n_points, 5)."""
    if not len(history) or history[0, 0] >= epoch - TOLERANCE:
        return history
    return frozen_array(history[history[:, 0] >= epoch - TOLERANCE])


def readable_epoch(epoch: float) -> float | int:
    """Return an epoch as people read it: parts of it matter only at the beginning."""
    return round(epoch) if epoch >= 10 or epoch == int(epoch) else round(epoch, 2)
