"""The compiled entrances to one update, for trainers whose gradients come from elsewhere."""

from __future__ import annotations

from typing import Any, NamedTuple

from kernels.training import steps
from kernels.training.compiled import entrance
from kernels.training.memory import pointer
from kernels.training.slots import Integers, Numbers


class Shape(NamedTuple):
    """The part of a `program.Program` that an update asks for."""

    n_slots: int
    n_copies: int
    copies: Integers
    optimizer: int
    regularization: int


class Arrays(NamedTuple):
    """The part of a `loop.Room` that an update works in; see `slots.Slots`."""

    values: Numbers
    first: Numbers
    second: Numbers
    g: Numbers
    trained: Numbers
    decay: Numbers


@entrance
def enter_update(shape: Any, slots: Any, numbers: Any, base: int, scale: float, count: int) -> bool:
    """Make one update of slots alone, see `steps.update`: gradients come from elsewhere."""
    shape = Shape(shape.n_slots, shape.n_copies, pointer(shape.copies), shape.optimizer, shape.regularization)
    arrays = Arrays(
        pointer(slots.values),
        pointer(slots.first),
        pointer(slots.second),
        pointer(slots.g),
        pointer(slots.trained),
        pointer(slots.decay),
    )
    steps.join_copies(shape, arrays)
    is_sound = steps.update(shape, arrays, pointer(numbers), base, scale, count, 0, shape.n_slots)
    steps.spread_copies(shape, arrays, base)
    return is_sound


@entrance
def enter_penalty(shape: Any, slots: Any, base: int) -> float:
    """Return the penalty of slots alone, see `steps.penalty`."""
    arrays = Arrays(
        pointer(slots.values),
        pointer(slots.first),
        pointer(slots.second),
        pointer(slots.g),
        pointer(slots.trained),
        pointer(slots.decay),
    )
    return steps.penalty(shape, arrays, base)
