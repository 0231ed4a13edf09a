"""Who does what in a team of threads, and how many of them are worth it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.training import team
from kernels.training.program import UNIT, UNIT_END, Program
from kernels.training.slots import SLOTS_TOGETHER

TEAM_FLOPS = 3_000_000
"""Operations of a block of rows below which several threads lose more by waiting than they gain."""

VECTORS_EACH = 2
"""Vectors of a block's rows that each thread should have at least."""


def team_size(threads: int, flops: int, n_vectors: int) -> int:
    """Return how many threads a trainer should use.

    threads : allowed; flops : operations of a block; n_vectors : of its rows
    """
    if flops < TEAM_FLOPS:
        return 1
    return max(1, min(threads, n_vectors // VECTORS_EACH))


def make_board(program: Program, n_threads: int) -> NDArray[np.int64]:
    """Return a team's board, with each thread's part of the units and of the slots; see `team`."""
    board = np.zeros(team.SHARES + team.SHARE * (n_threads + 1), np.int64)
    board[team.N_THREADS] = n_threads
    cuts = np.arange(n_threads + 1) * program.n_slots // n_threads
    ends = program.units.reshape(-1, UNIT)[:, UNIT_END]
    shares = board[team.SHARES :].reshape(-1, team.SHARE)
    shares[:, 0] = np.searchsorted(ends, cuts)
    shares[-1, 0] = program.n_units
    shares[:, 1] = cuts // SLOTS_TOGETHER * SLOTS_TOGETHER
    shares[-1, 1] = program.n_slots
    return board
