"""Many batches over many epochs in one call: rows into lanes, a batch, an update, notes, and when to end."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import rates
from kernels.training.answers import answer, judge
from kernels.training.batch import take_inputs, train_batch
from kernels.training.compiled import called, inlined
from kernels.training.dropping import Drops, Masks
from kernels.training.memory import flag, item, put, width
from kernels.training.passes import forward
from kernels.training.steps import FIRST_RATE, LENGTH, NUMBER, RATE, SCHEDULE, penalty

EPOCH, ROW, COUNT, BASE, LAID_FIRST, LAID_EPOCH, N_POINTS, BATCHES, N_EPOCHS = range(9)
"""Places in `state`; LAID_FIRST, LAID_EPOCH: where the first batch in lanes begins, and of which epoch it is,
-1 for rows in their order; N_EPOCHS: how many orders there are, 0 for rows in their order."""

BUDGET, FLAG, FULL, DIVERGED, EPOCHS, LOSS, CONVERGED = range(7)
"""Why a call ended."""

STRIDE, STOP_EPOCHS, STOP_LOSS, WINDOW, MEANINGFUL, NEGLIGIBLE = range(6)
"""Places in `limits`; a stride of 0 notes nothing."""

FIRST, HUGE, WORSE, BEST, BEST_EPOCH = range(5)
"""Places in `watch`."""


rate_at = inlined(rates.rate_at)


class Room(NamedTuple):
    """The arrays that training works in; flat, all of one floating-point type. See `program` and `passes`.

    inputs, targets : the training rows; x : rows laid out in lanes, block after block
    train_x, test_x : training and test rows laid out to be scored
    """

    a: NDArray[np.floating]
    d: NDArray[np.floating]
    g: NDArray[np.floating]
    values: NDArray[np.floating]
    first: NDArray[np.floating]
    second: NDArray[np.floating]
    trained: NDArray[np.floating]
    decay: NDArray[np.floating]
    inputs: NDArray[np.floating]
    targets: NDArray[np.floating]
    x: NDArray[np.floating]
    train_x: NDArray[np.floating]
    test_x: NDArray[np.floating]


class Notes(NamedTuple):
    """What is known besides the values: see the places named above.

    numbers : float64, of the rule; limits, watch : float64, when to note losses and to end
    state : int64; points : float64, (n_points, 6), flat; nodes : intp, row of each node
    board : int64, see `team`; masks : see `dropping`
    """

    numbers: NDArray[np.float64]
    limits: NDArray[np.float64]
    watch: NDArray[np.float64]
    state: NDArray[np.int64]
    points: NDArray[np.float64]
    nodes: NDArray[np.intp]
    board: NDArray[np.int64]
    masks: Masks


class Sizes(NamedTuple):
    """How many rows there are, and how they are cut.

    n_points : how many points there is room for
    lays_out_all : 1 where `x` has room for all rows of an epoch, 0 where for one batch
    """

    n_rows: int
    n_test: int
    batch_size: int
    n_points: int
    lays_out_all: int


@inlined
def train_batches(
    program: Any,
    room: Any,
    sizes: Any,
    notes: Any,
    orders: Any,
    stop: Any,
    n_batches: int,
) -> int:
    """Train until the batches or the orders are used up, the flag is set or a rule says so; return why."""
    state = notes.state
    begun, n_epochs = state[EPOCH], state[N_EPOCHS]
    while state[BATCHES] < n_batches:
        epoch, row = state[EPOCH], state[ROW]
        if n_epochs and epoch - begun >= n_epochs:
            return BUDGET
        n_rows = min(sizes.batch_size, sizes.n_rows - row)
        if notes.numbers[SCHEDULE] > 0.0 and (row == 0 or state[BATCHES] == 0):
            set_rate(notes.numbers, epoch)
        # 1. The batch's rows, in lanes.
        order = (epoch - begun) * sizes.n_rows if n_epochs else -1
        start = _laid_out(program, room, sizes, notes.masks, orders, order, state, row, n_rows)
        # 2. One update, unless it would ruin the values.
        base, count = state[BASE], state[COUNT] + 1
        is_sound = train_batch(
            program, room, notes.numbers, notes.masks, notes.board, base, start, n_rows, count
        )
        if not is_sound:
            return DIVERGED
        state[BASE] = program.n_slots - base
        state[COUNT] = count
        state[BATCHES] += 1
        state[ROW] = row + n_rows
        # 3. At the end of an epoch: notes, and the rules.
        if state[ROW] == sizes.n_rows:
            state[ROW], state[EPOCH] = 0, epoch + 1
            if notes.limits[STRIDE] > 0:
                ended = _end_epoch(program, room, sizes, notes)
                if ended:
                    return ended
        if flag(stop):
            return FLAG
    return BUDGET


@called
def set_rate(numbers: Any, epoch: int) -> None:
    """Set the learning rate of the epoch after `epoch` whole ones."""
    kind, length = int(numbers[SCHEDULE]), int(numbers[LENGTH])
    numbers[RATE] = rate_at(kind, length, numbers[NUMBER], numbers[FIRST_RATE], epoch)


@called
def _laid_out(
    program: Any,
    room: Any,
    sizes: Any,
    masks: Any,
    orders: Any,
    order: int,
    state: Any,
    row: int,
    n_rows: int,
) -> int:
    """Return where in x the batch begins, laid out now unless it is there already."""
    if not sizes.lays_out_all:
        lay_rows(program, room, masks, orders, order, row, n_rows, 0)
        return 0
    blocks = (sizes.batch_size + program.stride - 1) // program.stride
    n_elements = blocks * (program.n_inputs + program.n_outputs) * program.stride
    first, epoch = row % sizes.batch_size, state[EPOCH] if order >= 0 else -1
    if state[LAID_FIRST] != first or state[LAID_EPOCH] != epoch:
        for begin in range(first, sizes.n_rows, sizes.batch_size):
            count = min(sizes.batch_size, sizes.n_rows - begin)
            place = begin // sizes.batch_size * n_elements
            lay_rows(program, room, masks, orders, order, begin, count, place)
        state[LAID_FIRST], state[LAID_EPOCH] = first, epoch
    start: int = row // sizes.batch_size * n_elements
    return start


@called
def lay_rows(
    program: Any, room: Any, masks: Any, orders: Any, order: int, row: int, n_rows: int, place: int
) -> None:
    """Write rows into x from `place` on, inputs and then targets, `stride` rows side by side in each block.

    Their numbers are written beside them.
    order : where in `orders` the epoch begins, or -1 for rows as they come
    Lanes that are left over repeat the last row, so that they hold nothing that the rows do not.
    """
    stride, n_inputs, n_outputs = program.stride, program.n_inputs, program.n_outputs
    for begin in range(0, n_rows, stride):
        for lane in range(stride):
            number = row + min(begin + lane, n_rows - 1)
            if order >= 0:
                number = item(orders, order + number)
            put(masks.row_numbers, place // (n_inputs + n_outputs) + lane, number)
            for i in range(n_inputs):
                put(room.x, place + i * stride + lane, item(room.inputs, number * n_inputs + i))
            for k in range(n_outputs):
                wanted = item(room.targets, number * n_outputs + k)
                put(room.x, place + (n_inputs + k) * stride + lane, wanted)
        place += (n_inputs + n_outputs) * stride


@called
def _end_epoch(program: Any, room: Any, sizes: Any, notes: Any) -> int:
    """Note the losses where they are due; return why the run is over, or 0."""
    limits, state, points = notes.limits, notes.state, notes.points
    epoch = state[EPOCH]
    ended = EPOCHS if epoch >= limits[STOP_EPOCHS] else 0
    is_due = epoch % int(limits[STRIDE]) == 0 or limits[STOP_LOSS] > -math.inf
    if not (ended or is_due):
        return 0
    note(program, room, sizes, notes)
    newest = 6 * (state[N_POINTS] - 1)
    by_loss = watch_loss(limits, notes.watch, epoch, points[newest + 1], points[newest + 5])
    if by_loss or ended:
        return by_loss or ended
    return FULL if state[N_POINTS] == sizes.n_points else 0


@called
def note(program: Any, room: Any, sizes: Any, notes: Any) -> None:
    """Add a point: epoch, losses and accuracies of training and test rows, penalty."""
    state, points = notes.state, notes.points
    newest, base = 6 * state[N_POINTS], state[BASE]
    points[newest] = state[EPOCH]
    masks = notes.masks
    points[newest + 1], points[newest + 3] = _scored(program, room, masks, base, room.train_x, sizes.n_rows)
    points[newest + 2], points[newest + 4] = _scored(program, room, masks, base, room.test_x, sizes.n_test)
    points[newest + 5] = penalty(program, room, base)
    state[N_POINTS] += 1


@called
def _scored(program: Any, room: Any, masks: Any, base: int, x: Any, n_rows: int) -> tuple[float, float]:
    """Mean loss and share of right answers over rows laid out in x; NaN where there is nothing to judge."""
    if n_rows == 0:
        return math.nan, math.nan
    n_elements = (program.n_inputs + program.n_outputs) * program.stride
    loss, right, start = 0.0, 0.0, 0
    drops = Drops(masks.row_keys, masks.node_keys, 0.0, 1.0)
    for begin in range(0, n_rows, program.stride):
        count = min(program.stride, n_rows - begin)
        n_vectors = (count + width(room.a) - 1) // width(room.a)
        take_inputs(program, room.a, x, start, n_vectors)
        forward(program, room.a, room.d, room.values, base, n_vectors, drops)
        lost, hits = judge(program, room.a, room.d, x, start, count)
        loss, right = loss + lost, right + hits
        start += n_elements
    judged = n_rows if program.how == 3 else n_rows * program.n_outputs
    return loss / n_rows, right / judged if program.how else math.nan


@inlined
def watch_loss(limits: Any, watch: Any, epoch: int, loss: float, penalty_there: float) -> int:
    """Say whether the run is over, now that its loss is known; the best loss is kept in `watch`."""
    whole = loss + penalty_there
    if not math.isfinite(whole) or loss > watch[HUGE]:
        return DIVERGED
    if loss <= limits[STOP_LOSS]:
        return LOSS
    best = watch[BEST]
    meaningful = max(limits[MEANINGFUL] * best, limits[NEGLIGIBLE] * watch[FIRST])
    if math.isinf(best) or best - whole > meaningful:
        watch[BEST], watch[BEST_EPOCH] = whole, epoch
    elif epoch - watch[BEST_EPOCH] >= limits[WINDOW] and not loss > watch[WORSE]:
        return CONVERGED
    return 0


@called
def answer_rows(
    program: Any, room: Any, masks: Any, base: int, n_rows: int, nodes: Any, n_nodes: int, out: Any
) -> None:
    """Fill out, (n_rows, n_nodes), with what every node says for each row of `room.inputs`.

    nodes : row of each node
    """
    n_inputs, stride = program.n_inputs, program.stride
    drops = Drops(masks.row_keys, masks.node_keys, 0.0, 1.0)
    for begin in range(0, n_rows, stride):
        count = min(stride, n_rows - begin)
        n_vectors = (count + width(room.a) - 1) // width(room.a)
        for i in range(n_inputs):
            for lane in range(stride):
                number = begin + min(lane, count - 1)
                put(room.a, (1 + i) * stride + lane, item(room.inputs, number * n_inputs + i))
        forward(program, room.a, room.d, room.values, base, n_vectors, drops)
        for at in range(0, count, width(room.a)):
            answer(program, room.a, room.d, at)
        for lane in range(count):
            for node in range(n_nodes):
                said = item(room.a, item(nodes, node) * stride + lane)
                put(out, (begin + lane) * n_nodes + node, said)
