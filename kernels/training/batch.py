"""One batch: forward, back and gradients block by block, then the update, by one thread or by a team."""

from __future__ import annotations

from typing import Any

from kernels.training import team
from kernels.training.answers import blame_outputs
from kernels.training.compiled import called, inlined
from kernels.training.memory import load, shifted, store, width
from kernels.training.passes import backward, forward, gradients
from kernels.training.steps import join_copies, spread_copies, update


@inlined
def train_batch(
    program: Any, room: Any, numbers: Any, board: Any, base: int, start: int, n_rows: int, count: int
) -> bool:
    """Make one update, the `count`-th, by the rows laid out in x from `start` on.

    Say whether the new values are finite. They are written beside the present ones, which stay as they are.
    """
    n_parts, n_elements = board[team.N_PARTS], (program.n_inputs + program.n_outputs) * program.stride
    for begin in range(0, n_rows, program.stride):
        rows, is_first = min(program.stride, n_rows - begin), begin == 0
        if n_parts > 1:
            _together(program, room, numbers, board, team.PASS, base, start, rows, is_first, count)
            _together(program, room, numbers, board, team.GRADIENTS, base, start, rows, is_first, count)
        else:
            n_vectors = (rows + width(room.a) - 1) // width(room.a)
            _pass(program, room, base, start, rows, 0, n_vectors)
            gradients(program, room.a, room.d, room.g, n_vectors, is_first, 0, program.n_units)
        start += n_elements
    join_copies(program, room)
    if n_parts > 1:
        _together(program, room, numbers, board, team.UPDATE, base, start, n_rows, True, count)
        is_sound = True
        for part in range(n_parts):
            is_sound = is_sound and board[team.PARTS + part * team.PART + 2] == 1
    else:
        is_sound = update(program, room, numbers, base, 1.0 / n_rows, count, 0, program.n_slots)
    spread_copies(program, room, base)
    return is_sound


@inlined
def _together(
    program: Any,
    room: Any,
    numbers: Any,
    board: Any,
    job: int,
    base: int,
    start: int,
    rows: int,
    is_first: bool,
    count: int,
) -> None:
    board[team.BASE], board[team.START], board[team.COUNT] = base, start, rows
    board[team.IS_FIRST], board[team.UPDATES] = int(is_first), count
    team.post(board, job)
    part = team.next_part(board)
    while part < board[team.N_PARTS]:
        _do(program, room, numbers, board, part)
        team.finish(board)
        part = team.next_part(board)
    team.wait_for_all(board)


@called
def help_out(program: Any, room: Any, numbers: Any, board: Any) -> None:
    """Do parts of all jobs until the leader ends the work."""
    part = team.wait_for_part(board)
    while part >= 0:
        _do(program, room, numbers, board, part)
        team.finish(board)
        part = team.wait_for_part(board)


@called
def _do(program: Any, room: Any, numbers: Any, board: Any, part: int) -> None:
    """Do one part of the job on the board."""
    job, base, rows = board[team.JOB], board[team.BASE], board[team.COUNT]
    n_parts, mine = board[team.N_PARTS], team.PARTS + part * team.PART
    following = mine + team.PART
    n_vectors = (rows + width(room.a) - 1) // width(room.a)
    if job == team.PASS:
        first, end = n_vectors * part // n_parts, n_vectors * (part + 1) // n_parts
        if first < end:
            _pass(program, room, base, board[team.START], rows, first, end)
    elif job == team.GRADIENTS:
        is_first = board[team.IS_FIRST] == 1
        gradients(program, room.a, room.d, room.g, n_vectors, is_first, board[mine], board[following])
    else:
        first, end = board[mine + 1], board[following + 1]
        is_sound = update(program, room, numbers, base, 1.0 / rows, board[team.UPDATES], first, end)
        board[mine + 2] = 1 if is_sound else 0


@called
def _pass(program: Any, room: Any, base: int, start: int, n_rows: int, first: int, end: int) -> None:
    """Forward and back for some vectors of a block's rows: from slopes to dL/dz."""
    skipped, n_vectors = first * width(room.a), end - first
    a, d = shifted(room.a, skipped), shifted(room.d, skipped)
    take_inputs(program, a, room.x, start + skipped, n_vectors)
    forward(program, a, d, room.values, base, n_vectors)
    count = min(n_rows - skipped, n_vectors * width(room.a))
    blame_outputs(program, a, d, room.x, start + skipped, count)
    backward(program, d, room.values, base, n_vectors)


@inlined
def take_inputs(program: Any, a: Any, x: Any, start: int, n_vectors: int) -> None:
    """Copy a block's inputs from x, from `start` on, into the inputs' rows."""
    stride = program.stride
    for i in range(program.n_inputs):
        for v in range(n_vectors):
            at = i * stride + v * width(a)
            store(a, stride + at, load(x, start + at))
