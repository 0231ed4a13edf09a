"""Threads that work on one batch together: the leader says what is to be done, and who is free takes a part.

Who does a part never changes a bit: passes are cut by lanes, gradients and updates by slots, and each number
is worked out by one thread in the same steps. A thread that gets no core holds nobody up: the others take its
parts. The board is an int64 array that all threads see.
"""

from __future__ import annotations

import sys
from typing import Any

from numba import types

from kernels.ladder.atomics import pause
from kernels.training.compiled import called, inlined
from kernels.training.memory import atomic_add, atomic_load, atomic_store

N_PARTS, NEXT, DONE, IS_OVER, JOB, BASE, START, COUNT, IS_FIRST, UPDATES = (
    0,
    8,
    16,
    24,
    32,
    33,
    34,
    35,
    36,
    37,
)
"""Places on the board; what threads wait for has a cache line of its own. JOB and on: what is to be done."""

PARTS = 40
"""Where on the board parts begin: first unit, first slot, and whether the values are sound."""

PART = 8
"""How far parts lie apart."""

PASS, GRADIENTS, UPDATE = range(3)
"""Jobs."""

SPINS = 4000
"""How often a thread looks before it offers its core to others."""

GIVE_WAY = "SwitchToThread" if sys.platform == "win32" else "sched_yield"
"""What the system calls the offer of a core to others."""

_give_way = types.ExternalFunction(GIVE_WAY, types.int32())


@inlined
def post(board: Any, job: int) -> None:
    """Begin a job, whose numbers are on the board already; every part of the last one is done."""
    board[JOB] = job
    atomic_store(board, DONE, 0)
    atomic_store(board, NEXT, 0)


@called
def wait_for_all(board: Any) -> None:
    """Wait until all parts are done."""
    spins = 0
    while atomic_load(board, DONE) < board[N_PARTS]:
        spins = _wait(spins)


@called
def wait_for_part(board: Any) -> int:
    """Wait for a part to do and return its number, or -1 when the work is over."""
    spins = 0
    while not atomic_load(board, IS_OVER):
        if atomic_load(board, NEXT) < board[N_PARTS]:
            part = next_part(board)
            if part < board[N_PARTS]:
                return part
        spins = _wait(spins)
    return -1


@inlined
def next_part(board: Any) -> int:
    """Take the next part; none is left where its number is not below that of the parts."""
    part: int = atomic_add(board, NEXT, 1)
    return part


@inlined
def finish(board: Any) -> None:
    """Say that a part is done."""
    atomic_add(board, DONE, 1)


@inlined
def end(board: Any) -> None:
    """Let the helpers go."""
    atomic_store(board, IS_OVER, 1)


@inlined
def _wait(spins: int) -> int:
    if spins >= SPINS:
        _give_way()
    else:
        pause()
    return spins + 1
