"""How a training run stands: the scores of training and test rows, worked out no more often than needed."""

from __future__ import annotations

import math

import numpy as np

from kernels import oracle
from kernels.codes import REGULARIZATION_CODES
from kernels.graph import Graph
from playground.engine.metrics import Score, judgement, score
from playground.model.dataset import BoundData
from playground.model.experiment import Learning
from playground.model.parameters import Floats

SMALL_WORK = 1 << 21
"""Rows times nodes and edges below which scores are worked out again for every snapshot."""

PASSES = 3
"""What a training step costs in passes forward: one forward, one back, one for the gradients."""

STRIDES = ((512, 1), (4096, 4))
"""Up to which epoch every how many are noted, both in strides of the task; each divides the next one."""

LAST_STRIDE = 32

NO_END = 1 << 62

Figures = tuple[float, float, float, float, float]
"""Train loss, test loss, train accuracy, test accuracy and penalty."""


class Scoring:
    """The scores for the values last looked at.

    train, test : loss without the penalty, and accuracy
    penalty : the regularization penalty
    judgement : how answers are judged, None for quantities
    is_small : whether the scores can be worked out again at any time
    stride : every how many epochs they are worked out, so that training takes the larger part of the time
    """

    def __init__(self, graph: Graph, learning: Learning, bound: BoundData, noted: Floats) -> None:
        """Begin with what a history has noted: (n_points, 5), its last point, where it has one."""
        self._graph = graph
        self._learning = learning
        self._bound = bound
        self.judgement = judgement(learning.loss, np.concatenate([bound.train_targets, bound.test_targets]))
        self._count = -1
        _, loss, test_loss, accuracy, test_accuracy = noted[-1] if len(noted) else np.full(5, math.nan)
        self.train = Score(float(loss), float(accuracy))
        self.test = Score(float(test_loss), float(test_accuracy))
        self.penalty = math.nan
        n_train, n_test = len(bound.train_inputs), len(bound.test_inputs)
        self.is_small = (n_train + n_test) * (len(graph.sources) + graph.n_nodes) <= SMALL_WORK
        self.stride = math.ceil((n_train + n_test) / (PASSES * n_train))

    def look(self, weights: Floats, biases: Floats, count: int) -> None:
        """Work out all scores, unless the number of updates is that of the last look."""
        if self._count == count:
            return
        self._count = count
        with np.errstate(all="ignore"):
            self.train = self._score(weights, biases, self._bound.train_inputs, self._bound.train_targets)
            self.test = self._score(weights, biases, self._bound.test_inputs, self._bound.test_targets)
        self.look_at_penalty(weights)

    def take(self, figures: Figures, count: int) -> None:
        """Take what a trainer has worked out for its values after `count` updates."""
        self._count = count
        loss, test_loss, accuracy, test_accuracy, self.penalty = figures
        self.train, self.test = Score(loss, accuracy), Score(test_loss, test_accuracy)

    def is_at(self, count: int) -> bool:
        """Whether the scores are those after so many updates."""
        return self._count == count

    @property
    def figures(self) -> Figures:
        """The scores and the penalty, as trainers give them."""
        return (
            self.train.loss,
            self.test.loss,
            self.train.accuracy,
            self.test.accuracy,
            self.penalty,
        )

    def stride_at(self, epoch: float) -> tuple[int, int]:
        """Return every how many epochs scores are noted from an epoch on, and up to which one.

        A long run is noted more seldom, but several times in whatever time decides that it has converged.
        It depends on the task and the epoch alone, so that every run of it is noted alike.
        """
        for until, times in STRIDES:
            if epoch < until * self.stride:
                return times * self.stride, until * self.stride
        return LAST_STRIDE * self.stride, NO_END

    def look_at_penalty(self, weights: Floats) -> None:
        """Work out the penalty, which is cheap."""
        kind = REGULARIZATION_CODES[self._learning.regularization]
        with np.errstate(all="ignore"):
            self.penalty = oracle.penalty(kind, self._learning.regularization_rate, weights)

    def point(self, epoch: float) -> tuple[float, ...]:
        """Return the scores as a point of a history."""
        return (epoch, self.train.loss, self.test.loss, self.train.accuracy, self.test.accuracy)

    def _score(self, weights: Floats, biases: Floats, inputs: Floats, targets: Floats) -> Score:
        return score(self._graph, self._learning.loss, self.judgement, weights, biases, inputs, targets)
