"""The order in which a kernel walks over A, B and C: exported by each rung, replayed by whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOMENT, THREAD, ROW, ROW_END, COLUMN, COLUMN_END, DEPTH, DEPTH_END = range(8)
"""The columns of `Schedule.steps`."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """The bytes that move into one level of the machine's memory, modelled from a schedule.

    level : "registers", "L1", "L2", "L3" or "memory"
    n_bytes : what this level hands to the one above it while the whole product is computed
    """

    level: str
    n_bytes: int


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """A product C (m, n) = A (m, k) B (k, n) cut into steps, in the order in which the kernel takes them.

    Each step adds A[rows, depth] @ B[depth, columns] to C[rows, columns]; all steps together are the
    product. Steps of one moment happen at the same time, each by a thread of its own.

    steps : int64, shape (n_steps, 8): moment, thread, first and last row, column and depth; ends excluded;
        sorted by moment
    traffic : bytes that move, from the level nearest to the arithmetic outwards
    """

    m: int
    n: int
    k: int
    threads: int
    steps: NDArray[np.int64]
    traffic: tuple[Traffic, ...]
