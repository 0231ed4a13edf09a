"""A training run: epochs of shuffled batches, one update each, that can be paused after any batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from time import monotonic
from types import MappingProxyType

import numpy as np

from kernels import codes, optimizers, oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from kernels.graph import Graph
from playground.engine.compile import compile_graph, compile_rule
from playground.engine.history import History
from playground.engine.metrics import Score, judgement, score
from playground.engine.readiness import why_not_train
from playground.engine.stopping import Stopped, Watch
from playground.engine.update import joined, memory, parted
from playground.model.dataset import BoundData
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment
from playground.model.parameters import Floats
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

__all__ = ["Session", "Stopped", "why_not_train"]

NO_CHANGES: Mapping[int, float] = MappingProxyType({})

SMALL_WORK = 1 << 21
"""Rows times edges below which losses are worked out again for every snapshot."""


class Session:
    """Trains one learner on one data set; belongs to one thread, and knows nothing of windows.

    Rows are shuffled anew for each epoch from (seed, epoch) alone, so that a run that is paused, taken up
    again or repeated goes the same way to the bit. The last batch of an epoch may be smaller. Losses are
    worked out at the ends of epochs, seldom enough that training takes the larger part of the time.
    """

    def __init__(
        self,
        experiment: Experiment,
        bound: BoundData,
        state: LearnerState,
        epoch: float = 0.0,
        history: Floats | None = None,
        graph: Graph | None = None,
    ) -> None:
        """Take up learning at `epoch` with the points of `history`, (n_points, 5), up to it.

        graph : the compiled network, where the caller has kept it
        Raises TrainingError with the sentence of `why_not_train`.
        """
        problem = why_not_train(experiment, bound)
        if problem is not None:
            raise TrainingError(problem)
        self.experiment = experiment
        self._bound = bound
        self._learning = experiment.learning
        self._graph = graph or compile_graph(experiment.network)
        self._rule = compile_rule(self._learning)
        self._loss = LOSS_CODES[self._learning.loss]
        self._regularization = REGULARIZATION_CODES[self._learning.regularization]
        self._judgement = judgement(
            self._learning.loss, np.concatenate([bound.train_targets, bound.test_targets])
        )
        self._values = joined(state.parameters.weights, state.parameters.biases)
        self._moments, self._count = memory(self._rule, self._graph, state)
        self._n_rows = len(bound.train_inputs)
        self._epoch = math.floor(epoch + 1e-9)
        self._row = round((epoch - self._epoch) * self._n_rows)
        self._inputs, self._targets = self._shuffled()
        self._scored_at = -1
        self._trained_epochs = self._trained_seconds = 0.0
        self._stopped: Stopped | None = None
        points = np.empty((0, 5)) if history is None else history
        self._history = History(points[points[:, 0] <= self.epoch + 1e-9])
        self._train, self._test = _noted(self._history)
        self._penalty = self._penalty_now()
        if self._is_small or not self._history.count:
            self._score()
        if not self._history.count:
            self._remember()
        natural = 0.5 * float(np.square(bound.train_targets).sum(axis=1).mean())
        self._watch = Watch(self._learning, self.epoch, self._train.loss + self._penalty, natural)

    @property
    def epoch(self) -> float:
        """Epochs since the start of learning; the part after the point is the share of rows seen."""
        return self._epoch + self._row / self._n_rows

    @property
    def stopped(self) -> Stopped | None:
        """Why the run is over, or None while it may go on."""
        return self._stopped

    @property
    def state(self) -> LearnerState:
        """What has been learned so far: a copy that does not change any more."""
        return LearnerState(
            parted(self._graph, self._values),
            tuple(parted(self._graph, moment) for moment in self._moments),
            self._count,
        )

    def advance(self, should_stop: Callable[[], bool], seconds: float) -> None:
        """Train for about `seconds`, at least one batch, until the run is over or `should_stop()` is true.

        The flag is looked at after every batch. A run that is over trains nothing.
        """
        self._stopped = self._stopped or self._watch.at_epoch(self.epoch)
        self._train_while(lambda: not should_stop() and self._stopped is None, seconds)

    def run_batch(self) -> None:
        """Train one batch, whatever the rules for stopping say, and note the loss after it."""
        if self._stopped == "diverged":
            return
        self._stopped = None
        self._train_while(lambda: False, math.inf)
        self._score()
        self._remember()

    def run_epoch(self, should_stop: Callable[[], bool] = lambda: False) -> None:
        """Train to the end of the epoch under way, whatever the rules say, and note the loss there."""
        if self._stopped == "diverged":
            return
        self._stopped = None
        last = self._epoch
        self._train_while(
            lambda: not should_stop() and self._epoch == last and self._stopped is None, math.inf
        )
        self._score()
        self._remember()

    def snapshot(self, generation: int = 0) -> Snapshot:
        """Return where the run stands.

        In the middle of an epoch of a very large task the losses are those of the last epoch noted.
        """
        if self._is_small:
            self._score()
        return Snapshot(
            generation=generation,
            epoch=self.epoch,
            state=self.state,
            train_loss=self._train.loss,
            test_loss=self._test.loss,
            penalty=self._penalty,
            train_accuracy=self._train.accuracy,
            test_accuracy=self._test.accuracy,
            history=self._history.points,
            epochs_per_second=self._trained_epochs / self._trained_seconds if self._trained_seconds else 0.0,
        )

    def with_experiment(
        self,
        experiment: Experiment,
        bound: BoundData,
        weights: Mapping[int, float] = NO_CHANGES,
        biases: Mapping[int, float] = NO_CHANGES,
    ) -> Session:
        """Return a session that goes on from here with other settings, another network or other data.

        Values are carried by id, and so is the optimizer's memory unless the optimizer itself changes.
        weights, biases : values that the change itself sets, by parameter id and node id; what is new in
        the network and not among them is 0
        """
        old, new, state = self.experiment.network, experiment.network, self.state
        moments = tuple(moment.carried(old, new) for moment in state.moments)
        carried = LearnerState(
            state.parameters.carried(old, new).changed(new, weights, biases), moments, state.step_count
        )
        same_rows = np.array_equal(self._bound.dataset.train, bound.dataset.train)
        epoch = self.epoch if same_rows else float(self._epoch)
        graph = self._graph if new is old else None
        following = Session(experiment, bound, carried, epoch, self._history.points, graph)
        following._trained_epochs = self._trained_epochs
        following._trained_seconds = self._trained_seconds
        return following

    def _train_while(self, may_go_on: Callable[[], bool], seconds: float) -> None:
        if self._stopped is not None:
            return
        began, began_epoch = monotonic(), self.epoch
        with np.errstate(all="ignore"):
            while True:
                self._train_batch()
                if not may_go_on() or monotonic() - began >= seconds:
                    break
        self._trained_epochs += self.epoch - began_epoch
        self._trained_seconds += monotonic() - began
        if self._trained_seconds > 1.0:
            # Older time counts less and less, so that the speed shown is the present one.
            self._trained_epochs, self._trained_seconds = self._trained_epochs / 2, self._trained_seconds / 2

    def _train_batch(self) -> None:
        rows = slice(self._row, min(self._row + self._learning.batch_size, self._n_rows))
        weights, biases = self._parts()
        of_weights, of_biases = oracle.gradients(
            self._graph, weights, biases, self._loss, self._inputs[rows], self._targets[rows]
        )
        if self._regularization != codes.NO_PENALTY:
            of_weights = of_weights + oracle.penalty_gradients(
                self._regularization, self._learning.regularization_rate, weights
            )
        values, moments = optimizers.update(
            self._rule,
            self._values,
            joined(of_weights, of_biases),
            self._moments,
            self._count + 1,
            self._graph.held,
        )
        if not math.isfinite(values @ values):
            # The update that would ruin the values is not made: what was learned before it stays usable.
            self._stopped = "diverged"
            return
        self._values, self._moments, self._count = values, moments, self._count + 1
        self._row = rows.stop
        if self._row >= self._n_rows:
            self._end_epoch()

    def _end_epoch(self) -> None:
        self._epoch, self._row = self._epoch + 1, 0
        if self._learning.shuffle:
            self._inputs, self._targets = self._shuffled()
        self._stopped = self._watch.at_epoch(self._epoch)
        if self._stopped or self._learning.stop_loss is not None or self._epoch % self._stride == 0:
            self._score()
            self._remember()
            self._stopped = self._watch.at_loss(self._epoch, self._train.loss, self._penalty) or self._stopped

    @property
    def _stride(self) -> int:
        """Every how many epochs losses are worked out: a pass forward is about a third of a training step."""
        return math.ceil((self._n_rows + len(self._bound.test_inputs)) / (3 * self._n_rows))

    def _shuffled(self) -> tuple[Floats, Floats]:
        if not self._learning.shuffle:
            return self._bound.train_inputs, self._bound.train_targets
        order = np.random.default_rng((self.experiment.seed, self._epoch)).permutation(self._n_rows)
        return self._bound.train_inputs[order], self._bound.train_targets[order]

    def _parts(self) -> tuple[Floats, Floats]:
        return self._values[: self._graph.n_parameters], self._values[self._graph.n_parameters :]

    @property
    def _is_small(self) -> bool:
        """Whether all losses can be worked out again at any time."""
        n_rows = self._n_rows + len(self._bound.test_inputs)
        return n_rows * (len(self._graph.sources) + self._graph.n_nodes) <= SMALL_WORK

    def _score(self) -> None:
        """Work out losses and accuracies, unless nothing was trained since."""
        if self._scored_at == self._count:
            return
        self._scored_at = self._count
        bound = self._bound
        with np.errstate(all="ignore"):
            self._train = self._scored(bound.train_inputs, bound.train_targets)
            self._test = self._scored(bound.test_inputs, bound.test_targets)
            self._penalty = self._penalty_now()

    def _penalty_now(self) -> float:
        return oracle.penalty(self._regularization, self._learning.regularization_rate, self._parts()[0])

    def _scored(self, inputs: Floats, targets: Floats) -> Score:
        return score(self._graph, self._learning.loss, self._judgement, *self._parts(), inputs, targets)

    def _remember(self) -> None:
        train, test = self._train, self._test
        self._history.append((self.epoch, train.loss, test.loss, train.accuracy, test.accuracy))


def _noted(history: History) -> tuple[Score, Score]:
    """The scores of training and test rows that a history ends with; NaN where it is empty."""
    unknown = (math.nan, math.nan, math.nan, math.nan, math.nan)
    _, train, test, train_accuracy, test_accuracy = history.points[-1] if history.count else unknown
    return Score(float(train), float(train_accuracy)), Score(float(test), float(test_accuracy))
