"""One batch: forward, back and gradients block by block, then the update, by one thread or by a team."""

from __future__ import annotations

from typing import Any

from kernels.training import team
from kernels.training.answers import blame_outputs
from kernels.training.compiled import called, inlined
from kernels.training.dropping import Drops, draw_rows
from kernels.training.memory import load, shifted, store, width
from kernels.training.passes import backward, forward, gradients
from kernels.training.steps import DROP_LIMIT, DROP_SCALE, join_copies, spread_copies, update


@called
def train_batch(
    program: Any,
    room: Any,
    numbers: Any,
    masks: Any,
    board: Any,
    base: int,
    start: int,
    n_rows: int,
    count: int,
) -> bool:
    """Make one update, the `count`-th, by the rows laid out in x from `start` on.

    Say whether the new values are finite. They are written beside the present ones, which stay as they are.
    """
    n_elements = (program.n_inputs + program.n_outputs) * program.stride
    board[team.BASE], board[team.UPDATES] = base, count
    begin, job = 0, team.PASS
    while job <= team.UPDATE:
        # Forward and back, then gradients, for one block of rows after the other; then the update.
        board[team.START], board[team.IS_FIRST] = start, int(begin == 0)
        board[team.COUNT] = n_rows if job == team.UPDATE else min(program.stride, n_rows - begin)
        if board[team.N_PARTS] > 1:
            team.post(board, job)
        else:
            board[team.JOB] = job
        work(program, room, numbers, masks, board, 0)
        if job == team.GRADIENTS:
            begin, start = begin + program.stride, start + n_elements
            job = team.PASS if begin < n_rows else team.UPDATE
            if job == team.UPDATE:
                join_copies(program, room)
        else:
            job += 1
    spread_copies(program, room, base)
    is_sound = True
    for part in range(board[team.N_PARTS]):
        is_sound = is_sound and board[team.PARTS + part * team.PART + 2] == 1
    return is_sound


@called
def work(program: Any, room: Any, numbers: Any, masks: Any, board: Any, number: int) -> None:
    """Do parts: thread 0, the leader, until all of this job are done; helpers until the work is over."""
    n_parts, part = board[team.N_PARTS], 0
    while True:
        if n_parts > 1:
            part = team.wait_for_part(board) if number else team.next_part(board)
            if part < 0 or part >= n_parts:
                break
        mine = team.PARTS + part * team.PART
        following = mine + team.PART
        job, base, rows, start = board[team.JOB], board[team.BASE], board[team.COUNT], board[team.START]
        n_vectors = (rows + width(room.a) - 1) // width(room.a)
        if job == team.PASS:
            first, end = n_vectors * part // n_parts, n_vectors * (part + 1) // n_parts
            skipped = first * width(room.a)
            if first < end:
                a, d = shifted(room.a, skipped), shifted(room.d, skipped)
                take_inputs(program, a, room.x, start + skipped, end - first)
                limit, scale = numbers[DROP_LIMIT], numbers[DROP_SCALE]
                if limit > 0.0:
                    n_columns = program.n_inputs + program.n_outputs
                    until = end * width(room.a)
                    draw_rows(masks, start // n_columns, skipped, until, board[team.UPDATES])
                drops = Drops(shifted(masks.row_keys, skipped), masks.node_keys, limit, scale)
                forward(program, a, d, room.values, base, end - first, drops)
                count = min(rows - skipped, (end - first) * width(room.a))
                blame_outputs(program, a, d, room.x, start + skipped, count)
                backward(program, d, room.values, base, end - first)
        elif job == team.GRADIENTS:
            is_first = board[team.IS_FIRST] == 1
            gradients(program, room.a, room.d, room.g, n_vectors, is_first, board[mine], board[following])
        else:
            first, end, count = board[mine + 1], board[following + 1], board[team.UPDATES]
            is_sound = update(program, room, numbers, base, 1.0 / rows, count, first, end)
            board[mine + 2] = 1 if is_sound else 0
        if n_parts == 1:
            return
        team.finish(board)
    if not number:
        team.wait_for_all(board)


@inlined
def take_inputs(program: Any, a: Any, x: Any, start: int, n_vectors: int) -> None:
    """Copy a block's inputs from x, from `start` on, into the inputs' rows."""
    stride = program.stride
    for i in range(program.n_inputs):
        for v in range(n_vectors):
            at = i * stride + v * width(a)
            store(a, stride + at, load(x, start + at))
