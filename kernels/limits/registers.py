"""The peak of arithmetic: fused multiply-adds in registers, by one core or by several together."""

from __future__ import annotations

from functools import cache

import numpy as np

from kernels.ladder.kernel import DType
from kernels.limits import chains
from kernels.limits.together import best_seconds

PILOT_TURNS = 20_000
REPEAT_SECONDS = 0.006
REPEATS = 12


@cache
def peak(dtype: DType, threads: int) -> float:
    """Return GFLOP/s that this many threads reach together; measured once in a process.

    The length of a repeat is chosen by a short one before, so that a slow machine takes no longer.
    """
    number = np.dtype(dtype).type
    factor, term = number(0.999), number(0.001)  # the sums tend to 1: never too large, never too small
    chains.run(PILOT_TURNS // 10, factor, term)
    pilot = best_seconds(lambda _: chains.run(PILOT_TURNS, factor, term), 1, 2)
    turns = max(1, round(PILOT_TURNS * REPEAT_SECONDS / pilot))
    seconds = best_seconds(lambda _: chains.run(turns, factor, term), threads, REPEATS)
    return threads * chains.flops(turns, np.dtype(dtype).itemsize) / seconds / 1e9
