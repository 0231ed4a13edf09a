"""The parallel lane: the one thread that trains, told what to do by commands."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Literal

from kernels.ladder.kernel import UnavailableError
from playground.app.courtesy import Courtesy
from playground.app.pacing import Pacing
from playground.engine.session import Session
from playground.engine.trainers.stop import Stop
from playground.model.dataset import BoundData
from playground.model.errors import TrainingError
from playground.model.experiment import Experiment, Learning
from playground.model.keys import DType, Kernel
from playground.model.message import Message
from playground.model.parameters import Floats
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

Goal = Literal["run", "epoch", "batch"]
Ending = Literal["paused", "epochs", "loss", "converged", "diverged", "failed"]

SLICE_SECONDS = 0.03
"""How long NumPy's trainer works between two snapshots."""

COMPILED_SLICE_SECONDS = 0.045
"""How long a compiled one does: between its calls it has to wait whenever the window paints."""

Ready = Callable[[Kernel, DType], bool]
"""Says whether a kernel is ready to train in a type; asked from the lane's thread."""


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """Begin to learn, or go on at an epoch with its history."""

    generation: int
    goal: Goal
    experiment: Experiment
    bound: BoundData
    state: LearnerState
    epoch: float
    history: Floats | None


@dataclass(frozen=True, slots=True, eq=False)
class Retarget:
    """Go on with another experiment; values are carried by id, and these are set."""

    generation: int
    experiment: Experiment
    bound: BoundData
    weights: Mapping[int, float]
    biases: Mapping[int, float]
    restarts: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the batch under way."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the thread."""


Command = Start | Retarget | Pause | Quit


@dataclass(frozen=True, slots=True, eq=False)
class Ended:
    """How a run ended: what it reached, and the error where there was one."""

    generation: int
    ending: Ending
    snapshot: Snapshot | None = None
    error: Exception | None = None


class Mailbox:
    """Holds the newest snapshot only; whoever looks takes it away."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._newest: Snapshot | None = None

    def put(self, snapshot: Snapshot | None) -> None:
        """Replace what is there."""
        with self._lock:
            self._newest = snapshot

    def take(self) -> Snapshot | None:
        """Return what is there, and leave nothing."""
        with self._lock:
            newest, self._newest = self._newest, None
            return newest


class Lane:
    """Trains in a thread of its own that starts with the first command.

    While the kernel that is asked for is not ready, NumPy makes the updates; the kernel takes over as soon
    as it can, at the end of a batch.

    machine : held while anything is computed here; whoever else needs the machine alone takes it first
    started, ended : called in the lane's thread
    """

    def __init__(
        self,
        mailbox: Mailbox,
        started: Callable[[int], None],
        ended: Callable[[Ended], None],
        courtesy: Courtesy | None = None,
        is_ready: Ready = lambda kernel, _dtype: kernel == "numpy",
    ) -> None:
        self.machine = threading.Lock()
        self._mailbox = mailbox
        self._started = started
        self._ended = ended
        self._courtesy = courtesy or Courtesy()
        self._is_ready = is_ready
        self._commands: SimpleQueue[Command] = SimpleQueue()
        self._woken = threading.Event()
        self._epochs_per_second: float | None = None
        self._pacing = Pacing()
        self._stop = Stop(self._step_aside)
        self._thread: threading.Thread | None = None
        self._session: Session | None = None
        self._generation = 0
        self._goal: Goal = "run"

    def tell(self, command: Command) -> None:
        """Give a command; the batch under way ends first."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="parallel lane", daemon=True)
            self._thread.start()
        self._commands.put(command)
        self._stop.raise_()
        self._woken.set()

    def set_pace(self, epochs_per_second: float | None) -> None:
        """Learn so many epochs a second, where that is possible; None for as many as possible."""
        self._epochs_per_second = epochs_per_second
        self._woken.set()

    def shutdown(self) -> None:
        """End the run and the thread."""
        if self._thread is not None:
            self.tell(Quit())
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while True:
            command = self._commands.get()  # nothing is under way: wait
            if isinstance(command, Quit):
                return
            with self.machine:
                if not self._run(command):
                    return

    def _run(self, command: Command) -> bool:
        """Obey a command, and train until the run ends; False when the thread should end."""
        try:
            if not self._obey(command):
                return False
            while self._session is not None:
                self._woken.clear()
                self._stop.lower()
                try:
                    while True:
                        if not self._obey(self._commands.get_nowait()):
                            return False
                except Empty:
                    pass
                if self._session is not None:
                    self._train(self._with_its_kernel(self._session))
        except UnavailableError as error:
            self._lose_kernel(error)
        except Exception as error:  # noqa: BLE001  # it is raised again in the window's thread
            self._end("failed", error)
        return True

    def _obey(self, command: Command) -> bool:
        if isinstance(command, Quit):
            self._session = None
            return False
        if isinstance(command, Start):
            self._goal, self._generation = command.goal, command.generation
            self._begin(command)
        elif self._session is not None and isinstance(command, Retarget):
            self._retarget(self._session, command)
        elif self._session is not None:
            self._end("paused")
        return True

    def _begin(self, command: Start) -> None:
        try:
            self._session = Session(
                command.experiment,
                command.bound,
                command.state,
                command.epoch,
                command.history,
                kernel=self._kernel(command.experiment.learning),
            )
        except TrainingError as error:
            self._end("failed", error)
        else:
            self._pacing.begin()
            self._started(self._generation)

    def _retarget(self, session: Session, command: Retarget) -> None:
        kernel = self._kernel(command.experiment.learning)
        try:
            following = session.with_experiment(
                command.experiment, command.bound, command.weights, command.biases, kernel
            )
            if command.restarts:
                start = LearnerState(following.state.parameters)
                following = Session(command.experiment, command.bound, start, kernel=kernel)
        except TrainingError as error:
            self._end("failed", error)
            return
        self._session, self._generation = following, command.generation

    def _kernel(self, learning: Learning) -> Kernel:
        """The kernel that is asked for, or NumPy's until it is ready."""
        return learning.kernel if self._is_ready(learning.kernel, learning.dtype) else "numpy"

    def _with_its_kernel(self, session: Session) -> Session:
        """The session as it is, or going on with the kernel that has become ready."""
        kernel = self._kernel(session.experiment.learning)
        if kernel != session.kernel:
            session = self._session = session.with_kernel(kernel)
        return session

    def _train(self, session: Session) -> None:
        if self._goal == "batch":
            session.run_batch()
        elif self._goal == "epoch":
            session.run_epoch(self._stop)
        elif self._epochs_per_second is not None:
            if not self._train_due(session, self._epochs_per_second):
                return
        else:
            is_python = session.kernel == "numpy"
            session.advance(self._stop, SLICE_SECONDS if is_python else COMPILED_SLICE_SECONDS)
        if session.stopped is not None:
            self._end(session.stopped)
        elif self._goal == "run":
            self._mailbox.put(session.snapshot(self._generation))
        elif self._goal == "batch" or session.epoch == int(session.epoch):
            self._end("paused")

    def _train_due(self, session: Session, epochs_per_second: float) -> bool:
        """Train what is due at a pace, or wait until something is, or until somebody says something."""
        rate = epochs_per_second * session.batches_in_epoch
        n_batches = self._pacing.due(rate)
        if n_batches:
            session.advance(self._stop, COMPILED_SLICE_SECONDS, n_batches)
        else:
            self._woken.wait(self._pacing.seconds_left(rate))
        return n_batches > 0

    def _step_aside(self) -> bool:
        """Let the window work alone for a while; a compiled kernel does not stand in its way."""
        if self._session is not None and self._session.kernel == "numpy":
            self._courtesy.wait()
        return False

    def _lose_kernel(self, error: UnavailableError) -> None:
        """End the run where its kernel cannot go on; what the window was shown last stays."""
        self._session = None
        said = Message(error.reason.template, error.reason.values)
        self._end("failed", TrainingError(said))

    def _end(self, ending: Ending, error: Exception | None = None) -> None:
        session, self._session = self._session, None
        snapshot = None if session is None else session.snapshot(self._generation)
        self._mailbox.put(None)
        self._ended(Ended(self._generation, ending, snapshot, error))
