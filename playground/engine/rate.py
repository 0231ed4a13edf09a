"""The learning rate at an epoch."""

from __future__ import annotations

import math
from dataclasses import replace

from playground.engine.compile import compile_rule
from playground.engine.rows import TOLERANCE
from playground.model.experiment import Learning
from playground.model.rate_schedule import RateSchedule


def rate_at(learning: Learning, epoch: float) -> float:
    """Return the learning rate of the updates that are made at an epoch, its schedule followed."""
    return compile_rule(learning).at(math.floor(epoch + TOLERANCE)).learning_rate


def learning_at(learning: Learning, epoch: float) -> Learning:
    """Return the settings as they hold at an epoch, with the rate of then as a constant."""
    if learning.schedule.kind == "constant":
        return learning
    return replace(learning, learning_rate=rate_at(learning, epoch), schedule=RateSchedule())
