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


class Scoring:
    """The scores for the values last looked at.

    train, test : loss without the penalty, and accuracy
    penalty : the regularization penalty
    is_small : whether the scores can be worked out again at any time
    stride : every how many epochs they are worked out, so that training takes the larger part of the time
    """

    def __init__(self, graph: Graph, learning: Learning, bound: BoundData, noted: Floats) -> None:
        """Begin with what a history has noted: (n_points, 5), its last point, where it has one."""
        self._graph = graph
        self._learning = learning
        self._bound = bound
        self._judgement = judgement(learning.loss, np.concatenate([bound.train_targets, bound.test_targets]))
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

    def look_at_penalty(self, weights: Floats) -> None:
        """Work out the penalty, which is cheap."""
        kind = REGULARIZATION_CODES[self._learning.regularization]
        with np.errstate(all="ignore"):
            self.penalty = oracle.penalty(kind, self._learning.regularization_rate, weights)

    def point(self, epoch: float) -> tuple[float, ...]:
        """Return the scores as a point of a history."""
        return (epoch, self.train.loss, self.test.loss, self.train.accuracy, self.test.accuracy)

    def _score(self, weights: Floats, biases: Floats, inputs: Floats, targets: Floats) -> Score:
        return score(self._graph, self._learning.loss, self._judgement, weights, biases, inputs, targets)
