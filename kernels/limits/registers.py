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

TRIES = 6
"""How often figures that disagree are measured again."""

ALL_LEAST, ALL_MOST = 0.85, 1.05
"""What all cores do of what as many single ones would; outside of this something else computed meanwhile,
or cores share their units, which a few more tries cannot change."""


def peak(dtype: DType, threads: int) -> float:
    """Return GFLOP/s that this many threads reach together; measured once, until it is forgotten."""
    known = _known()
    if (dtype, threads) not in known:
        known[dtype, threads] = _measured(dtype, threads)
    return known[dtype, threads]


def peaks(dtype: DType, cores: int) -> tuple[float, float]:
    """Return the peaks of one core and of all, measured again where they do not agree."""
    for _ in range(TRIES):
        share = peak(dtype, cores) / (cores * peak(dtype, 1))
        if ALL_LEAST <= share <= ALL_MOST:
            break
        raise_peak(dtype, cores if share < ALL_LEAST else 1)
    one = peak(dtype, 1)
    _known()[dtype, cores] = max(one, peak(dtype, cores))  # the others may rest while one works
    return one, peak(dtype, cores)


def raise_peak(dtype: DType, threads: int) -> float:
    """Measure once more and return the larger figure: what once was reached can be reached."""
    known = _known()
    known[dtype, threads] = max(peak(dtype, threads), _measured(dtype, threads))
    return known[dtype, threads]


def forget() -> None:
    """Measure anew when asked next: the machine may be faster or slower then."""
    _known().clear()


@cache
def _known() -> dict[tuple[DType, int], float]:
    """What was measured in this process, in the one place that it has for that."""
    return {}


def _measured(dtype: DType, threads: int) -> float:
    """Measure now; a short repeat tells how long the others are, so that a slow machine takes no longer."""
    number = np.dtype(dtype).type
    factor, term = number(0.999), number(0.001)  # the sums tend to 1: never too large, never too small
    chains.run(PILOT_TURNS // 10, factor, term)
    pilot = best_seconds(lambda _: chains.run(PILOT_TURNS, factor, term), 1, 2)
    turns = max(1, round(PILOT_TURNS * REPEAT_SECONDS / pilot))
    seconds = best_seconds(lambda _: chains.run(turns, factor, term), threads, REPEATS)
    return threads * chains.flops(turns, np.dtype(dtype).itemsize) / seconds / 1e9
