"""What one long call of a trainer is asked and what it answers, with the rules by which it may end early."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ended = Literal["budget", "flag", "full", "diverged", "epochs", "loss", "converged"]

COLUMNS = 6
"""Epoch, train loss, test loss, train accuracy, test accuracy, penalty."""

FIRST, HUGE, WORSE, BEST, BEST_EPOCH = range(5)
"""Places in `Rules.watch`."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """When losses are noted during a call, and when a run is over; looked at where an epoch ends.

    stride : every how many epochs losses are noted (epoch % stride == 0)
    stop_epochs : the epoch at which the run is over; None for no end
    stop_loss : the training loss at which it is over, for which losses are noted at every epoch; or None
    window, meaningful, negligible : a run has converged when over `window` epochs loss plus penalty has not
        fallen below its best by more than max(meaningful * best, negligible * first)
    watch : float64, (5,), changed by a call: first loss plus penalty, the loss past which a run has diverged,
        the loss past which nothing converges, best loss plus penalty so far (inf before the first), its epoch
    """

    stride: int = 1
    stop_epochs: int | None = None
    stop_loss: float | None = None
    window: float = 300.0
    meaningful: float = 1e-3
    negligible: float = 1e-8
    watch: Floats = field(default_factory=lambda: np.array([math.inf, math.inf, math.inf, math.inf, 0.0]))


@dataclass(frozen=True, slots=True, eq=False)
class Progress:
    """What a call of `train` did.

    epoch, row : whole epochs since the start of learning, and rows seen of the epoch under way
    batches : updates made in this call
    points : float64, (n_points, 6), read-only: one row for each noted epoch, see `COLUMNS`
    ended : "budget" all batches asked for are done (or no order is left); "flag" the stop flag was set;
        "full" the room for points is used up, call again; "diverged" an update was not made because a value
        would not have been finite, or the loss ran away; "epochs", "loss", "converged" by the rules
    """

    epoch: int
    row: int
    batches: int
    points: Floats
    ended: Ended
