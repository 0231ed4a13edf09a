"""Measures what the chosen kernel gains on the open network, while nothing else computes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from playground.app.background import Job
from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.pass_source import PassSource
from playground.app.training_control import TrainingControl
from playground.engine.gain import Gain, measure_gain
from playground.engine.trainers.stop import Stop
from playground.model.errors import PlaygroundError
from playground.model.message import Message

SETTLE_MS = 500
"""How long after a change the gain is measured anew."""


class GainMeter(QObject):
    """Says how many times faster than NumPy the chosen kernel trains the open network.

    It measures beside the window, on copies, and only while the network does not learn; learning that
    begins meanwhile stops it after the batch under way. Nothing is measured before `watch`.

    changed(Message or None) : the gain in a sentence; None where it is not known, or NumPy is chosen
    """

    changed = Signal(object)

    def __init__(
        self,
        document: Document,
        source: PassSource,
        training: TrainingControl,
        compute: Compute,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._source = source
        self._training = training
        self._compute = compute
        self._is_watching = False
        self._stop = Stop()
        self._job: Job | None = None
        self.said: Message | None = None
        self._soon = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._soon.timeout.connect(self._measure)
        document.experiment_changed.connect(self._renew)
        document.restarted.connect(self._renew)
        source.data_changed.connect(self._renew)
        training.running_changed.connect(self._on_running)
        compute.warmth.changed.connect(self._renew)

    def watch(self, is_on: bool) -> None:
        """Keep the gain at the present, or measure no more."""
        if is_on != self._is_watching:
            self._is_watching = is_on
            self._renew()

    def _renew(self) -> None:
        self._end()
        self._tell(None)
        if self._is_watching:
            self._soon.start()

    def _on_running(self, is_running: bool) -> None:
        if is_running:
            self._end()
        elif self._is_watching and self.said is None:
            self._soon.start()

    def _end(self) -> None:
        self._soon.stop()
        self._stop.raise_()
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _measure(self) -> None:
        experiment, bound, state = self._document.experiment, self._source.bound, self._document.state
        learning, stop = experiment.learning, Stop()
        is_ready = self._compute.warmth.is_ready(learning.kernel, learning.dtype)
        if learning.kernel == "numpy" or not is_ready or bound is None or self._training.is_running:
            return
        self._stop = stop
        machine = self._compute.machine

        def work() -> Gain | None:
            with machine:
                return measure_gain(experiment, bound, state, learning.kernel, stop)

        self._job = self._compute.background.run(work, self._take, self._could_not)

    def _take(self, gain: Gain | None) -> None:
        self._job = None
        self._tell(None if gain is None else gain.said)

    def _could_not(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, PlaygroundError):
            raise error

    def _tell(self, said: Message | None) -> None:
        if said != self.said:
            self.said = said
            self.changed.emit(said)
