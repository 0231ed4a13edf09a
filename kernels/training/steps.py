"""One update of all slots: from values and summed gradients to the next values, in one sweep.

Values and moments stand twice, (2 * n_slots,): an update reads the half that begins at `base` and writes the
other, so that an update that would ruin the values leaves them as they were.
"""

from __future__ import annotations

from typing import Any

from kernels import codes
from kernels.training.compiled import called, inlined
from kernels.training.lanes import multiply_add, square_root, total, where_less
from kernels.training.memory import filled, item, load, put, store, width

SGD, MOMENTUM, L1, L2 = codes.SGD, codes.MOMENTUM, codes.L1, codes.L2
RATE, MU, BETA1, BETA2, EPSILON, LIMIT1, LIMIT2 = range(7)
"""Places in `numbers`: of the rule, and how many updates until 1 - beta^count is 1."""

FIRST_RATE, SCHEDULE, LENGTH, NUMBER, DROP_LIMIT, DROP_SCALE = range(7, 13)
"""Places in `numbers`: the first epoch's rate, the schedule and its numbers, see `kernels.rates`; dropout,
see `kernels.dropout`, with a limit of 0 where nothing is left out."""


@called
def update(
    program: Any, room: Any, numbers: Any, base: int, scale: float, count: int, start: int, end: int
) -> bool:
    """Write slots `start` to `end` as they are after the `count`-th update; say whether all are finite.

    scale : what the summed gradients are multiplied by: 1 / rows
    """
    values, g, trained, decay = room.values, room.g, room.trained, room.decay
    other = program.n_slots - base
    squares = filled(values, 0.0)
    rate, mu = filled(values, numbers[RATE]), filled(values, numbers[MU])
    beta1, beta2 = filled(values, numbers[BETA1]), filled(values, numbers[BETA2])
    rest1, rest2 = filled(values, 1.0 - numbers[BETA1]), filled(values, 1.0 - numbers[BETA2])
    share1, share2 = filled(values, 1.0), filled(values, 1.0)
    epsilon = filled(values, numbers[EPSILON])
    if program.optimizer > MOMENTUM:
        # What beta^count no longer changes need not be worked out.
        if count < numbers[LIMIT1]:
            share1 = filled(values, 1.0 / (1.0 - numbers[BETA1] ** count))
        if count < numbers[LIMIT2]:
            share2 = filled(values, 1.0 / (1.0 - numbers[BETA2] ** count))
    for slot in range(start, end, width(values)):
        w, on = load(values, base + slot), load(trained, slot)
        slope = load(g, slot) * scale
        if program.regularization == L2:
            slope = multiply_add(load(decay, slot), w, slope)
        elif program.regularization == L1:
            sign = where_less(0.0, w, 1.0, where_less(w, 0.0, -1.0, 0.0 * on))
            slope = multiply_add(load(decay, slot), sign, slope)
        slope = where_less(0.0, on, slope, 0.0)
        if program.optimizer == SGD:
            step = rate * slope
        elif program.optimizer == MOMENTUM:
            velocity = multiply_add(mu, load(room.first, base + slot), slope)
            store(room.first, other + slot, velocity)
            step = rate * velocity
        else:
            mean = beta1 * load(room.first, base + slot) + rest1 * slope
            spread = beta2 * load(room.second, base + slot) + rest2 * slope * slope
            store(room.first, other + slot, mean)
            store(room.second, other + slot, spread)
            step = rate * (mean * share1) / (square_root(spread * share2) + epsilon)
        w = w - where_less(0.0, on, step, 0.0)
        store(values, other + slot, w)
        squares = multiply_add(w, w, squares)
    size: float = total(squares)
    return size - size == 0.0


@inlined
def join_copies(program: Any, room: Any) -> None:
    """Add the gradients of edges that share a weight to that of the first."""
    for pair in range(0, 2 * program.n_copies, 2):
        copy, first = item(program.copies, pair), item(program.copies, pair + 1)
        put(room.g, first, item(room.g, first) + item(room.g, copy))


@inlined
def spread_copies(program: Any, room: Any, base: int) -> None:
    """Give the values after an update to the edges that share a weight."""
    other = program.n_slots - base
    for pair in range(0, 2 * program.n_copies, 2):
        copy, first = item(program.copies, pair), item(program.copies, pair + 1)
        put(room.values, other + copy, item(room.values, other + first))


@inlined
def penalty(program: Any, room: Any, base: int) -> float:
    """Return the penalty of the values: rate (1/2) w^2 or rate |w|, a shared weight once."""
    found = 0.0
    for slot in range(program.n_slots):
        w, rate = float(item(room.values, base + slot)), float(item(room.decay, slot))
        if program.regularization == L2:
            found += 0.5 * rate * w * w
        elif program.regularization == L1:
            found += rate * abs(w)
    return found
