"""Runs with made-up figures, for views that only show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.engine.fitting import fitting_experiment
from playground.model.experiment import BuiltInData, Experiment, Learning
from playground.model.parameters import frozen_array
from playground.model.run import Instant, Run
from playground.model.trace import LearnerState


def run(
    number: int,
    *,
    name: str = "",
    learning: Learning | None = None,
    later: Learning | None = None,
    seed: int = 0,
    epochs: int = 100,
    loss: float = 0.05,
    test_loss: float | None = None,
    accuracy: float = 0.9,
    seconds: float = 1.25,
    parent: int | None = None,
    parent_epoch: float = 0.0,
    is_shown: bool = True,
) -> Run:
    """A run of the avocado's network whose loss falls to a value."""
    experiment, parameters = fitting_experiment(BuiltInData("avocado", 50))
    begun = replace(experiment, learning=learning or experiment.learning, seed=seed)
    ended = replace(begun, learning=later or begun.learning)
    last = parent_epoch + epochs
    unseen = loss + 0.01 if test_loss is None else test_loss

    def instant(epoch: float, experiment: Experiment, share: float) -> Instant:
        losses = (0.7 + (loss - 0.7) * share, 0.7 + (unseen - 0.7) * share)
        return Instant(epoch, experiment, LearnerState(parameters), *losses, 0.0, accuracy, accuracy - 0.01)

    instants = (
        instant(parent_epoch, begun, 0.0),
        instant(parent_epoch + epochs / 2, begun, 0.8),
        instant(last, ended, 1.0),
    )
    places = np.linspace(parent_epoch, last, 50)
    course = loss + (0.7 - loss) * np.exp(-6 * (places - parent_epoch) / epochs)
    points = np.column_stack([places, course, course + 0.01, 0 * course + accuracy, 0 * course + accuracy])
    return Run(
        number, name, number - 1, is_shown, frozen_array(points), instants, seconds, parent, parent_epoch
    )


def several() -> tuple[Run, ...]:
    """Three runs: one, its branch with larger steps, and another start."""
    return (
        run(1),
        run(
            2,
            name="Faster",
            learning=Learning(learning_rate=0.1),
            loss=0.02,
            parent=1,
            parent_epoch=40,
            seconds=75.0,
        ),
        run(3, seed=4, loss=0.3, accuracy=0.7, is_shown=False),
    )
