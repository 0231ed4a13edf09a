"""How far outputs are from their targets, and which way to go: one row of a table for each loss.

All of them take the outputs' sums `z`, activations `a` and targets `t`, float64, (n_rows, n_outputs), and
return the same shape: one part of the loss, or one derivative, for each example and output.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.activations import sigmoid

Floats = NDArray[np.float64]


class Loss(NamedTuple):
    """One loss.

    answers : z, a -> what the outputs finally say: the softmax over the outputs, or a itself
    value : z, a, t -> each output's part of the loss
    by_answer : z, a, t, slope -> dL/da; slope is da/dz
    by_sum : z, a, t, slope -> dL/dz, in the form that keeps its digits
    """

    answers: Callable[[Floats, Floats], Floats]
    value: Callable[[Floats, Floats, Floats], Floats]
    by_answer: Callable[[Floats, Floats, Floats, Floats], Floats]
    by_sum: Callable[[Floats, Floats, Floats, Floats], Floats]


def softmax(z: Floats) -> Floats:
    """Shares that sum to one: p = exp(z) / sum of exp(z) over the last axis, without overflow."""
    shifted: Floats = np.exp(z - np.max(z, axis=-1, keepdims=True, initial=-np.inf))
    shares: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return shares


def _activation(z: Floats, a: Floats) -> Floats:
    return a


def _softmax_of_sums(z: Floats, a: Floats) -> Floats:
    return softmax(z)


def _squared(z: Floats, a: Floats, t: Floats) -> Floats:
    return 0.5 * np.square(a - t)


def _squared_by_answer(z: Floats, a: Floats, t: Floats, slope: Floats) -> Floats:
    return a - t


def _squared_by_sum(z: Floats, a: Floats, t: Floats, slope: Floats) -> Floats:
    return (a - t) * slope


def _cross_entropy(z: Floats, a: Floats, t: Floats) -> Floats:
    # softplus(z) - t z, in an order that loses nothing where a sure answer is right.
    return np.log1p(np.exp(-np.abs(z))) + (np.maximum(z, 0.0) - t * z)


def _cross_entropy_by_answer(z: Floats, a: Floats, t: Floats, slope: Floats) -> Floats:
    # (1 - t) / (1 - a) - t / a; infinite where a sure answer is wrong.
    with np.errstate(divide="ignore", over="ignore"):
        return _ratio(1.0 - t, sigmoid(-z)) - _ratio(t, a)


def _cross_entropy_by_sum(z: Floats, a: Floats, t: Floats, slope: Floats) -> Floats:
    # a - t; 1 - a from the sum keeps its digits where a is nearly 1.
    return (1.0 - t) * a - t * sigmoid(-z)


def _ratio(share: Floats, of: Floats) -> Floats:
    return np.divide(share, of, out=np.zeros_like(of), where=share != 0)


def _softmax_cross_entropy(z: Floats, a: Floats, t: Floats) -> Floats:
    # -t log p, from the sums: log p = z - log of the sum of exp(z), never log 0.
    shifted: Floats = z - np.max(z, axis=-1, keepdims=True, initial=-np.inf)
    log_total: Floats = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return t * (log_total - shifted)


def _softmax_difference(z: Floats, a: Floats, t: Floats, slope: Floats) -> Floats:
    # p - t; 1 - p as the sum of the other shares keeps its digits where p is nearly 1.
    p = softmax(z)
    others = np.zeros_like(p)
    others[..., 1:] += np.cumsum(p[..., :-1], axis=-1)
    others[..., :-1] += np.cumsum(p[..., :0:-1], axis=-1)[..., ::-1]
    return (1.0 - t) * p - t * others


_BY_CODE = {
    codes.SQUARED: Loss(_activation, _squared, _squared_by_answer, _squared_by_sum),
    codes.CROSS_ENTROPY: Loss(_activation, _cross_entropy, _cross_entropy_by_answer, _cross_entropy_by_sum),
    codes.SOFTMAX_CROSS_ENTROPY: Loss(
        _softmax_of_sums, _softmax_cross_entropy, _softmax_difference, _softmax_difference
    ),
}

LOSSES: tuple[Loss, ...] = tuple(_BY_CODE[code] for code in codes.LOSS_CODES.values())
"""Losses by their code."""
