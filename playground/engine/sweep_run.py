"""The run of one point of a sweep, wherever it is done: in this process, in another, on another machine."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

import numpy as np

from kernels.ladder.kernel import UnavailableError
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.kernel_choice import why_not_kernel
from playground.engine.scoring import Figures
from playground.engine.session import Session
from playground.engine.trainers.stop import Stop
from playground.model import file
from playground.model.errors import DataError, PlaygroundError, TrainingError
from playground.model.experiment import Experiment, Learning
from playground.model.keys import Kernel
from playground.model.message import Message, message
from playground.model.parameters import Floats, Parameters, frozen_array
from playground.model.sweep import Outcome, PointResult
from playground.model.sweep_answers import encode
from playground.model.trace import LearnerState

MOST_POINTS = 200
"""How many points of a curve are handed over."""

CANCELLED = message("This run was cancelled.")
NO_MEMORY = message("There is not enough memory for this run.")
NO_DATA = message("There is no data, so there are no examples to learn from.")


class Curve:
    """The figures of a run at evenly spaced epochs, within a fixed room however long it is."""

    def __init__(self) -> None:
        self._points: list[tuple[float, ...]] = []
        self._last: tuple[float, ...] = ()
        self._stride = 1
        self._count = 0

    def note(self, epoch: float, figures: Figures) -> None:
        """Take the figures of an epoch: both losses, both accuracies, the penalty."""
        self._last = (epoch, *figures[:4])
        if self._count % self._stride == 0:
            self._points.append(self._last)
        self._count += 1
        if len(self._points) > 2 * MOST_POINTS:
            self._points = self._points[::2]
            self._stride *= 2

    @property
    def points(self) -> Floats:
        """At most 200 points, (n_points, 5), the first and the newest among them."""
        points = self._points
        if points[-1] != self._last:
            points = [*points, self._last]
        places = np.unique(np.linspace(0, len(points) - 1, min(MOST_POINTS, len(points))).round())
        return frozen_array([points[int(place)] for place in places])


def run_file(data: bytes, epochs: int, is_over: Callable[[], bool] = lambda: False) -> bytes:
    """Run the point whose file this is, and return its outcome as `sweep_answers` writes it."""
    return encode(run_point(data, epochs, is_over))


def run_point(data: bytes, epochs: int, is_over: Callable[[], bool] = lambda: False) -> Outcome:
    """Train what a file holds for so many epochs, unless a rule ends it sooner, on one thread.

    is_over : looked at between calls of the trainer; where it is true the run is given up
    Whatever goes wrong becomes the reason that is returned: one run never ends a sweep.
    """
    try:
        return _trained(*file.read(data), epochs, is_over)
    except PlaygroundError as error:
        return error.message
    except UnavailableError as error:
        return message(error.reason.template, **error.reason.values)
    except MemoryError:
        return NO_MEMORY
    except Exception as error:  # noqa: BLE001  # the one door of a run: the others go on
        problem = " ".join(f"{type(error).__name__}: {error}".split())
        return message("This run failed because of an error in the program: {problem}.", problem=problem)


def kernel_of(learning: Learning) -> Kernel:
    """Return the kernel that runs a point: on one thread, which gives the same bits as several."""
    return "numba" if learning.kernel == "numba-parallel" else learning.kernel


def _trained(
    experiment: Experiment, parameters: Parameters, epochs: int, is_over: Callable[[], bool]
) -> Outcome:
    if experiment.data is None:
        raise DataError(NO_DATA)
    bound = bind(experiment.network, make_dataset(experiment.data))
    kernel = kernel_of(experiment.learning)
    _prepare(kernel, experiment.learning)
    limited = replace(experiment, learning=replace(experiment.learning, stop_epochs=epochs))
    curve, start = Curve(), perf_counter()
    session = Session(limited, bound, LearnerState(parameters), kernel=kernel, noted=curve.note)
    first = session.snapshot()
    accuracies = (first.train_accuracy, first.test_accuracy)
    curve.note(first.epoch, (first.train_loss, first.test_loss, *accuracies, first.penalty))
    stop = Stop(is_over)
    while session.stopped is None and epochs > 0:
        session.advance(stop, math.inf)
        if stop.is_raised:
            return CANCELLED
    seconds, last = perf_counter() - start, session.snapshot()
    if last.epoch != int(last.epoch):  # it ran away in the middle of an epoch
        accuracies = (last.train_accuracy, last.test_accuracy)
        curve.note(last.epoch, (last.train_loss, last.test_loss, *accuracies, last.penalty))
    return PointResult(
        last.epoch,
        session.stopped or "epochs",
        curve.points,
        last.penalty,
        seconds,
        file.write(experiment, last.state.parameters),
    )


def _prepare(kernel: Kernel, learning: Learning) -> None:
    """Compile the kernel, or load it where that was done before; not counted as time of training."""
    refusal: Message | None = why_not_kernel(kernel)
    if refusal is not None:
        raise TrainingError(refusal)
    if kernel == "gpu":
        from kernels.training import gpu

        gpu.prepare(learning.dtype)
    elif kernel != "numpy":
        from kernels.training import fused

        fused.prepare(learning.dtype)
