"""When a training run should end: at a loss, after epochs, when it no longer improves, when it runs away."""

from __future__ import annotations

import math
from typing import Literal

from playground.model.experiment import Learning

Stopped = Literal["epochs", "loss", "converged", "diverged"]

WINDOW_EPOCHS = 300
"""How long a run may go on without a meaningful improvement before it counts as converged."""

MEANINGFUL = 1e-3
"""The part of the best loss by which it must fall to count as an improvement."""

NEGLIGIBLE = 1e-8
"""The part of the first loss below which an improvement does not count, however large a part of the best."""

WORSE = 2.0
"""How many times its natural size or the first loss a loss may be that counts as converged."""

RUNAWAY = 1e6
"""How many times its natural size a loss may grow before the run counts as diverged."""


class Watch:
    """Follows the loss of one run and says when the run is over, and why.

    A run has **converged** when over 300 epochs the training loss with its penalty has not fallen below its
    best by a thousandth (and by a hundred-millionth of the first loss); a loss much worse than
    the first one goes up and down, and nothing converges. It has **diverged** when the loss
    is not finite, or a million times larger than the first loss and than the targets would explain.
    """

    def __init__(self, learning: Learning, epoch: float, first_loss: float, natural_loss: float) -> None:
        self._learning = learning
        self._first = first_loss
        self._huge = RUNAWAY * max(1.0, natural_loss, first_loss if math.isfinite(first_loss) else 0.0)
        self._worse = WORSE * max(natural_loss, first_loss if math.isfinite(first_loss) else 0.0)
        self._best = math.inf
        self._best_epoch = epoch

    def at_epoch(self, epoch: float) -> Stopped | None:
        """Say whether enough epochs have been trained."""
        limit = self._learning.stop_epochs
        return "epochs" if limit is not None and epoch >= limit else None

    def at_loss(self, epoch: float, loss: float, penalty: float) -> Stopped | None:
        """Say whether the run is over, now that the training loss is known at this epoch."""
        total = loss + penalty
        if not math.isfinite(total) or loss > self._huge:
            return "diverged"
        if self._learning.stop_loss is not None and loss <= self._learning.stop_loss:
            return "loss"
        if math.isinf(self._best) or self._best - total > self._meaningful:
            self._best, self._best_epoch = total, epoch
        elif epoch - self._best_epoch >= WINDOW_EPOCHS and not loss > self._worse:
            return "converged"
        return None

    @property
    def _meaningful(self) -> float:
        return max(MEANINGFUL * self._best, NEGLIGIBLE * self._first)
