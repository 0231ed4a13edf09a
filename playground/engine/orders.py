"""The orders in which training rows are taken, drawn for many epochs at once."""

from __future__ import annotations

import numpy as np

from kernels.blocks import Indices

DRAWN = 1 << 16
"""How many places the first blocks hold: few enough to be drawn at once whenever a run begins."""

MOST_EPOCHS = 4096
"""How many epochs such a block holds at most."""

SHORT_BITS = 10
"""Places of so many bits share 32 with the random numbers; others share 64."""

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
        bits = (count - 1).bit_length()
        # Short keys are sorted faster; with enough random bits above the place, equal ones hardly ever meet.
        self._type: type[np.unsignedinteger] = np.uint32 if bits <= SHORT_BITS else np.uint64
        self._mask = self._type((1 << bits) - 1)
        self._kept: tuple[int, Indices] | None = None
        self._ready: tuple[int, Indices] | None = None

    def of(self, first: int, n_epochs: int) -> Indices:
        """Return the orders of `n_epochs` epochs, `first` and those after it: intp, (n_epochs, count)."""
        if self._ready is not None:
            start, drawn = self._ready
            if start <= first and first + n_epochs <= start + len(drawn):
                return drawn[first - start : first - start + n_epochs]
        return self._drawn(first, n_epochs)

    def draw_ahead(self, first: int, n_epochs: int) -> None:
        """Draw what will be asked for; in another thread, while nobody asks."""
        self._ready = first, self._drawn(first, n_epochs)

    def _drawn(self, first: int, n_epochs: int) -> Indices:
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
            highest = int(np.iinfo(self._type).max)
            keys = rng.integers(0, highest, (size, self.count), self._type, endpoint=True)
            keys &= ~self._mask
            keys |= np.arange(self.count, dtype=self._type)
            keys.sort(axis=1)
            keys &= self._mask
            self._kept = start, keys.astype(np.intp)
        return self._kept[1]
