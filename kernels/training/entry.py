"""The compiled entrances to training: all that is kept in the cache, one function for each thing to do."""

from __future__ import annotations

from typing import Any

from numba import njit

from kernels.training import loop


@njit(nogil=True, cache=True)  # type: ignore[untyped-decorator]  # numba has no types
def train(
    program: Any,
    room: Any,
    sizes: Any,
    numbers: Any,
    orders: Any,
    limits: Any,
    watch: Any,
    state: Any,
    points: Any,
    stop: Any,
    n_batches: int,
    nodes: Any,
    out: Any,
) -> int:
    """Do one of three things, so that the passes are compiled once.

    n_batches > 0 : train, see `loop.train_batches`; 0 : note the scores of the present values
    out not empty : fill it with every node's answers to the rows of `room.inputs`
    """
    if out.size:
        loop.answer_rows(program, room, state[loop.BASE], room.inputs, nodes, out)
        return 0
    if not n_batches:
        loop.note(program, room, sizes, state, points)
        return 0
    return loop.train_batches(
        program, room, sizes, numbers, orders, limits, watch, state, points, stop, n_batches
    )
