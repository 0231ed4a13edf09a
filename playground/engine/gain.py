"""How many times faster than NumPy a kernel trains one network: both run for a moment, and are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

from playground.engine.session import Session
from playground.engine.trainers.stop import Stop
from playground.model.dataset import BoundData
from playground.model.experiment import Experiment
from playground.model.keys import Kernel
from playground.model.message import Message, message
from playground.model.trace import LearnerState

SECONDS = 0.3
"""How long each of the two runs."""

PARTS = 3
"""Into how many parts that time is cut: the fastest one counts, the others may have been disturbed."""


@dataclass(frozen=True, slots=True)
class Gain:
    """Epochs per second of a kernel and of NumPy, on the same network and rows."""

    kernel: Kernel
    epochs_per_second: float
    numpy_epochs_per_second: float

    @property
    def times(self) -> float:
        """How many times faster than NumPy the kernel is."""
        return self.epochs_per_second / self.numpy_epochs_per_second

    @property
    def said(self) -> Message:
        """The gain in a sentence."""
        if self.times < 0.95:
            return message("now slower than NumPy, by <b>{times} times</b>", times=1 / self.times)
        if self.times < 1.05:
            return message("now as fast as NumPy")
        times = round(self.times) if self.times >= 10 else float(f"{self.times:.2g}")
        return message("now <b>{times} times</b> faster than NumPy", times=times)


def measure_gain(
    experiment: Experiment,
    bound: BoundData,
    state: LearnerState,
    kernel: Kernel,
    stop: Stop,
    seconds: float = SECONDS,
) -> Gain | None:
    """Train copies from this state for a moment each, and return the gain; None where it was stopped.

    The kernel must be ready. Raises TrainingError with the sentence of `why_not_train`.
    """
    rates = [_rate(experiment, bound, state, each, stop, seconds) for each in (kernel, "numpy")]
    if stop.is_raised or not all(rates):
        return None
    return Gain(kernel, *rates)


def _rate(
    experiment: Experiment,
    bound: BoundData,
    state: LearnerState,
    kernel: Kernel,
    stop: Stop,
    seconds: float,
) -> float:
    """Epochs per second in the fastest part; a run that is over begins again."""
    learning = replace(experiment.learning, stop_epochs=None, stop_loss=None)
    endless = replace(experiment, learning=learning)
    session, best = Session(endless, bound, state, kernel=kernel), 0.0
    session.advance(stop, 0.0)  # the first batch finds nothing in the caches
    for _ in range(PARTS):
        epochs, spent = 0.0, 0.0
        while spent < seconds / PARTS and not stop.is_raised:
            if session.stopped is not None:
                session = Session(endless, bound, state, kernel=kernel)
            before, began = session.epoch, perf_counter()
            session.advance(stop, seconds / PARTS - spent)
            spent += perf_counter() - began
            epochs += session.epoch - before
        best = max(best, epochs / spent if spent else 0.0)
    return best
