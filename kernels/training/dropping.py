"""Dropout in compiled code: the hash of `kernels.dropout`, with the same bits."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import dropout
from kernels.dropout import Keys
from kernels.training.compiled import called, inlined
from kernels.training.memory import item, put, width

GOLDEN = np.uint64(dropout.GOLDEN)
FACTOR1, FACTOR2 = (np.uint64(factor) for factor in dropout.FACTORS)
SHIFT1, SHIFT2, SHIFT3 = (np.uint64(shift) for shift in dropout.SHIFTS)
UNUSED_BITS = np.uint64(dropout.UNUSED_BITS)


class Masks(NamedTuple):
    """From what it is drawn which nodes are left out.

    seed_key : (1,); node_keys : (n_computed,), of computed rows, in their order
    row_numbers : int64, of the training row in each lane of each block of `Room.x`
    row_keys : (stride,), room for the keys of a block's rows in the step under way
    """

    seed_key: Keys
    node_keys: Keys
    row_numbers: NDArray[np.int64]
    row_keys: Keys


class Drops(NamedTuple):
    """What a pass over a block needs: keys as in `Masks`; nothing is left out where the limit is 0."""

    row_keys: Keys
    node_keys: Keys
    limit: float
    scale: float


@called
def draw_rows(masks: Any, start: int, first: int, end: int, step: int) -> None:
    """Fill in the keys of the rows in lanes `first` to `end` of the block whose numbers begin at `start`."""
    of_step = _mixed(np.uint64(item(masks.seed_key, 0)) + np.uint64(step) * GOLDEN)
    for lane in range(first, end):
        number = np.uint64(item(masks.row_numbers, start + lane))
        put(masks.row_keys, lane, _mixed(of_step + number * GOLDEN))


@called
def drop(program: Any, a: Any, d: Any, drops: Any, first_row: int, end_row: int, n_vectors: int) -> None:
    """Leave nodes out, and scale what stays: answers in a, and slopes in d."""
    for row in range(first_row, end_row):
        node_key = np.uint64(item(drops.node_keys, row - program.first_row))
        place = row * program.stride
        for lane in range(n_vectors * width(a)):
            found = _mixed(np.uint64(item(drops.row_keys, lane)) + node_key) >> UNUSED_BITS
            share = 0.0 if float(found) < drops.limit else drops.scale
            put(a, place + lane, item(a, place + lane) * share)
            put(d, place + lane, item(d, place + lane) * share)


@inlined
def _mixed(key: Any) -> Any:
    key = (key ^ (key >> SHIFT1)) * FACTOR1
    key = (key ^ (key >> SHIFT2)) * FACTOR2
    return key ^ (key >> SHIFT3)
