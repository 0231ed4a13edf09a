"""Outcomes of runs that never were."""

from __future__ import annotations

import numpy as np

from playground.model.message import message
from playground.model.parameters import frozen_array
from playground.model.sweep import Outcome, PointResult
from widgets.sweep.figures import Chosen

BROKEN = message("This run ended by itself: its process was stopped, or the memory ran out.")

CHOSEN: tuple[Chosen, ...] = tuple(
    (("learning.learning_rate", rate), ("learning.optimizer", optimizer))
    for rate in (0.03, 0.3)
    for optimizer in ("sgd", "adam")
)


def made_up(end: float, *, test: float = 0.1, right: float = 0.9, stopped: str = "epochs") -> PointResult:
    """A run whose training loss falls from 0.7 to `end` in 50 epochs."""
    epochs = np.arange(51.0)
    train = end + (0.7 - end) * (1 - epochs / 50)
    curve = np.column_stack([epochs, train, train + test, epochs / 50 * right, epochs / 50 * right])
    return PointResult(50.0, stopped, frozen_array(curve), 0.0, 1.25, b"")


OUTCOMES: dict[int, Outcome] = {
    0: made_up(0.4),
    1: made_up(0.05),
    2: made_up(0.6, stopped="diverged"),
    3: BROKEN,
}
