"""How good a network's answers are: loss and accuracy over rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kernels import oracle
from kernels.codes import LOSS_CODES
from kernels.graph import Graph
from playground.engine.claims import claims
from playground.model.dataset import Dataset
from playground.model.keys import Loss
from playground.model.network import Network
from playground.model.parameters import Floats, Parameters

Marks = NDArray[np.bool_]

Judgement = Literal["half", "sign", "largest"]
"""When an answer is right: on the target's side of 0.5, of the target's sign, largest where the target is."""


class Score(NamedTuple):
    """Loss without the penalty, and share of right answers in [0, 1]; NaN where there are no rows, and
    for the accuracy where right and wrong make no sense.
    """

    loss: float
    accuracy: float


def judgement(loss: Loss, targets: Floats) -> Judgement | None:
    """Return how answers to these targets, (n_rows, n_outputs), are judged; None for a quantity.

    Give all rows, those for testing too, so that both parts are judged alike.
    """
    if targets.size == 0 or not np.isfinite(targets).all():
        return None
    if loss == "softmax_cross_entropy":
        return "largest"
    is_zero_or_one = ((targets == 0) | (targets == 1)).all()
    if is_zero_or_one and targets.shape[1] > 1 and (targets.sum(axis=1) == 1).all():
        return "largest"
    if is_zero_or_one or loss == "cross_entropy":
        return "half"
    return "sign" if (np.abs(targets) == 1).all() else None


def accuracy(how: Judgement | None, answers: Floats, targets: Floats) -> float:
    """Return the share of right answers; NaN where there are none to judge or `how` is None.

    answers, targets : (n_rows, n_outputs). With several outputs judged one by one, each counts.
    """
    if how is None or not len(answers):
        return float("nan")
    return float(np.mean(_RIGHT[how](answers, targets)))


def evaluate(
    graph: Graph, loss: Loss, how: Judgement | None, parameters: Parameters, inputs: Floats, targets: Floats
) -> Score:
    """Return loss and accuracy over rows of inputs, (n_rows, n_inputs), and targets, (n_rows, n_outputs)."""
    return score(graph, loss, how, parameters.weights, parameters.biases, inputs, targets)


def score(
    graph: Graph,
    loss: Loss,
    how: Judgement | None,
    weights: Floats,
    biases: Floats,
    inputs: Floats,
    targets: Floats,
) -> Score:
    """Return loss and accuracy as `evaluate` does, for arrays that a training run is still changing."""
    n_rows = len(inputs)
    if not n_rows:
        return Score(float("nan"), float("nan"))
    code, total, right = LOSS_CODES[loss], 0.0, 0.0
    for rows in oracle.row_blocks(graph, n_rows):
        done = oracle.forward(graph, weights, biases, inputs[rows])
        total += float(oracle.output_losses(graph, code, done, targets[rows]).sum())
        share = len(done.sums) / n_rows
        right += share * accuracy(how, oracle.answers(graph, code, done), targets[rows])
    return Score(total / n_rows, right)


def in_units(network: Network, dataset: Dataset, answers: Floats) -> Floats:
    """Return answers in the units of the columns that the outputs predict: (n_rows, n_outputs).

    Answers about classes, and outputs without a target, stay as they are. Raises DataError as `claims`.
    """
    values = answers.copy()
    for position, claim in enumerate(claims(network, dataset)):
        if claim is not None and claim.class_index is None:
            values[:, position] *= dataset.scale[claim.column]
            values[:, position] += dataset.offset[claim.column]
    return values


def _half(answers: Floats, targets: Floats) -> Marks:
    return np.equal(answers >= 0.5, targets >= 0.5)


def _sign(answers: Floats, targets: Floats) -> Marks:
    return np.equal(answers >= 0, targets >= 0)


def _largest(answers: Floats, targets: Floats) -> Marks:
    right: Marks = answers.argmax(axis=1) == targets.argmax(axis=1)
    return right


_RIGHT: dict[Judgement, Callable[[Floats, Floats], Marks]] = {
    "half": _half,
    "sign": _sign,
    "largest": _largest,
}
