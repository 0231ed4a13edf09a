"""What outputs say of a block of rows, how far that is from the targets, and the blame to begin with.

`x` holds the block's inputs and then its targets from element `start` on: rows of `stride` lanes. Lanes from
`n_rows` on belong to no example and count nothing.
"""

from __future__ import annotations

from typing import Any

from kernels import codes
from kernels.training.compiled import called, inlined
from kernels.training.functions import exp_parts, log, log_of_one_plus
from kernels.training.lanes import absolute, total, where_less
from kernels.training.memory import filled, item, lane_numbers, load, store, width

SQUARED, CROSS_ENTROPY = codes.SQUARED, codes.CROSS_ENTROPY
LARGEST = 3


@called
def blame_outputs(program: Any, a: Any, d: Any, x: Any, start: int, n_rows: int) -> None:
    """D <- dL/dz at the outputs, in the form that keeps its digits; 0 in lanes without a row."""
    targets = start + program.n_inputs * program.stride
    for at in range(0, n_rows, width(a)):
        number = lane_numbers(a) + at
        if program.loss == SQUARED:
            for k in range(program.n_outputs):
                place = item(program.outputs, k) + at
                wrong = load(a, place) - load(x, targets + k * program.stride + at)
                store(d, place, where_less(number, n_rows, wrong * load(d, place), 0.0))
        elif program.loss == CROSS_ENTROPY:
            for k in range(program.n_outputs):
                place = item(program.outputs, k) + at
                t, z = load(x, targets + k * program.stride + at), load(a, place)
                # a - t; 1 - a from the sum keeps its digits where a is nearly 1.
                _, small = exp_parts(0.0 - absolute(z))
                share = 1.0 / (1.0 + small)
                yes, no = where_less(z, 0.0, small, 1.0) * share, where_less(z, 0.0, 1.0, small) * share
                store(d, place, where_less(number, n_rows, (1.0 - t) * yes - t * no, 0.0))
        else:
            _shares(program, a, d, at)
            # p - t; 1 - p as the sum of the other shares keeps its digits where p is nearly 1.
            others = filled(a, 0.0)
            for k in range(program.n_outputs):
                place = item(program.outputs, k) + at
                store(a, place, others)
                others = others + load(d, place)
            others = filled(a, 0.0)
            for k in range(program.n_outputs - 1, -1, -1):
                place = item(program.outputs, k) + at
                t, p = load(x, targets + k * program.stride + at), load(d, place)
                wrong = (1.0 - t) * p - t * (load(a, place) + others)
                store(d, place, where_less(number, n_rows, wrong, 0.0))
                others = others + p


@called
def _shares(program: Any, a: Any, d: Any, at: int) -> Any:
    """D <- the softmax of the sums in a; return the largest sum, and the sum of exp(z - largest)."""
    largest = load(a, item(program.outputs, 0) + at)
    for k in range(1, program.n_outputs):
        z = load(a, item(program.outputs, k) + at)
        largest = where_less(largest, z, z, largest)
    whole = filled(a, 0.0)
    for k in range(program.n_outputs):
        place = item(program.outputs, k) + at
        _, grown = exp_parts(load(a, place) - largest)
        store(d, place, grown)
        whole = whole + grown
    share = 1.0 / whole
    for k in range(program.n_outputs):
        place = item(program.outputs, k) + at
        store(d, place, load(d, place) * share)
    return largest, whole


@called
def judge(program: Any, a: Any, d: Any, x: Any, start: int, n_rows: int) -> tuple[float, float]:
    """Return loss and number of right answers, summed over the block's rows; a holds answers afterwards."""
    targets = start + program.n_inputs * program.stride
    loss, right = 0.0, 0.0
    for at in range(0, n_rows, width(a)):
        number = lane_numbers(a) + at
        lost = filled(a, 0.0)
        if program.loss == SQUARED:
            for k in range(program.n_outputs):
                wrong = load(a, item(program.outputs, k) + at) - load(x, targets + k * program.stride + at)
                lost = lost + 0.5 * wrong * wrong
        elif program.loss == CROSS_ENTROPY:
            for k in range(program.n_outputs):
                z, t = load(a, item(program.outputs, k) + at), load(x, targets + k * program.stride + at)
                _, small = exp_parts(0.0 - absolute(z))
                # softplus(z) - t z, in an order that loses nothing where a sure answer is right.
                lost = lost + (log_of_one_plus(small) + (where_less(z, 0.0, 0.0, z) - t * z))
        else:
            largest, whole = _shares(program, a, d, at)
            log_whole = log(whole)
            for k in range(program.n_outputs):
                z, t = load(a, item(program.outputs, k) + at), load(x, targets + k * program.stride + at)
                lost = lost + t * (log_whole - (z - largest))
        loss += total(where_less(number, n_rows, lost, 0.0))
        answer(program, a, d, at)
        if program.how:
            right += total(where_less(number, n_rows, _right(program, a, x, targets, at), 0.0))
    return loss, right


@called
def answer(program: Any, a: Any, d: Any, at: int) -> None:
    """A <- what the outputs finally say, for one vector of rows."""
    if program.loss == SQUARED:
        return
    if program.loss == CROSS_ENTROPY:
        for k in range(program.n_outputs):
            place = item(program.outputs, k) + at
            z = load(a, place)
            _, small = exp_parts(0.0 - absolute(z))
            store(a, place, where_less(z, 0.0, small, 1.0) / (1.0 + small))
        return
    _shares(program, a, d, at)
    for k in range(program.n_outputs):
        place = item(program.outputs, k) + at
        store(a, place, load(d, place))


@inlined
def _right(program: Any, a: Any, x: Any, targets: int, at: int) -> Any:
    """How many of each row's answers are right."""
    right = filled(a, 0.0)
    if program.how == LARGEST:
        best, best_target = load(a, item(program.outputs, 0) + at), load(x, targets + at)
        place, place_of_target = filled(a, 0.0), filled(a, 0.0)
        for k in range(1, program.n_outputs):
            said, t = load(a, item(program.outputs, k) + at), load(x, targets + k * program.stride + at)
            place, best = where_less(best, said, k, place), where_less(best, said, said, best)
            place_of_target = where_less(best_target, t, k, place_of_target)
            best_target = where_less(best_target, t, t, best_target)
        return where_less(absolute(place - place_of_target), 0.5, 1.0, right)
    border = 0.5 if program.how == 1 else 0.0
    for k in range(program.n_outputs):
        said, t = load(a, item(program.outputs, k) + at), load(x, targets + k * program.stride + at)
        side = where_less(said, border, filled(a, 0.0), 1.0) - where_less(t, border, filled(a, 0.0), 1.0)
        right = right + where_less(absolute(side), 0.5, filled(a, 1.0), 0.0)
    return right
