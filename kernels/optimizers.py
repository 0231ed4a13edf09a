"""One update: from values and gradients to new values, one function for each optimizer.

Values, gradients and moments are float64 arrays of one shape. `count` is the number of this update, from 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.blocks import Indices
from kernels.rates import Rates, rate_at

Floats = NDArray[np.float64]
Moments = tuple[Floats, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which optimizer, by its code, and its numbers.

    learning_rate : of the first epoch; rates : how it changes from there
    """

    optimizer: int = codes.SGD
    learning_rate: float = 0.03
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    rates: Rates = field(default_factory=Rates)

    def at(self, epoch: int) -> Rule:
        """Return the rule as it holds during the epoch after so many whole ones, its rate a constant."""
        rates = self.rates
        if rates.kind == codes.CONSTANT:
            return self
        rate = rate_at(rates.kind, rates.length, rates.number, self.learning_rate, epoch)
        return replace(self, learning_rate=rate, rates=Rates())


def start(rule: Rule, n_values: int) -> Moments:
    """Return the memory before the first update: zeros, (n_values,) each."""
    return tuple(np.zeros(n_values) for _ in range(MOMENT_COUNTS[rule.optimizer]))


def update(
    rule: Rule, values: Floats, gradients: Floats, moments: Moments, count: int, held: Indices
) -> tuple[Floats, Moments]:
    """Return the new values and the new memory; nothing is changed in place.

    rule : as it holds in this epoch, see `Rule.at`
    held : places in `values` that stay as they are, to the bit, and gather no memory
    """
    gradients = gradients.copy()
    gradients[held] = 0.0
    step, moments = _STEPS[rule.optimizer](rule, gradients, moments, count)
    step[held] = 0.0
    return values - step, moments


def _sgd(rule: Rule, g: Floats, moments: Moments, count: int) -> tuple[Floats, Moments]:
    """Plain steps down the slope: w <- w - rate g."""
    return rule.learning_rate * g, ()


def _momentum(rule: Rule, g: Floats, moments: Moments, count: int) -> tuple[Floats, Moments]:
    """Steps that remember their way: v <- mu v + g, w <- w - rate v."""
    (velocity,) = moments
    velocity = rule.momentum * velocity + g
    return rule.learning_rate * velocity, (velocity,)


def _adam(rule: Rule, g: Floats, moments: Moments, count: int) -> tuple[Floats, Moments]:
    """Steps of a size of their own for each value: w <- w - rate m' / (sqrt(v') + epsilon).

    m <- b1 m + (1 - b1) g, v <- b2 v + (1 - b2) g^2; m' and v' are m and v over 1 - b1^count and
    1 - b2^count (Kingma and Ba 2015, algorithm 1).
    """
    first, second = moments
    first = rule.beta1 * first + (1.0 - rule.beta1) * g
    second = rule.beta2 * second + (1.0 - rule.beta2) * np.square(g)
    mean = first / (1.0 - rule.beta1**count)
    spread = np.sqrt(second / (1.0 - rule.beta2**count))
    return rule.learning_rate * mean / (spread + rule.epsilon), (first, second)


Step = Callable[[Rule, Floats, Moments, int], tuple[Floats, Moments]]

_BY_CODE: dict[int, tuple[Step, int]] = {
    codes.SGD: (_sgd, 0),
    codes.MOMENTUM: (_momentum, 1),
    codes.ADAM: (_adam, 2),
}

_STEPS: tuple[Step, ...] = tuple(_BY_CODE[code][0] for code in codes.OPTIMIZER_CODES.values())

MOMENT_COUNTS: tuple[int, ...] = tuple(_BY_CODE[code][1] for code in codes.OPTIMIZER_CODES.values())
"""How many arrays each optimizer remembers, by its code."""
