"""Threads that work on one batch together: the leader says what is to be done, all do their shares and wait.

A share never changes a bit: passes are shared out by lanes, gradients and updates by slots, and each number
is worked out by one thread in the same steps. The board is an int64 array that all threads see.
"""

from __future__ import annotations

import sys
from typing import Any

from numba import types

from kernels.ladder.atomics import pause
from kernels.training.compiled import called, inlined
from kernels.training.memory import atomic_add, atomic_load, atomic_store

N_THREADS, ROUND, DONE, JOB, BASE, START, COUNT, IS_FIRST, UPDATES = 0, 8, 16, 24, 25, 26, 27, 28, 29
"""Places on the board; what threads wait for has a cache line of its own. BASE to UPDATES: of the job."""

SHARES = 32
"""Where on the board threads' parts are: first unit, first slot, and whether the values are sound."""

SHARE = 8
"""How far shares lie apart."""

LEAVE, PASS, GRADIENTS, UPDATE = range(4)
"""Jobs."""

SPINS = 4000
"""How often a thread looks before it offers its core to others."""

GIVE_WAY = "SwitchToThread" if sys.platform == "win32" else "sched_yield"
"""What the system calls the offer of a core to others."""

_give_way = types.ExternalFunction(GIVE_WAY, types.int32())


@inlined
def post(board: Any, job: int) -> None:
    """Begin a job, whose numbers are on the board already."""
    board[JOB] = job
    atomic_store(board, DONE, 0)
    atomic_add(board, ROUND, 1)


@called
def wait_for_all(board: Any) -> None:
    """Wait until all helpers have done their shares."""
    spins = 0
    while atomic_load(board, DONE) < board[N_THREADS] - 1:
        spins = _wait(spins)


@called
def wait_for_job(board: Any, seen: int) -> int:
    """Wait for a round after the one seen last; return its number."""
    spins = 0
    while atomic_load(board, ROUND) == seen:
        spins = _wait(spins)
    found: int = atomic_load(board, ROUND)
    return found


@inlined
def finish(board: Any) -> None:
    """Say that a share is done."""
    atomic_add(board, DONE, 1)


@inlined
def _wait(spins: int) -> int:
    if spins >= SPINS:
        _give_way()
    else:
        pause()
    return spins + 1
