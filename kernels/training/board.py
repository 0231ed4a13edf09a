"""Who does what in a team of threads, and how many of them are worth it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.training import team
from kernels.training.program import UNIT, UNIT_END, Program
from kernels.training.slots import SLOTS_TOGETHER

TEAM_WORK = 12_000_000
"""Operations of a block of rows times bytes of a number below which several threads are not worth it.

Measured with two threads on layers of 64 to 440 nodes, gain over one: float32 1.4 at 4 million operations,
1.7 at 22 million, 1.8 at 86 million; float64 1.1 at 1 million, 1.5 at 2 million, 1.7 from 11 million on.
"""

PARTS_EACH = 2
"""Parts for each thread, so that one that is held up leaves some of its own to the others."""

VECTORS_EACH = 2
"""Vectors of a block's rows that each thread should have at least."""


def team_size(threads: int, flops: int, n_bytes: int, n_vectors: int) -> int:
    """Return how many threads a trainer should use.

    threads : allowed; flops : operations of a block; n_bytes : of a number; n_vectors : of the block's rows
    """
    if flops * n_bytes < TEAM_WORK:
        return 1
    return max(1, min(threads, n_vectors // VECTORS_EACH))


def make_board(program: Program, n_threads: int) -> NDArray[np.int64]:
    """Return a team's board, with the units and the slots of each part; see `team`."""
    n_parts = 1 if n_threads == 1 else PARTS_EACH * n_threads
    board = np.zeros(team.PARTS + team.PART * (n_parts + 1), np.int64)
    board[team.N_PARTS] = n_parts
    cuts = np.arange(n_parts + 1) * program.n_slots // n_parts
    ends = program.units.reshape(-1, UNIT)[:, UNIT_END]
    parts = board[team.PARTS :].reshape(-1, team.PART)
    parts[:, 0] = np.searchsorted(ends, cuts)
    parts[-1, 0] = program.n_units
    parts[:, 1] = cuts // SLOTS_TOGETHER * SLOTS_TOGETHER
    parts[-1, 1] = program.n_slots
    return board
