"""All heavy work beside the window: one lane that trains, one lane for everything else."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from playground.app.background import Background
from playground.app.courtesy import Courtesy
from playground.app.kernel_warmth import KernelWarmth
from playground.app.lane import Ended, Ending, Goal, Lane, Mailbox, Pause, Retarget, Start
from playground.model.dataset import BoundData
from playground.model.edit import Change
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.parameters import Floats
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

FRAME_MS = 16
"""How often the window looks for a snapshot while something trains."""

LOOK_FOR_QUIET_MS = 10
"""How often it is looked whether the last job has ended, while somebody waits for the machine."""

FRAMES_SHARE = 0.4
"""The part of the window's time that showing snapshots may take, so that clicks find it free."""

LONGEST_PAUSE_S = 0.25
"""How long it may keep the window without a snapshot, however much else is painted."""

SAID: dict[Ending, Message] = {
    "epochs": message("Learning has run for as many epochs as it was asked to."),
    "loss": message("Learning has reached the loss that it was asked to reach."),
    "converged": message("Learning has converged: the loss does not fall any further."),
    "diverged": message(
        "Learning has diverged: its numbers grew past all bounds. A smaller learning rate helps."
    ),
    "failed": message("Learning has stopped because of an error in the program."),
}


class Compute(QObject):
    """Trains beside the window and hands over what it reaches: facts are never dropped, frames may be.

    Each change of the experiment has a generation of its own; snapshots of an older one are dropped, so
    that the document never hears of a network that it no longer has.

    frame(Snapshot) : the newest snapshot, at most one for each frame, only while something trains
    started() : learning has begun
    ended() : learning is over, for whatever reason; follows each of the facts below
    paused() : as the person wished, or because the batch or the epoch that was asked for is done
    stopped(Message), converged(Message), diverged(Message) : by a rule
    failed(Message) : it cannot begin or go on
    alone_began() : nothing computes any more, as `alone` asked
    """

    frame = Signal(object)
    started = Signal()
    ended = Signal()
    paused = Signal()
    stopped = Signal(object)
    converged = Signal(object)
    diverged = Signal(object)
    failed = Signal(object)
    alone_began = Signal()
    _has_started = Signal(int)
    _has_ended = Signal(object)

    def __init__(self, parent: QObject | None = None, warmth: KernelWarmth | None = None) -> None:
        super().__init__(parent)
        self.background = Background(self)
        self.warmth = warmth or KernelWarmth(self)
        self._mailbox = Mailbox()
        self.courtesy = Courtesy()
        self._lane = Lane(
            self._mailbox,
            self._has_started.emit,
            self._has_ended.emit,
            self.courtesy,
            self.warmth.is_ready,
        )
        self._generation = 0
        self._is_running = self._is_abandoned = False
        self._is_alone = self._has_machine = False
        self._experiment: Experiment | None = None
        self._bound: BoundData | None = None
        self._waits: Change | None = None
        self._epoch = 0.0
        self._history: Floats | None = None
        self.snapshot: Snapshot | None = None
        self._shown_at = self._seconds_at = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._quiet = QTimer(self)
        self._quiet.setInterval(LOOK_FOR_QUIET_MS)
        self._quiet.timeout.connect(self._take_machine)
        self._has_started.connect(self._tell_started, Qt.ConnectionType.QueuedConnection)
        self._has_ended.connect(self._tell_ended, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether something trains, or is about to."""
        return self._is_running

    @property
    def is_alone(self) -> bool:
        """Whether somebody has asked for the machine alone: nothing is begun meanwhile."""
        return self._is_alone

    @property
    def machine(self) -> Lock:
        """Held by whoever computes for long beside the window, in its own thread: one at a time."""
        return self._lane.machine

    @property
    def generation(self) -> int:
        """The number of the present experiment; snapshots of other numbers are stale."""
        return self._generation

    @property
    def epoch(self) -> float:
        """Epochs since the start of learning."""
        return self._epoch

    def start(
        self, experiment: Experiment, bound: BoundData, state: LearnerState, goal: Goal = "run"
    ) -> None:
        """Learn from the present state on, at the epoch that was reached before.

        Nothing begins while somebody has the machine alone.
        """
        if self._is_running or self._is_alone:
            return
        self.warmth.want(experiment.learning.kernel, experiment.learning.dtype)
        self._is_running, self._is_abandoned = True, False
        self._generation += 1
        self._experiment, self._bound, self._waits = experiment, bound, None
        self._timer.start()
        self._lane.tell(Start(self._generation, goal, experiment, bound, state, self._epoch, self._history))

    def run_batch(self, experiment: Experiment, bound: BoundData, state: LearnerState) -> None:
        """Learn from one batch."""
        self.start(experiment, bound, state, "batch")

    def run_epoch(self, experiment: Experiment, bound: BoundData, state: LearnerState) -> None:
        """Learn to the end of the epoch under way."""
        self.start(experiment, bound, state, "epoch")

    def pause(self) -> None:
        """Stop after the batch under way; `paused` follows."""
        if self._is_running:
            self._lane.tell(Pause())

    @Slot(object)
    def take(self, change: Change) -> None:
        """Hear of a change that the document has just made; connect it to `Document.taken`.

        Values and settings go to the trainer at once. A new structure or new data wait for
        `set_experiment`, since they need their rows bound anew. A restart that sets no values means that
        another document was opened, which ends the run.
        """
        self._generation += 1
        if change.restarts:
            self._epoch, self._history, self.snapshot = 0.0, None, None
        if not self._is_running or self._experiment is None:
            return
        if change.restarts and not change.biases:
            self._waits, self._is_abandoned = None, True
            self.pause()
            return
        self._waits = change if self._waits is None else _joined(self._waits, change)
        old = self._experiment
        same = change.experiment.network is old.network and change.experiment.data is old.data
        if same and self._bound is not None:
            self.set_experiment(change.experiment, self._bound)

    def set_experiment(self, experiment: Experiment, bound: BoundData | None) -> None:
        """Go on training another experiment, with the values that `take` has heard of since.

        bound : its rows; None where it has none now, which ends the run
        """
        if not self._is_running:
            return
        if bound is None:
            self._waits = None
            self.pause()
            return
        change, self._waits = self._waits, None
        self.warmth.want(experiment.learning.kernel, experiment.learning.dtype)
        self._generation += 1
        self._experiment, self._bound = experiment, bound
        self._lane.tell(
            Retarget(
                self._generation,
                experiment,
                bound,
                {} if change is None else change.weights,
                {} if change is None else change.biases,
                change is not None and change.restarts,
            )
        )

    def resume(self, snapshot: Snapshot) -> None:
        """Let learning go on later from where an earlier run stood: its epoch, its history.

        Only while nothing trains; the values themselves are the document's.
        """
        if not self._is_running:
            self.snapshot = replace(snapshot, generation=self._generation)
            self._epoch, self._history = snapshot.epoch, snapshot.history

    def set_pace(self, epochs_per_second: float | None) -> None:
        """Learn so many epochs a second, where this computer can; None for as many as it can."""
        self._lane.set_pace(epochs_per_second)

    def alone(self, is_on: bool) -> None:
        """Let nothing compute, for whoever needs the machine alone, or let everything go on.

        Learning pauses and jobs of the background wait; `alone_began` follows once the last one has ended.
        Afterwards those jobs go on; learning does not by itself.
        """
        if is_on == self._is_alone:
            return
        self._is_alone = is_on
        if is_on:
            self.pause()
            self.background.hold()
            self._quiet.start()
            return
        self._quiet.stop()
        if self._has_machine:
            self._has_machine = False
            self._lane.machine.release()
        self.background.let_go()

    def shutdown(self) -> None:
        """End both lanes and wait for them; nothing is announced any more."""
        self.alone(False)
        self._timer.stop()
        self._is_running = False
        self._generation += 1
        self._lane.shutdown()
        self.background.shutdown()
        self.warmth.shutdown()

    @Slot()
    def _take_machine(self) -> None:
        if self._is_running or self.background.is_working or self.warmth.is_preparing:
            return
        if self._lane.machine.acquire(blocking=False):
            self._has_machine = True
            self._quiet.stop()
            self.alone_began.emit()

    @Slot()
    def _look(self) -> None:
        spent = self.courtesy.seconds - self._seconds_at
        if perf_counter() - self._shown_at < min(spent / FRAMES_SHARE, LONGEST_PAUSE_S):
            return
        snapshot = self._mailbox.take()
        if snapshot is not None:
            self._show(snapshot)

    @Slot(int)
    def _tell_started(self, _generation: int) -> None:
        if self._is_running:
            self.started.emit()

    @Slot(object)
    def _tell_ended(self, ended: Ended) -> None:
        if not self._is_running:
            return
        self._is_running = False
        self._timer.stop()
        if ended.snapshot is not None:
            self._show(ended.snapshot)
        self._waits = None
        if ended.error is not None:
            said = ended.error.message if isinstance(ended.error, TrainingError) else SAID["failed"]
            self.failed.emit(said)
        elif self._is_abandoned:
            pass  # nobody asks any more how that run ended
        elif ended.ending == "paused":
            self.paused.emit()
        elif ended.ending == "converged":
            self.converged.emit(SAID["converged"])
        elif ended.ending == "diverged":
            self.diverged.emit(SAID["diverged"])
        else:
            self.stopped.emit(SAID[ended.ending])
        self.ended.emit()
        if ended.error is not None and not isinstance(ended.error, TrainingError):
            raise ended.error

    def _show(self, snapshot: Snapshot) -> None:
        if snapshot.generation != self._generation:
            return
        self.snapshot = snapshot
        self._shown_at, self._seconds_at = perf_counter(), self.courtesy.seconds
        self._epoch, self._history = snapshot.epoch, snapshot.history
        with self.courtesy:
            self.frame.emit(snapshot)


def _joined(first: Change, second: Change) -> Change:
    """Both changes as one, where nobody could take the first alone."""
    return Change(
        second.experiment,
        {**first.weights, **second.weights},
        {**first.biases, **second.biases},
        first.restarts or second.restarts,
    )
