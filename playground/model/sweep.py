"""A sweep: the same network run with several settings, each combination once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playground.model import file
from playground.model.experiment import Experiment
from playground.model.message import MINUS, Message, format_exact, message
from playground.model.parameters import Floats, Parameters

Value = str | int | float | bool | None
"""What a setting may be given, as the file spells it."""

DEFAULT_EPOCHS = 100
"""How long a run is where neither the person nor the file says."""

MAX_POINTS = 1000
"""How many runs a sweep may have."""

MAX_WEIGHTS = 5_000_000
"""How many weights all of its runs may have together, since every result is kept."""

BY_ACCURACY = frozenset({"learning.loss"})
"""Settings that change what a loss measures, so that losses cannot be compared."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting and the values to try.

    key : as in the file, with dots between: `learning.learning_rate`, `data.noise`, `seed`
    """

    key: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One combination of values, ready to run.

    number : counts the points of a sweep from 0 on
    chosen : each setting's key and value
    experiment, parameters : with these settings, and the values to begin with
    epochs : how long it runs at most
    """

    number: int
    chosen: tuple[tuple[str, Value], ...]
    experiment: Experiment
    parameters: Parameters
    epochs: int

    @property
    def file(self) -> bytes:
        """Everything that the run needs, as the bytes of a file. Raises FileError."""
        return file.write(self.experiment, self.parameters)


@dataclass(frozen=True, slots=True, eq=False)
class PointResult:
    """What the run of a point has reached; NaN where there is nothing to measure.

    stopped : why it ended: `epochs`, `loss`, `converged` or `diverged`
    curve : (n_points, 5), at most 200, as `Snapshot.history`; the last is what the run has reached
    seconds : how long it has trained
    file : the experiment with the weights that were learned, as the bytes of its file
    """

    epochs: float
    stopped: str
    curve: Floats
    penalty: float
    seconds: float
    file: bytes

    @property
    def train_loss(self) -> float:
        """The loss over the training rows at the end."""
        return float(self.curve[-1, 1])

    @property
    def test_loss(self) -> float:
        """The loss over the test rows at the end."""
        return float(self.curve[-1, 2])

    @property
    def train_accuracy(self) -> float:
        """The share of training rows that are right."""
        return float(self.curve[-1, 3])

    @property
    def test_accuracy(self) -> float:
        """The share of test rows that are right."""
        return float(self.curve[-1, 4])

    @property
    def has_diverged(self) -> bool:
        """Whether its numbers grew past all bounds."""
        return self.stopped == "diverged"


Outcome = PointResult | Message
"""How a point ended: with a result, or with the reason why there is none."""

DIVERGED = message("Its numbers grew past all bounds. A smaller learning rate may help.")


def why_failed(outcome: Outcome) -> Message | None:
    """Return why a run is no success, None where it is one."""
    if isinstance(outcome, PointResult):
        return DIVERGED if outcome.has_diverged else None
    return outcome


def best(settings: Sequence[str], outcomes: Mapping[int, Outcome]) -> int | None:
    """Return the number of the best run, None while there is none.

    It is the one with the lowest loss, over the test rows where every run has some. Where the loss itself
    was tried, it is the one that answers most examples right.
    settings : the keys that were tried
    """
    good = {
        number: one
        for number, one in outcomes.items()
        if isinstance(one, PointResult) and not one.has_diverged and math.isfinite(one.train_loss)
    }
    if not good:
        return None
    tested = all(math.isfinite(one.test_loss) for one in good.values())
    known = all(math.isfinite(one.train_accuracy) for one in good.values())
    if BY_ACCURACY & set(settings):
        if not known:
            return None
        shares = {number: one.test_accuracy if tested else one.train_accuracy for number, one in good.items()}
        return max(shares, key=lambda number: (shares[number], -number))
    losses = {number: one.test_loss if tested else one.train_loss for number, one in good.items()}
    return min(losses, key=lambda number: (losses[number], number))


def value_text(value: Value) -> str:
    """Return a value as people read it; texts and truths as the file spells them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value).replace("-", MINUS)
    if isinstance(value, float):
        return format_exact(value)
    return "null" if value is None else value
