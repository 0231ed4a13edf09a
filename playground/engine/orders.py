"""The orders in which training rows are taken, drawn for many epochs at once."""

from __future__ import annotations

import numpy as np

from kernels.blocks import Indices

DRAWN = 1 << 16
"""How many places the first blocks hold: few enough to be drawn at once whenever a run begins."""

MOST_EPOCHS = 4096
"""How many epochs such a block holds at most."""

LARGER = 16
"""How many times larger the blocks after them are. A fast trainer uses up millions of places a second, and
each step of drawing them has to wait for a window that paints."""


class Orders:
    """A shuffled order of the rows for each epoch: a function of seed, epoch and number of rows alone.

    Epochs are drawn in blocks of fixed places from the seed and the block, so that 100,000 orders of small
    tasks take a fraction of a second. Each row of a block is sorted by random numbers, into whose lowest
    bits the places were written: so all are different, and no other array is needed.
    """

    def __init__(self, count: int, seed: int) -> None:
        """Prepare to draw orders of `count` rows, at least one."""
        self.count = count
        self.seed = seed
        self._small = min(MOST_EPOCHS, max(1, DRAWN // count))
        self._mask = np.uint64((1 << (count - 1).bit_length()) - 1)
        self._kept: tuple[int, Indices] | None = None

    def of(self, first: int, n_epochs: int) -> Indices:
        """Return the orders of `n_epochs` epochs, `first` and those after it: intp, (n_epochs, count)."""
        parts, epoch, end = [], first, first + n_epochs
        while epoch < end:
            start, size = self._place(epoch)
            parts.append(self._block(start, size)[epoch - start : end - start])
            epoch = start + size
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _place(self, epoch: int) -> tuple[int, int]:
        """The first epoch of an epoch's block, and how many the block holds."""
        large = LARGER * self._small
        size = self._small if epoch < large else large
        return epoch // size * size, size

    def _block(self, start: int, size: int) -> Indices:
        if self._kept is None or self._kept[0] != start:
            rng = np.random.default_rng((self.seed, start))
            keys = rng.integers(0, 1 << 64, (size, self.count), np.uint64)
            keys &= ~self._mask
            keys |= np.arange(self.count, dtype=np.uint64)
            keys.sort(axis=1)
            keys &= self._mask
            self._kept = start, keys.view(np.int64).astype(np.intp, copy=False)
        return self._kept[1]
