"""Where runs begin and end: what a branch goes on from, and which instants are the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from playground.engine.recorder import same_bits
from playground.model.experiment import BuiltInData, Experiment
from playground.model.parameters import frozen_array
from playground.model.run import Instant
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState


@dataclass(frozen=True, slots=True, eq=False)
class Beginning:
    """Where the next run begins, once it has learned something.

    parent : the run that it branches off, None where it begins anew
    """

    epoch: float
    experiment: Experiment
    state: LearnerState
    parent: int | None

    def instant(self, snapshot: Snapshot) -> Instant:
        """Return the run's first instant, with the losses that its first snapshot's history has there."""
        place = int(np.abs(snapshot.history[:, 0] - self.epoch).argmin())
        loss, test_loss, accuracy, test_accuracy = (float(value) for value in snapshot.history[place, 1:])
        return Instant(
            self.epoch, self.experiment, self.state, loss, test_loss, math.nan, accuracy, test_accuracy
        )


def unnamed_instant(experiment: Experiment, state: LearnerState) -> Instant:
    """Return an instant of which nothing is known but what it holds."""
    return Instant(0.0, experiment, state, *(math.nan,) * 5)


def branch_point(instant: Instant) -> Snapshot:
    """Return what a branch goes on from: the instant, and a curve that begins there."""
    point = (
        instant.epoch,
        instant.train_loss,
        instant.test_loss,
        instant.train_accuracy,
        instant.test_accuracy,
    )
    return instant.snapshot(frozen_array([point]))


def same_data(old: Experiment, new: Experiment) -> bool:
    """Whether both learn from the same kind of examples, perhaps more of them or noisier ones."""
    one, other = old.data, new.data
    if isinstance(one, BuiltInData) and isinstance(other, BuiltInData):
        return one.name == other.name
    return one == other


def same_instant(one: Instant, other: Instant) -> bool:
    """Whether two instants have the same values in a network of the same nodes and weights, to the bit."""
    first, second = one.experiment.network, other.experiment.network
    return (
        first.parameter_ids == second.parameter_ids
        and first.node_ids == second.node_ids
        and same_bits(one, other)
    )
