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
from playground.engine.pace import Pace
from playground.engine.readiness import why_not_train
from playground.engine.rows import TOLERANCE, Rows
from playground.engine.scoring import Scoring
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


class Session:
    """Trains one learner on one data set; belongs to one thread, and knows nothing of windows.

    Rows are shuffled from the seed and the epoch alone, so that a run that is paused, taken up again or
    repeated goes the same way to the bit. Losses are worked out at the ends of epochs, seldom enough that
    training takes the larger part of the time.
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
        learning = experiment.learning
        self.experiment = experiment
        self._bound = bound
        self._graph = graph or compile_graph(experiment.network)
        self._rule = compile_rule(learning)
        self._values = joined(state.parameters.weights, state.parameters.biases)
        self._moments, self._count = memory(self._rule, self._graph, state)
        self._rows = Rows(bound, learning.batch_size, experiment.seed if learning.shuffle else None, epoch)
        points = np.empty((0, 5)) if history is None else history
        self._history = History(points[points[:, 0] <= epoch + TOLERANCE])
        self._scoring = Scoring(self._graph, learning, bound, self._history.points)
        self._scoring.look_at_penalty(self._parts()[0])
        if self._scoring.is_small or not self._history.count:
            self._look()
        if not self._history.count:
            self._remember()
        natural = 0.5 * float(np.square(bound.train_targets).sum(axis=1).mean())
        first = self._scoring.train.loss + self._scoring.penalty
        self._watch = Watch(learning, self.epoch, first, natural)
        self._stopped: Stopped | None = None
        self._pace = Pace()

    @property
    def epoch(self) -> float:
        """Epochs since the start of learning; the part after the point is the share of rows seen."""
        return self._rows.epoch

    @property
    def stopped(self) -> Stopped | None:
        """Why the run is over, or None while it may go on."""
        return self._stopped

    @property
    def state(self) -> LearnerState:
        """What has been learned so far: a copy that does not change any more."""
        moments = tuple(parted(self._graph, moment) for moment in self._moments)
        return LearnerState(parted(self._graph, self._values), moments, self._count)

    def advance(self, should_stop: Callable[[], bool], seconds: float) -> None:
        """Train for about `seconds`, at least one batch, until the run is over or `should_stop()` is true.

        The flag is looked at after every batch. A run that is over trains nothing.
        """
        self._stopped = self._stopped or self._watch.at_epoch(self.epoch)
        self._train_while(lambda: not should_stop(), seconds)

    def run_batch(self) -> None:
        """Train one batch, whatever the rules for stopping say, and note the loss after it."""
        self._take_up()
        self._train_while(lambda: False, math.inf)
        self._look()
        self._remember()

    def run_epoch(self, should_stop: Callable[[], bool] = lambda: False) -> None:
        """Train to the end of the epoch under way, whatever the rules say, and note the loss there."""
        self._take_up()
        before = self._rows.whole_epochs
        self._train_while(lambda: not should_stop() and self._rows.whole_epochs == before, math.inf)
        self._look()
        self._remember()

    def snapshot(self, generation: int = 0) -> Snapshot:
        """Return where the run stands.

        In the middle of an epoch of a very large task the losses are those of the last epoch noted.
        """
        if self._scoring.is_small:
            self._look()
        scoring = self._scoring
        return Snapshot(
            generation=generation,
            epoch=self.epoch,
            state=self.state,
            train_loss=scoring.train.loss,
            test_loss=scoring.test.loss,
            penalty=scoring.penalty,
            train_accuracy=scoring.train.accuracy,
            test_accuracy=scoring.test.accuracy,
            history=self._history.points,
            epochs_per_second=self._pace.epochs_per_second,
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
        carried = LearnerState(
            state.parameters.carried(old, new).changed(new, weights, biases),
            tuple(moment.carried(old, new) for moment in state.moments),
            state.step_count,
        )
        same_rows = np.array_equal(self._bound.dataset.train, bound.dataset.train)
        epoch = self.epoch if same_rows else float(self._rows.whole_epochs)
        graph = self._graph if new is old else None
        following = Session(experiment, bound, carried, epoch, self._history.points, graph)
        following._pace = self._pace
        return following

    def _take_up(self) -> None:
        """Forget why the run is over, since somebody asks for more; but what runs away stays stopped."""
        if self._stopped != "diverged":
            self._stopped = None

    def _train_while(self, may_go_on: Callable[[], bool], seconds: float) -> None:
        began, began_epoch = monotonic(), self.epoch
        with np.errstate(all="ignore"):
            while self._stopped is None:
                self._train_batch()
                if not may_go_on() or monotonic() - began >= seconds:
                    break
        self._pace.add(self.epoch - began_epoch, monotonic() - began)

    def _train_batch(self) -> None:
        learning, (weights, biases) = self.experiment.learning, self._parts()
        # 1. The mean gradient of the batch.
        inputs, targets = self._rows.batch()
        of_weights, of_biases = oracle.gradients(
            self._graph, weights, biases, LOSS_CODES[learning.loss], inputs, targets
        )
        # 2. The penalty's part in it.
        regularization = REGULARIZATION_CODES[learning.regularization]
        if regularization != codes.NO_PENALTY:
            of_weights += oracle.penalty_gradients(regularization, learning.regularization_rate, weights)
        # 3. One update.
        count, gradients = self._count + 1, joined(of_weights, of_biases)
        values, moments = optimizers.update(
            self._rule, self._values, gradients, self._moments, count, self._graph.held
        )
        if not math.isfinite(values @ values):
            # The update that would ruin the values is not made: what was learned before it stays usable.
            self._stopped = "diverged"
            return
        self._values, self._moments, self._count = values, moments, count
        if self._rows.move_on():
            self._end_epoch()

    def _end_epoch(self) -> None:
        epoch = self._rows.whole_epochs
        self._stopped = self._watch.at_epoch(epoch)
        is_due = epoch % self._scoring.stride == 0 or self.experiment.learning.stop_loss is not None
        if self._stopped or is_due:
            self._look()
            self._remember()
            loss, penalty = self._scoring.train.loss, self._scoring.penalty
            self._stopped = self._watch.at_loss(epoch, loss, penalty) or self._stopped

    def _parts(self) -> tuple[Floats, Floats]:
        return self._values[: self._graph.n_parameters], self._values[self._graph.n_parameters :]

    def _look(self) -> None:
        self._scoring.look(*self._parts(), self._count)

    def _remember(self) -> None:
        self._history.append(self._scoring.point(self.epoch))
