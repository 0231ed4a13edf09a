"""When a training run should end: at a loss, after epochs, when it no longer improves, when it runs away."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from kernels.training.progress import BEST, BEST_EPOCH, FIRST, HUGE, Rules
from kernels.training.progress import WORSE as WORSE_AT
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
        known = first_loss if math.isfinite(first_loss) else 0.0
        huge, worse = RUNAWAY * max(1.0, natural_loss, known), WORSE * max(natural_loss, known)
        self._seen = np.array([first_loss, huge, worse, math.inf, epoch])

    def rules(self, stride: int) -> Rules:
        """Return the rules for a trainer, which follows the loss in this watch's place.

        stride : every how many epochs losses are noted
        """
        return Rules(
            stride=stride,
            stop_epochs=self._learning.stop_epochs,
            stop_loss=self._learning.stop_loss,
            window=WINDOW_EPOCHS,
            meaningful=MEANINGFUL,
            negligible=NEGLIGIBLE,
            watch=self._seen,
        )

    def at_epoch(self, epoch: float) -> Stopped | None:
        """Say whether enough epochs have been trained."""
        return over_at_epoch(self.rules(1), epoch)

    def at_loss(self, epoch: float, loss: float, penalty: float) -> Stopped | None:
        """Say whether the run is over, now that the training loss is known at this epoch."""
        return over_at_loss(self.rules(1), epoch, loss, penalty)


def over_at_epoch(rules: Rules, epoch: float) -> Stopped | None:
    """Say whether enough epochs have been trained."""
    return "epochs" if rules.stop_epochs is not None and epoch >= rules.stop_epochs else None


def over_at_loss(rules: Rules, epoch: float, loss: float, penalty: float) -> Stopped | None:
    """Say whether the run is over, now that the training loss is known; what was best so far is kept."""
    seen, total = rules.watch, loss + penalty
    if not math.isfinite(total) or loss > seen[HUGE]:
        return "diverged"
    if rules.stop_loss is not None and loss <= rules.stop_loss:
        return "loss"
    best = float(seen[BEST])
    if math.isinf(best) or best - total > max(rules.meaningful * best, rules.negligible * seen[FIRST]):
        seen[BEST], seen[BEST_EPOCH] = total, epoch
    elif epoch - seen[BEST_EPOCH] >= rules.window and not loss > seen[WORSE_AT]:
        return "converged"
    return None
