"""Room for packed operands that a thread keeps from product to product."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNMENT_BYTES = 1 << 21
"""A large page: whoever walks through packed operands then needs few entries of the page tables."""


SMALL_BYTES = 1 << 18


class Scratch(threading.local):
    """Each thread's own room, as large as it ever had to be: new memory is slow at the first touch."""

    def __init__(self) -> None:
        self._room = np.empty(0, np.uint8)
        self.small: dict[np.dtype[Any], NDArray[Any]] = {}

    def prepare(self, dtype: np.dtype[Any]) -> None:
        """Have room for small products of a type: always the same, found in `small` at once."""
        if dtype not in self.small:
            self.small[dtype] = np.empty(SMALL_BYTES // dtype.itemsize, dtype)

    def elements(self, count: int, dtype: np.dtype[Any]) -> NDArray[Any]:
        """So many numbers, not filled, valid until the same thread asks again."""
        n_bytes = count * dtype.itemsize
        if self._room.size < n_bytes + ALIGNMENT_BYTES:
            self._room = np.empty(n_bytes + ALIGNMENT_BYTES, np.uint8)
        start = -self._room.ctypes.data % ALIGNMENT_BYTES
        return self._room[start : start + n_bytes].view(dtype)
