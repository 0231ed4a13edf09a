"""`playground train`: lets the network learn, and tells every epoch's losses."""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass, field, replace
from time import perf_counter
from typing import cast

from playground.app.cli.inputs import load, trainable_rows
from playground.app.cli.output import all_finite, finite, save, tell, tell_json
from playground.app.cli.refusals import UsageError
from playground.engine.kernel_choice import why_not_dtype, why_not_kernel
from playground.engine.scoring import Figures
from playground.engine.session import Session
from playground.engine.trainers.stop import Stop
from playground.model import file
from playground.model.experiment import Learning
from playground.model.keys import DTYPES, KERNELS, DType, Kernel
from playground.model.message import format_number, message
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

DEFAULT_EPOCHS = 100


@dataclass(slots=True)
class Course:
    """How a run went: the figures before training and after each epoch."""

    train_loss: list[float] = field(default_factory=list)
    test_loss: list[float] = field(default_factory=list)
    train_accuracy: list[float] = field(default_factory=list)
    test_accuracy: list[float] = field(default_factory=list)

    def note(self, _epoch: float, figures: Figures) -> None:
        """Add the figures of one epoch."""
        for values, figure in zip(
            (self.train_loss, self.test_loss, self.train_accuracy, self.test_accuracy), figures, strict=False
        ):
            values.append(figure)

    def note_snapshot(self, snapshot: Snapshot) -> None:
        """Add the figures of one instant."""
        losses, shares = (
            (snapshot.train_loss, snapshot.test_loss),
            (snapshot.train_accuracy, snapshot.test_accuracy),
        )
        self.note(snapshot.epoch, (*losses, *shares, snapshot.penalty))


def run(arguments: argparse.Namespace) -> None:
    """Train, tell, and save where that was asked for."""
    saved, parameters = load(arguments.file)
    experiment = replace(
        saved,
        seed=saved.seed if arguments.seed is None else arguments.seed,
        learning=_with_kernel(saved.learning, arguments.kernel, arguments.dtype),
    )
    epochs = arguments.epochs
    if epochs is None:
        epochs = saved.learning.stop_epochs or DEFAULT_EPOCHS
    bound = trainable_rows(experiment)
    limited = replace(experiment, learning=replace(experiment.learning, stop_epochs=epochs))
    _prepare(experiment.learning)
    start = perf_counter()
    course = Course()
    session = Session(limited, bound, LearnerState(parameters), noted=course.note)
    course.note_snapshot(session.snapshot())
    while session.stopped is None and epochs > 0:
        session.advance(Stop(), math.inf)
    seconds = perf_counter() - start
    result = session.snapshot()
    if result.epoch != int(result.epoch):
        course.note_snapshot(result)  # it ran away in the middle of an epoch
    data = file.write(experiment, result.state.parameters)
    if arguments.output is not None:
        save(arguments.output, data)
    if arguments.json:
        tell_json(_as_json(course, session.stopped or "epochs", result, seconds, data))
    else:
        tell(_as_text(course, session.stopped or "epochs", seconds, experiment.learning, result))


def _with_kernel(learning: Learning, kernel: str | None, dtype: str | None) -> Learning:
    """The settings with what the command line says; refuses what cannot be used here, and why."""
    if kernel is not None:
        learning = replace(learning, kernel=cast("Kernel", _known(kernel, KERNELS, "kernel")))
    if dtype is not None:
        learning = replace(learning, dtype=cast("DType", _known(dtype, DTYPES, "dtype")))
    refusal = why_not_kernel(learning.kernel)
    if refusal is None and dtype is not None:
        refusal = why_not_dtype(learning.kernel, learning.dtype)
    if refusal is not None:
        raise UsageError(refusal)
    return learning


def _prepare(learning: Learning) -> None:
    """Compile the kernel, or load it where that was done before; not counted as time of training."""
    if learning.kernel == "numpy":
        return
    from playground.app.kernel_preparing import keep_compiled, load_kernel

    keep_compiled()
    load_kernel(learning.kernel, learning.dtype)


def _as_json(course: Course, stopped: str, result: Snapshot, seconds: float, data: bytes) -> object:
    known = finite(course.train_accuracy[0]) is not None
    return {
        "epochs": len(course.train_loss) - 1,
        "stopped": stopped,
        "loss": _pair(course.train_loss, course.test_loss),
        "penalty": finite(result.penalty),
        "accuracy": _pair(course.train_accuracy, course.test_accuracy) if known else None,
        "seconds": seconds,
        "kernel": result.kernel,
        "dtype": result.dtype,
        "network": json.loads(data)["network"],
    }


def _pair(train: list[float], test: list[float]) -> dict[str, list[float | None] | None]:
    has_test = finite(test[0]) is not None
    return {"train": all_finite(train), "test": all_finite(test) if has_test else None}


def _as_text(course: Course, stopped: str, seconds: float, learning: Learning, result: Snapshot) -> str:
    reasons = {
        "epochs": "all epochs are done",
        "loss": "the loss is low enough",
        "converged": "the loss does not fall any further",
        "diverged": "the numbers grew past all bounds; a smaller learning rate may help",
    }
    lines = [f"{len(course.train_loss) - 1} epochs in {format_number(seconds)} s: {reasons[stopped]}."]
    if learning.schedule.kind != "constant":
        first, last = format_number(learning.learning_rate), format_number(result.learning_rate)
        lines.append(f"Learning rate: {first} before, {last} after.")
    for name, values, unit in (
        ("Loss on training rows", course.train_loss, 1.0),
        ("Loss on test rows", course.test_loss, 1.0),
        ("Right on training rows", course.train_accuracy, 100.0),
        ("Right on test rows", course.test_accuracy, 100.0),
    ):
        if finite(values[0]) is not None:
            sign = " %" if unit == 100.0 else ""
            first, last = format_number(unit * values[0]), format_number(unit * values[-1])
            lines.append(f"{name}: {first}{sign} before, {last}{sign} after.")
    return "\n".join(lines)


def _known(value: str, known: tuple[str, ...], name: str) -> str:
    if value not in known:
        raise UsageError(
            message(
                "There is no {name} {value}; there is {known}.",
                name=name,
                value=value,
                known=", ".join(known),
            )
        )
    return value
