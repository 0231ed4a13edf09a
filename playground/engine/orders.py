"""The orders in which training rows are taken, drawn for many epochs at once."""

from __future__ import annotations

import numpy as np

from kernels.blocks import Indices

DRAWN = 1 << 16
"""How many places are drawn at once: few enough to lie in the cache, enough to make a call worth it."""

MOST_EPOCHS = 4096


class Orders:
    """A shuffled order of the rows for each epoch: a function of seed, epoch and number of rows alone.

    Epochs are drawn in blocks of fixed size from (seed, block), so that 100,000 orders of small tasks take
    a fraction of a second. Each row of a block is sorted by random numbers, into whose lowest bits the
    places were written: so all are different, and no other array is needed.
    """

    def __init__(self, count: int, seed: int) -> None:
        """Prepare to draw orders of `count` rows, at least one."""
        self._count = count
        self._seed = seed
        self._per_block = min(MOST_EPOCHS, max(1, DRAWN // count))
        self._mask = np.uint64((1 << (count - 1).bit_length()) - 1)
        self._kept: tuple[int, Indices] | None = None

    def of(self, first: int, n_epochs: int) -> Indices:
        """Return the orders of `n_epochs` epochs, `first` and those after it: intp, (n_epochs, count)."""
        size = self._per_block
        parts = []
        for block in range(first // size, -(-(first + n_epochs) // size)):
            start = block * size
            parts.append(self._block(block)[max(0, first - start) : first + n_epochs - start])
        return parts[0] if len(parts) == 1 else np.concatenate(parts)

    def _block(self, block: int) -> Indices:
        if self._kept is None or self._kept[0] != block:
            rng = np.random.default_rng((self._seed, block))
            keys = rng.integers(0, 1 << 64, (self._per_block, self._count), np.uint64)
            keys &= ~self._mask
            keys |= np.arange(self._count, dtype=np.uint64)
            keys.sort(axis=1)
            keys &= self._mask
            self._kept = block, keys.astype(np.intp)
        return self._kept[1]
