"""What a training run asks of whatever does its updates."""

from __future__ import annotations

from typing import Protocol

from kernels.blocks import Indices
from kernels.optimizers import Moments
from kernels.training.progress import Progress, Rules
from playground.engine.scoring import Figures
from playground.engine.trainers.stop import Stop
from playground.model.keys import DType, Kernel
from playground.model.parameters import Floats


class Trainer(Protocol):
    """Holds the values of one run, weights then biases, and updates them batch by batch.

    Which rows come next, how often losses are noted and what ends the run is decided by the session. The
    same trainer, values and orders give the same bits, however many batches one call trains.
    """

    @property
    def kernel(self) -> Kernel:
        """What does the multiplying."""
        ...

    @property
    def dtype(self) -> DType:
        """The type in which it is done."""
        ...

    @property
    def threads(self) -> int:
        """How many threads it uses."""
        ...

    @property
    def values(self) -> Floats:
        """The present values: float64, (n_parameters + n_nodes,), a copy."""
        ...

    @property
    def moments(self) -> Moments:
        """The optimizer's memory: arrays like `values`, copies."""
        ...

    @property
    def count(self) -> int:
        """How many updates lie behind."""
        ...

    def train(
        self, epoch: int, row: int, n_batches: int, stop: Stop, orders: Indices | None, rules: Rules
    ) -> Progress:
        """Train up to `n_batches` batches, at least one, from a place in an epoch.

        epoch, row : whole epochs so far, and rows seen of the one under way; the last batch of an epoch may
            be smaller, and the next epoch begins with a batch of its own
        stop : looked at after every batch
        orders : (n_epochs, n_rows), for the epoch under way and those that the batches reach; None where the
            rows keep their order

        An update after which a value would not be finite is not made, and the call ends.
        """
        ...

    def score(self) -> Figures:
        """Work out losses, accuracies and penalty of the present values."""
        ...
