"""Room for packed operands that a thread keeps from product to product."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIGNMENT_BYTES = 1 << 21
"""A large page: whoever walks through packed operands then needs few entries of the page tables."""


class Scratch(threading.local):
    """Each thread's own room, as large as it ever had to be: new memory is slow at the first touch."""

    def __init__(self) -> None:
        self._room = np.empty(0, np.uint8)

    def elements(self, count: int, dtype: np.dtype[Any]) -> NDArray[Any]:
        """So many numbers, not filled, valid until the same thread asks again."""
        n_bytes = count * dtype.itemsize
        if self._room.size < n_bytes + ALIGNMENT_BYTES:
            self._room = np.empty(n_bytes + ALIGNMENT_BYTES, np.uint8)
        start = -self._room.ctypes.data % ALIGNMENT_BYTES
        return self._room[start : start + n_bytes].view(dtype)
