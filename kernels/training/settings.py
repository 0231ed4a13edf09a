"""Rules and endings as numbers for compiled code."""

from __future__ import annotations

import math

import numpy as np

from kernels.training import loop
from kernels.training.progress import Ended, Floats, Rules
from kernels.training.task import Task

ENDS: dict[int, Ended] = {
    loop.BUDGET: "budget",
    loop.FLAG: "flag",
    loop.FULL: "full",
    loop.DIVERGED: "diverged",
    loop.EPOCHS: "epochs",
    loop.LOSS: "loss",
    loop.CONVERGED: "converged",
}


def rule_numbers(task: Task) -> Floats:
    """The numbers of optimizer, schedule and dropout at the places named in `steps`."""
    rule, rates, dropout = task.rule, task.rule.rates, task.dropout
    return np.array(
        [
            rule.learning_rate, rule.momentum, rule.beta1, rule.beta2, rule.epsilon,
            _last_correction(rule.beta1), _last_correction(rule.beta2),
            rule.learning_rate, rates.kind, rates.length, rates.number,
            0.0 if dropout is None else dropout.limit, 1.0 if dropout is None else dropout.scale,
        ]
    )  # fmt: skip


def _last_correction(beta: float) -> float:
    return 54.0 * math.log(2.0) / -math.log(beta) if 0.0 < beta < 1.0 else 1e300


def limits_of(rules: Rules) -> Floats:
    """Return when to note losses and to end, at the places named in `loop`."""
    return np.array(
        [
            rules.stride,
            math.inf if rules.stop_epochs is None else rules.stop_epochs,
            -math.inf if rules.stop_loss is None else rules.stop_loss,
            rules.window,
            rules.meaningful,
            rules.negligible,
        ]
    )
