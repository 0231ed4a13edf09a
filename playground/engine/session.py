"""A training run: epochs of shuffled batches, one update each, that can be paused after any batch."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from time import monotonic
from types import MappingProxyType

import numpy as np

from kernels.graph import Graph
from kernels.training.progress import Ended
from playground.engine.compile import compile_dropout, compile_graph, compile_rule, compile_task
from playground.engine.flops import flops
from playground.engine.history import History
from playground.engine.pace import Pace
from playground.engine.rate import rate_at
from playground.engine.readiness import why_not_train
from playground.engine.rows import TOLERANCE, Rows
from playground.engine.scoring import NO_END, Figures, Scoring
from playground.engine.stopping import Stopped, Watch
from playground.engine.trainers.making import make_trainer
from playground.engine.trainers.stop import Stop
from playground.engine.update import joined, memory, parted
from playground.model.dataset import BoundData
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment
from playground.model.keys import DType, Kernel
from playground.model.parameters import Floats
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

__all__ = ["Session", "Stopped", "why_not_train"]

NO_CHANGES: Mapping[int, float] = MappingProxyType({})

CALL_SECONDS = 0.045
"""How long one call of a trainer takes at most: long enough that a window which is busy painting does not
keep it waiting, short enough that the window hears of it often."""

ENOUGH = 0.7
"""The part of the time asked for after which no further call is begun."""

MOST_PLACES = 1 << 21
"""How many places of rows in their orders one call takes at most: 16 MiB."""

Noted = Callable[[float, Figures], None]
"""Hears of an epoch and its figures."""

ENDINGS: Mapping[Ended, Stopped] = MappingProxyType(
    {"epochs": "epochs", "loss": "loss", "converged": "converged", "diverged": "diverged"}
)
"""How a call ended, where that is the end of the run."""


class Session:
    """Trains one learner on one data set; belongs to one thread, and knows nothing of windows.

    The updates are made by a trainer: NumPy's, or a compiled one. Rows are shuffled from the seed and the
    epoch alone, for every trainer alike, so that a run that is paused, taken up again or repeated goes the
    same way to the bit. Losses are worked out at the ends of epochs, seldom enough that training takes the
    larger part of the time, and at the same epochs however fast the machine is.
    """

    def __init__(
        self,
        experiment: Experiment,
        bound: BoundData,
        state: LearnerState,
        epoch: float = 0.0,
        history: Floats | None = None,
        graph: Graph | None = None,
        kernel: Kernel | None = None,
        noted: Noted | None = None,
    ) -> None:
        """Take up learning at `epoch` with the points of `history`, (n_points, 5), up to it.

        graph : the compiled network, where the caller has kept it
        kernel : what makes the updates, where it is not the one that the experiment asks for
        noted : called with the figures of every epoch, in order, as they become known; without it losses are
            noted at only some of the epochs of a long run
        Raises TrainingError with the sentence of `why_not_train`.
        """
        problem = why_not_train(experiment, bound)
        if problem is not None:
            raise TrainingError(problem)
        learning = experiment.learning
        self.experiment = experiment
        self._bound = bound
        self._graph = graph or compile_graph(experiment.network)
        seed = experiment.seed if learning.shuffle else None
        self._rows = Rows(len(bound.train_inputs), learning.batch_size, seed, epoch)
        points = np.empty((0, 5)) if history is None else history
        self._history = History(points[points[:, 0] <= epoch + TOLERANCE])
        self._scoring = Scoring(self._graph, learning, bound, self._history.points)
        self._scoring.look_at_penalty(state.parameters.weights)
        self._trainer = make_trainer(
            kernel or learning.kernel,
            self._graph,
            learning,
            bound,
            self._scoring,
            joined(state.parameters.weights, state.parameters.biases),
            *memory(compile_rule(learning), self._graph, state),
            compile_dropout(experiment),
        )
        if self._scoring.is_small or not self._history.count:
            self._look()
        if not self._history.count:
            self._remember()
        natural = 0.5 * float(np.square(bound.train_targets).sum(axis=1).mean())
        first = self._scoring.train.loss + self._scoring.penalty
        self._watch = Watch(learning, self.epoch, first, natural)
        self._stopped: Stopped | None = None
        self._pace = Pace()
        self._seconds_per_batch = 0.0
        self._ended_at: float | None = None
        self._noted = noted

    @property
    def epoch(self) -> float:
        """Epochs since the start of learning; the part after the point is the share of rows seen."""
        return self._rows.epoch

    @property
    def stopped(self) -> Stopped | None:
        """Why the run is over, or None while it may go on."""
        return self._stopped

    @property
    def kernel(self) -> Kernel:
        """What makes the updates."""
        return self._trainer.kernel

    @property
    def dtype(self) -> DType:
        """The type in which they are made."""
        return self._trainer.dtype

    @property
    def state(self) -> LearnerState:
        """What has been learned so far: a copy that does not change any more."""
        trainer = self._trainer
        moments = tuple(parted(self._graph, moment) for moment in trainer.moments)
        return LearnerState(parted(self._graph, trainer.values), moments, trainer.count)

    @property
    def batches_in_epoch(self) -> int:
        """How many batches a whole epoch has."""
        return self._rows.in_epoch

    def advance(self, stop: Stop | Callable[[], bool], seconds: float, n_batches: int | None = None) -> None:
        """Train for about `seconds`, at least one batch, until the run is over or it is told to stop.

        stop : looked at after every batch. A run that is over trains nothing.
        n_batches : how many batches at most, where somebody wants to follow; the speed is then that of
            whoever asks, pauses included
        """
        self._stopped = self._stopped or self._watch.at_epoch(self.epoch)
        self._train(stop, seconds, n_batches, is_paced=n_batches is not None)

    def run_batch(self) -> None:
        """Train one batch, whatever the rules for stopping say, and note the loss after it."""
        self._take_up()
        self._train(Stop(), math.inf, 1)
        self._look()
        self._remember()

    def run_epoch(self, stop: Stop | Callable[[], bool] = lambda: False) -> None:
        """Train to the end of the epoch under way, whatever the rules say, and note the loss there."""
        self._take_up()
        self._train(stop, math.inf, self._rows.batches_to(self._rows.whole_epochs + 1))
        self._look()
        self._remember()

    def snapshot(self, generation: int = 0) -> Snapshot:
        """Return where the run stands.

        In the middle of an epoch of a very large task the losses are those of the last epoch noted.
        """
        if self._scoring.is_small:
            self._look()
        scoring, pace, rows = self._scoring, self._pace.epochs_per_second, self._rows
        experiment, learning = self.experiment, self.experiment.learning
        each = flops(compile_task(self._graph, learning, None, compile_dropout(experiment)))
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
            epochs_per_second=pace,
            kernel=self.kernel,
            dtype=self.dtype,
            threads=self._trainer.threads,
            examples_per_second=pace * rows.count,
            learning_rate=rate_at(learning, self.epoch),
            flops_per_second=pace * (rows.count * each.per_example + rows.in_epoch * each.per_update),
        )

    def with_experiment(
        self,
        experiment: Experiment,
        bound: BoundData,
        weights: Mapping[int, float] = NO_CHANGES,
        biases: Mapping[int, float] = NO_CHANGES,
        kernel: Kernel | None = None,
    ) -> Session:
        """Return a session that goes on from here with other settings, another network or other data.

        Values are carried by id, and so is the optimizer's memory unless the optimizer itself changes.
        weights, biases : values that the change itself sets, by parameter id and node id; what is new in
        the network and not among them is 0
        kernel : what makes the updates, where it is not the one that the experiment asks for
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
        following = Session(experiment, bound, carried, epoch, self._history.points, graph, kernel)
        following._rows.adopt(self._rows)
        if (following.kernel, following.dtype) == (self.kernel, self.dtype):
            following._pace, following._seconds_per_batch = self._pace, self._seconds_per_batch
        return following

    def with_kernel(self, kernel: Kernel) -> Session:
        """Return a session that goes on from here with another kernel."""
        return self.with_experiment(self.experiment, self._bound, kernel=kernel)

    def _take_up(self) -> None:
        """Forget why the run is over, since somebody asks for more; but what runs away stays stopped."""
        if self._stopped != "diverged":
            self._stopped = None

    def _train(
        self,
        stop: Stop | Callable[[], bool],
        seconds: float,
        n_batches: int | None = None,
        *,
        is_paced: bool = False,
    ) -> None:
        """Train until the time is over, so many batches are done, the flag is raised or the run is over."""
        stop = stop if isinstance(stop, Stop) else Stop(stop)
        began, began_epoch, spent = monotonic(), self.epoch, 0.0
        while self._stopped is None and n_batches != 0:
            budget = self._budget(seconds - spent)
            done = self._call(budget if n_batches is None else min(budget, n_batches), stop)
            n_batches = None if n_batches is None else n_batches - done
            before, spent = spent, monotonic() - began
            self._seconds_per_batch = (spent - before) / max(1, done)
            if stop.is_raised or spent >= ENOUGH * seconds:
                break
        ended, since = monotonic(), self._ended_at
        self._ended_at = ended if is_paced else None
        passed = ended - since if is_paced and since is not None else spent
        self._pace.add(self.epoch - began_epoch, passed)

    def _budget(self, seconds: float) -> int:
        """How many batches the next call should train, before the time of a call is over.

        It ends where losses begin to be noted more seldom, and where it would need too many orders. The
        first call of all is a single batch, which tells how long one takes.
        """
        rows, whole = self._rows, self._rows.whole_epochs
        if not self._seconds_per_batch:
            return 1
        until = min(self._stride[1], whole + max(1, MOST_PLACES // rows.count))
        wanted = min(seconds, CALL_SECONDS) / self._seconds_per_batch
        return max(1, min(int(wanted), rows.batches_to(until)))

    def _call(self, n_batches: int, stop: Stop) -> int:
        """Let the trainer work, take in what it has noted, and return how many batches it has trained."""
        rows, trainer = self._rows, self._trainer
        rules = self._watch.rules(self._stride[0])
        orders = rows.orders(n_batches)
        is_python = trainer.kernel == "numpy"  # it would only be disturbed
        with nullcontext() if is_python else rows.drawing_ahead(n_batches):
            done = trainer.train(rows.whole_epochs, rows.seen, n_batches, stop, orders, rules)
        rows.move_on(done.batches)
        for epoch, *figures, penalty in done.points.tolist():
            self._history.append((epoch, *figures))
            if self._noted is not None:
                self._noted(epoch, (*figures, penalty))
            if epoch == self.epoch:
                self._scoring.take((*figures, penalty), trainer.count)
        self._stopped = ENDINGS.get(done.ended)
        return done.batches

    @property
    def _stride(self) -> tuple[int, int]:
        """Every how many epochs losses are noted now, and up to which epoch."""
        return self._scoring.stride_at(self._rows.whole_epochs) if self._noted is None else (1, NO_END)

    def _look(self) -> None:
        if not self._scoring.is_at(self._trainer.count):
            self._scoring.take(self._trainer.score(), self._trainer.count)

    def _remember(self) -> None:
        self._history.append(self._scoring.point(self.epoch))
