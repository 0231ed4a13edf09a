"""The compiled entrance to training: the one function that is kept in the cache."""

from __future__ import annotations

from typing import Any

from kernels.training import loop, team
from kernels.training.batch import work
from kernels.training.compiled import entrance
from kernels.training.dropping import Masks
from kernels.training.memory import pointer
from kernels.training.program import Program


@entrance
def enter(
    program: Any,
    room: Any,
    sizes: Any,
    notes: Any,
    orders: Any,
    stop: Any,
    n_batches: int,
    out: Any,
    number: int,
) -> int:
    """Do one of three things, so that the passes are compiled once; return why training ended.

    n_batches > 0 : train, see `loop.train_batches`; 0 : note the scores of the present values
    number : of the thread; those after 0 only help the first, see `team`
    out : (n_rows, n_nodes), flat; where it is not empty, it gets what nodes say of rows of `room.inputs`
    """
    nodes, n_nodes = pointer(notes.nodes), notes.nodes.size
    program = Program(
        program.stride,
        program.n_slots,
        program.n_inputs,
        program.n_outputs,
        program.n_segments,
        program.n_copies,
        program.first_row,
        pointer(program.segments),
        pointer(program.in_starts),
        pointer(program.slot_sources),
        pointer(program.slot_targets),
        pointer(program.out_starts),
        pointer(program.out_targets),
        pointer(program.out_slots),
        pointer(program.outputs),
        pointer(program.copies),
        pointer(program.units),
        program.n_units,
        program.optimizer,
        program.loss,
        program.regularization,
        program.how,
    )
    room = loop.Room(
        pointer(room.a),
        pointer(room.d),
        pointer(room.g),
        pointer(room.values),
        pointer(room.first),
        pointer(room.second),
        pointer(room.trained),
        pointer(room.decay),
        pointer(room.inputs),
        pointer(room.targets),
        pointer(room.x),
        pointer(room.train_x),
        pointer(room.test_x),
    )
    masks = Masks(
        pointer(notes.masks.seed_key),
        pointer(notes.masks.node_keys),
        pointer(notes.masks.row_numbers),
        pointer(notes.masks.row_keys),
    )
    notes = loop.Notes(
        pointer(notes.numbers),
        pointer(notes.limits),
        pointer(notes.watch),
        pointer(notes.state),
        pointer(notes.points),
        nodes,
        pointer(notes.board),
        masks,
    )
    if number:
        work(program, room, notes.numbers, masks, notes.board, number)
        return 0
    if out.size:
        loop.answer_rows(
            program, room, masks, notes.state[loop.BASE], out.size // n_nodes, nodes, n_nodes, pointer(out)
        )
        return 0
    if not n_batches:
        loop.note(program, room, sizes, notes)
        return 0
    ended = loop.train_batches(program, room, sizes, notes, pointer(orders), pointer(stop), n_batches)
    team.end(notes.board)
    return ended
