"""Learning that has run away: values that are no numbers, or a loss that grows instead of falling."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.engine.checks.finding import Finding, Situation
from playground.engine.remedies import slow_down
from playground.model.message import message

LONG_STEP = 1.0
"""Adam moves each weight by about the learning rate, so this is as far as weights usually lie apart."""

SHORT_STEP = 0.1
"""The learning rate that is offered instead."""

STUCK = 0.9
"""The part of its usual size above which a loss has not fallen."""

RUNAWAY = 10.0
"""How many times the first loss, or that of a guess at random, a loss may reach."""


def not_finite(situation: Situation) -> Iterator[Finding]:
    """Find weights, biases or losses that are not finite."""
    parameters, snapshot = situation.state.parameters, situation.snapshot
    values = np.concatenate([parameters.weights, parameters.biases])
    if not np.isfinite(values).all():
        yield Finding(
            "not_finite",
            message("Some weights have grown past every number, so the network has no answer any more."),
            message("Take smaller steps and start over"),
            slow_down(situation.experiment),
        )
    elif snapshot is not None and snapshot.epoch > 0 and not np.isfinite(snapshot.train_loss):
        yield Finding(
            "not_finite",
            message("The loss is not a finite number any more."),
            message("Take smaller steps and start over"),
            slow_down(situation.experiment),
        )


def diverged(situation: Situation) -> Iterator[Finding]:
    """Find a training loss far above the first one, or steps so long that it cannot fall."""
    grown = next(_grown(situation), None)
    if grown is not None:
        yield grown
    elif situation.ran_away:
        yield Finding(
            "diverged",
            message("The next step would have taken the weights past all bounds, so it was not made."),
            message("Take smaller steps and start over"),
            slow_down(situation.experiment),
        )


def _grown(situation: Situation) -> Iterator[Finding]:
    snapshot, bound = situation.snapshot, situation.bound
    if snapshot is None or bound is None or not np.isfinite(snapshot.train_loss) or snapshot.epoch == 0:
        return
    natural = (
        0.5 * float(np.square(bound.train_targets).sum(axis=1).mean()) if len(bound.train_targets) else 0.0
    )
    if situation.experiment.learning.loss != "squared":
        natural = max(1, len(situation.experiment.network.outputs)) * np.log(2.0)
    first = float(snapshot.history[0, 1]) if len(snapshot.history) else 0.0
    usual = np.nanmax([natural, first])
    if usual > 0 and snapshot.train_loss > RUNAWAY * usual:
        yield Finding(
            "diverged",
            message(
                "The loss has grown from {first} to {loss}: each step goes too far and lands higher.",
                first=first,
                loss=snapshot.train_loss,
            ),
            message("Take smaller steps and start over"),
            slow_down(situation.experiment),
        )
    elif (
        situation.experiment.learning.optimizer == "adam"
        and situation.experiment.learning.learning_rate >= LONG_STEP
        and snapshot.train_loss > STUCK * usual
    ):
        yield Finding(
            "diverged",
            message(
                "Each step moves every weight by about {rate}: too far to find a way down.",
                rate=situation.experiment.learning.learning_rate,
            ),
            message("Take smaller steps and start over"),
            slow_down(situation.experiment, SHORT_STEP),
        )
