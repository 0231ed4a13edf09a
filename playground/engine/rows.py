"""The training rows in the order of their epochs, batch by batch."""

from __future__ import annotations

import math

import numpy as np

from playground.model.dataset import BoundData
from playground.model.parameters import Floats

TOLERANCE = 1e-9
"""How far an epoch may be from a whole number, by rounding, and still be one."""


class Rows:
    """Says which rows come next: shuffled anew for each epoch from (seed, epoch) alone, or in their order.

    The last batch of an epoch may be smaller; the next epoch begins with a batch of its own.
    """

    def __init__(self, bound: BoundData, batch_size: int, seed: int | None, epoch: float) -> None:
        """Begin at an epoch, the part after the point being the share of rows seen.

        seed : None where the rows keep their order
        """
        self.count = len(bound.train_inputs)
        self._bound = bound
        self._batch_size = batch_size
        self._seed = seed
        self._whole = math.floor(epoch + TOLERANCE)
        self._seen = round((epoch - self._whole) * self.count)
        self._arrange()

    @property
    def epoch(self) -> float:
        """Epochs since the start of learning; the part after the point is the share of rows seen."""
        return self._whole + self._seen / self.count

    @property
    def whole_epochs(self) -> int:
        """How many epochs are over."""
        return self._whole

    def batch(self) -> tuple[Floats, Floats]:
        """Return inputs and targets of the next batch, without moving on."""
        rows = slice(self._seen, self._end)
        return self._inputs[rows], self._targets[rows]

    def move_on(self) -> bool:
        """Leave the batch behind; say whether its epoch is over with it."""
        self._seen = self._end
        if self._seen < self.count:
            return False
        self._whole, self._seen = self._whole + 1, 0
        self._arrange()
        return True

    @property
    def _end(self) -> int:
        return min(self._seen + self._batch_size, self.count)

    def _arrange(self) -> None:
        inputs, targets = self._bound.train_inputs, self._bound.train_targets
        if self._seed is not None:
            order = np.random.default_rng((self._seed, self._whole)).permutation(self.count)
            inputs, targets = inputs[order], targets[order]
        self._inputs, self._targets = inputs, targets
