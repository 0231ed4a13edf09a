"""Where a training run stands among its rows, and in which order they come next."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kernels.blocks import Indices
from playground.engine.orders import Orders

TOLERANCE = 1e-9
"""How far an epoch may be from a whole number, by rounding, and still be one."""

LEAST_AHEAD = 64
"""Orders of fewer epochs are drawn when they are needed."""


class Rows:
    """The rows of each epoch, batch by batch: shuffled from (seed, epoch) alone, or in their order.

    The last batch of an epoch may be smaller; the next epoch begins with a batch of its own.
    """

    def __init__(self, count: int, batch_size: int, seed: int | None, epoch: float) -> None:
        """Begin at an epoch, the part after the point being the share of `count` rows seen.

        seed : None where the rows keep their order
        """
        self.count = count
        self._batch_size = batch_size
        self._orders = None if seed is None else Orders(count, seed)
        self._whole = math.floor(epoch + TOLERANCE)
        self._seen = round((epoch - self._whole) * count)

    @property
    def epoch(self) -> float:
        """Epochs since the start of learning; the part after the point is the share of rows seen."""
        return self._whole + self._seen / self.count

    @property
    def whole_epochs(self) -> int:
        """How many epochs are over."""
        return self._whole

    @property
    def seen(self) -> int:
        """How many rows of the epoch under way have been seen: where the next batch begins."""
        return self._seen

    @property
    def in_epoch(self) -> int:
        """How many batches a whole epoch has."""
        return -(-self.count // self._batch_size)

    def batches_to(self, epoch: int) -> int:
        """Return how many batches there are until so many epochs are over."""
        left = -(-(self.count - self._seen) // self._batch_size)
        return left + (epoch - self._whole - 1) * self.in_epoch

    def orders(self, n_batches: int) -> Indices | None:
        """Return the orders of the epochs that the next batches touch: (n_epochs, count).

        None where the rows keep their order.
        """
        if self._orders is None:
            return None
        beyond = max(0, n_batches - self.batches_to(self._whole + 1))
        return self._orders.of(self._whole, 1 + -(-beyond // self.in_epoch))

    @contextmanager
    def drawing_ahead(self, n_batches: int) -> Iterator[None]:
        """Meanwhile draw, in another thread, the orders for what follows on so many batches.

        For whoever trains so fast that drawing would keep it waiting.
        """
        n_epochs = n_batches // self.in_epoch
        if self._orders is None or n_epochs < LEAST_AHEAD:
            yield
            return
        wanted = (self._whole + n_epochs, n_epochs + n_epochs // 4 + 2)
        drawing = threading.Thread(target=self._orders.draw_ahead, args=wanted, name="orders", daemon=True)
        drawing.start()
        try:
            yield
        finally:
            drawing.join()

    def adopt(self, others: Rows) -> None:
        """Use what others have drawn, where it is the same."""
        mine, drawn = self._orders, others._orders
        if mine and drawn and (mine.count, mine.seed) == (drawn.count, drawn.seed):
            self._orders = drawn

    def move_on(self, n_batches: int) -> None:
        """Leave so many batches behind."""
        beyond = n_batches - self.batches_to(self._whole + 1)
        if beyond < 0:
            self._seen += n_batches * self._batch_size
        else:
            self._whole += 1 + beyond // self.in_epoch
            self._seen = beyond % self.in_epoch * self._batch_size
