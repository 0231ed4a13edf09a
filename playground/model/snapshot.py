"""Frozen facts of a training run at one instant."""

from __future__ import annotations

import math
from dataclasses import dataclass

from playground.model.keys import DType, Kernel
from playground.model.parameters import Floats
from playground.model.trace import LearnerState


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """What a training run has reached; `generation` tells runs apart, so that stale ones are dropped.

    epoch : whole epochs since the start of learning
    train_loss, test_loss : without the penalty; NaN where there are no rows
    train_accuracy, test_accuracy : share of right answers in [0, 1]; NaN where it makes no sense
    history : (n_points, 5), epoch, train loss, test loss, train accuracy, test accuracy
    kernel, dtype, threads : what makes the updates, in which type and on how many threads
    examples_per_second : rows that went forward and back
    learning_rate : of the updates made at this epoch, its schedule followed; NaN where it is not known
    flops_per_second : floating-point operations of all that
    """

    generation: int
    epoch: float
    state: LearnerState
    train_loss: float
    test_loss: float
    penalty: float
    train_accuracy: float
    test_accuracy: float
    history: Floats
    epochs_per_second: float
    kernel: Kernel = "numpy"
    dtype: DType = "float64"
    threads: int = 1
    examples_per_second: float = 0.0
    flops_per_second: float = 0.0
    learning_rate: float = math.nan
