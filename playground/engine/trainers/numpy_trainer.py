"""Training with NumPy: readable, in float64, and the measure of all other trainers."""

from __future__ import annotations

import math

import numpy as np

from kernels import codes, optimizers, oracle
from kernels.blocks import Indices
from kernels.dropout import kept
from kernels.optimizers import Moments, Rule
from kernels.training.progress import COLUMNS, Ended, Progress, Rules
from kernels.training.task import Task
from playground.engine.scoring import Figures, Scoring
from playground.engine.stopping import over_at_epoch, over_at_loss
from playground.engine.trainers.stop import Stop
from playground.model.dataset import BoundData
from playground.model.keys import DType, Kernel
from playground.model.parameters import Floats, frozen_array


class NumpyTrainer:
    """Each batch forward, backward and one update, by the oracle."""

    kernel: Kernel = "numpy"
    dtype: DType = "float64"
    threads = 1

    def __init__(
        self,
        task: Task,
        bound: BoundData,
        batch_size: int,
        scoring: Scoring,
        values: Floats,
        moments: Moments,
        count: int,
    ) -> None:
        """Go on from these values, (n_parameters + n_nodes,), and this memory, after `count` updates."""
        self._task = task
        self._inputs, self._targets = bound.train_inputs, bound.train_targets
        self._batch_size = batch_size
        self._scoring = scoring
        self._values, self._moments, self._count = values, moments, count

    @property
    def values(self) -> Floats:
        """The present values: (n_parameters + n_nodes,), a copy."""
        return self._values.copy()

    @property
    def moments(self) -> Moments:
        """The optimizer's memory: arrays like `values`, copies."""
        return tuple(moment.copy() for moment in self._moments)

    @property
    def count(self) -> int:
        """How many updates lie behind."""
        return self._count

    def train(
        self, epoch: int, row: int, n_batches: int, stop: Stop, orders: Indices | None, rules: Rules
    ) -> Progress:
        """Train up to `n_batches` batches, as `Trainer.train` says."""
        first_epoch, before = epoch, self._count
        ended: Ended = "budget"
        points: list[tuple[float, ...]] = []
        rule = self._task.rule.at(epoch)
        with np.errstate(all="ignore"):
            for _ in range(n_batches):
                rows: slice | Indices = slice(row, min(row + self._batch_size, len(self._inputs)))
                if orders is not None:
                    rows = orders[epoch - first_epoch, rows]
                if not self._update(rule, rows):
                    ended = "diverged"
                    break
                row += self._batch_size
                is_stopped = stop.look()
                if row >= len(self._inputs):
                    epoch, row = epoch + 1, 0
                    rule = self._task.rule.at(epoch)
                    over = self._end_epoch(epoch, rules, points)
                    if over is not None:
                        ended = over
                        break
                if is_stopped:
                    ended = "flag"
                    break
        noted = frozen_array(np.array(points).reshape(-1, COLUMNS))
        return Progress(epoch, row, self._count - before, noted, ended)

    def score(self) -> Figures:
        """Work out losses, accuracies and penalty of the present values."""
        self._scoring.look(*self._parts(), self._count)
        return self._scoring.figures

    def _update(self, rule: Rule, rows: slice | Indices) -> bool:
        """Make one update by these rows, unless it would ruin the values."""
        task, graph = self._task, self._task.graph
        weights, biases = self._parts()
        inputs, targets = self._inputs[rows], self._targets[rows]
        masks = None
        if task.dropout is not None:
            masks = kept(task.dropout, graph, self._count + 1, np.arange(len(self._inputs))[rows])
        # 1. The mean gradient of the batch.
        of_weights, of_biases = oracle.gradients(graph, weights, biases, task.loss, inputs, targets, masks)
        # 2. The penalty's part in it.
        if task.regularization != codes.NO_PENALTY:
            of_weights += oracle.penalty_gradients(task.regularization, task.rate, weights)
        # 3. One update.
        gradients = np.concatenate([of_weights, of_biases])
        values, moments = optimizers.update(
            rule, self._values, gradients, self._moments, self._count + 1, graph.held
        )
        if not math.isfinite(values @ values):
            return False
        self._values, self._moments, self._count = values, moments, self._count + 1
        return True

    def _end_epoch(self, epoch: int, rules: Rules, points: list[tuple[float, ...]]) -> Ended | None:
        """Note the losses where they are due, and say whether the run is over, and why."""
        over: Ended | None = over_at_epoch(rules, epoch)
        if over or epoch % rules.stride == 0 or rules.stop_loss is not None:
            figures = self.score()
            points.append((epoch, *figures))
            over = over_at_loss(rules, epoch, figures[0], figures[-1]) or over
        return over

    def _parts(self) -> tuple[Floats, Floats]:
        n_weights = self._task.graph.n_parameters
        return self._values[:n_weights], self._values[n_weights:]
