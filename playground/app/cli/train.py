"""`playground train`: lets the network learn, and tells every epoch's losses."""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field, replace
from time import perf_counter

from playground.app.cli.inputs import load, trainable_rows
from playground.app.cli.output import all_finite, finite, save, tell, tell_json
from playground.app.cli.parser import DTYPES, KERNELS
from playground.app.cli.refusals import UsageError
from playground.engine.session import Session
from playground.model import file
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

    def note(self, snapshot: Snapshot) -> None:
        """Add the figures of one instant."""
        self.train_loss.append(snapshot.train_loss)
        self.test_loss.append(snapshot.test_loss)
        self.train_accuracy.append(snapshot.train_accuracy)
        self.test_accuracy.append(snapshot.test_accuracy)


def run(arguments: argparse.Namespace) -> None:
    """Train, tell, and save where that was asked for."""
    _require(arguments.kernel, KERNELS, "kernel")
    _require(arguments.dtype, DTYPES, "dtype")
    saved, parameters = load(arguments.file)
    experiment = saved if arguments.seed is None else replace(saved, seed=arguments.seed)
    epochs = arguments.epochs
    if epochs is None:
        epochs = saved.learning.stop_epochs or DEFAULT_EPOCHS
    bound = trainable_rows(experiment)
    unlimited = replace(experiment, learning=replace(experiment.learning, stop_epochs=None))
    start = perf_counter()
    session = Session(unlimited, bound, LearnerState(parameters))
    course = Course()
    course.note(session.snapshot())
    stopped = "epochs"
    for _ in range(epochs):
        session.run_epoch()
        course.note(session.snapshot())
        if session.stopped is not None:
            stopped = session.stopped
            break
    seconds = perf_counter() - start
    result = session.snapshot()
    data = file.write(experiment, result.state.parameters)
    if arguments.output is not None:
        save(arguments.output, data)
    if arguments.json:
        tell_json(_as_json(course, stopped, result, seconds, data))
    else:
        tell(_as_text(course, stopped, seconds))


def _as_json(course: Course, stopped: str, result: Snapshot, seconds: float, data: bytes) -> object:
    known = finite(course.train_accuracy[0]) is not None
    return {
        "epochs": len(course.train_loss) - 1,
        "stopped": stopped,
        "loss": _pair(course.train_loss, course.test_loss),
        "penalty": finite(result.penalty),
        "accuracy": _pair(course.train_accuracy, course.test_accuracy) if known else None,
        "seconds": seconds,
        "kernel": KERNELS[0],
        "dtype": DTYPES[0],
        "network": json.loads(data)["network"],
    }


def _pair(train: list[float], test: list[float]) -> dict[str, list[float | None] | None]:
    has_test = finite(test[0]) is not None
    return {"train": all_finite(train), "test": all_finite(test) if has_test else None}


def _as_text(course: Course, stopped: str, seconds: float) -> str:
    reasons = {
        "epochs": "all epochs are done",
        "loss": "the loss is low enough",
        "converged": "the loss does not fall any further",
        "diverged": "the numbers grew past all bounds; a smaller learning rate may help",
    }
    lines = [f"{len(course.train_loss) - 1} epochs in {format_number(seconds)} s: {reasons[stopped]}."]
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


def _require(value: str, known: tuple[str, ...], name: str) -> None:
    if value not in known:
        raise UsageError(
            message(
                "There is no {name} {value}; there is {known}.",
                name=name,
                value=value,
                known=", ".join(known),
            )
        )
