"""The bandwidth of memory: how fast one core, or several together, read an array larger than all caches."""

from __future__ import annotations

import numpy as np
import psutil

from kernels.limits.caches import caches
from kernels.limits.together import best_seconds

TIMES_CACHE = 4
LEAST_BYTES, MOST_BYTES = 64 << 20, 512 << 20
REPEATS = 5


def array_bytes() -> int:
    """The size of the array: four times the largest cache, but 64 to 512 MiB, and at most half the memory."""
    largest = max((kib << 10 for _, kib in caches()), default=LEAST_BYTES // 2)
    wanted = min(max(TIMES_CACHE * largest, LEAST_BYTES), MOST_BYTES)
    return min(wanted, psutil.virtual_memory().available // 2)


def bandwidths(*counts: int) -> list[float]:
    """Return GB/s (1e9 bytes) read by so many threads together, each reading a part of its own."""
    array = np.ones(array_bytes() // 4, np.float32)  # written once, so that every page is there
    return [_bandwidth(array, threads) for threads in counts]


def _bandwidth(array: np.ndarray[tuple[int], np.dtype[np.float32]], threads: int) -> float:
    from kernels.limits import stream  # loads the compiler

    block = stream.block_bytes()
    turns = array.nbytes // threads // block
    start = array.ctypes.data
    seconds = best_seconds(
        lambda number: stream.read(start + number * turns * block, turns), threads, REPEATS
    )
    return threads * turns * block / seconds / 1e9
