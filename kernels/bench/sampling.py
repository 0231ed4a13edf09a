"""Seconds of one call, measured many times: short calls in bunches, long ones as often as time allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from time import perf_counter, sleep

import numpy as np

BUNCH_SECONDS = 0.001
"""What a sample takes at least: the clock and the loop cost far less than that."""

TURN_SECONDS = 0.05
"""How long one measures before the other's turn comes, where two take turns."""

Measure = Callable[[int], float]
"""Makes a call so often; returns the seconds of one."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long something is measured.

    least_seconds, least_repeats : go on until both are reached
    most_seconds : but begin no further sample after this
    """

    least_seconds: float = 0.2
    least_repeats: int = 5
    most_seconds: float = 1.5

    def is_spent(self, seconds: float, repeats: int) -> bool:
        """Whether it is enough after so many seconds and repeats."""
        return seconds >= self.most_seconds or (
            seconds >= self.least_seconds and repeats >= self.least_repeats
        )


@dataclass(frozen=True, slots=True)
class Samples:
    """Seconds of one call: median and quartiles over the repeats."""

    repeats: int
    median: float
    low: float
    high: float


def summary(seconds: list[float]) -> Samples:
    """Return the median and the quartiles of at least one time."""
    low, median, high = np.percentile(seconds, (25, 50, 75))
    return Samples(len(seconds), float(median), float(low), float(high))


def timed(call: Callable[[], object], bunch: int = 1) -> float:
    """Return the seconds of one call, as the mean over a bunch of them."""
    turns = range(bunch)
    began = perf_counter()
    for _ in turns:
        call()
    return (perf_counter() - began) / bunch


def bunch_of(seconds: float) -> int:
    """Return how many calls make one sample when one takes so long."""
    return max(1, ceil(BUNCH_SECONDS / max(seconds, 1e-7)))


def sample(measure: Measure, first_seconds: float, budget: Budget) -> Samples:
    """Return the times of a call that has been made once, in about `first_seconds`.

    Where the budget has no room for another, that first time is the only sample.
    """
    if first_seconds > budget.most_seconds / 2:
        return summary([first_seconds])
    bunch = bunch_of(measure(1) if first_seconds < BUNCH_SECONDS else first_seconds)
    found: list[float] = []
    began = perf_counter()
    while not budget.is_spent(perf_counter() - began, len(found)):
        found.append(measure(bunch))
    return summary(found)


def take_turns(
    first: Measure, second: Measure, budget: Budget, settle_seconds: float
) -> tuple[Samples, Samples]:
    """Return the times of two calls that are measured in turns, each as long as the budget says.

    A machine that becomes slower or faster meanwhile does so for both.

    settle_seconds : a pause before each turn of the first, so that the second's idle threads go to sleep
    """
    measures = (first, second)
    bunches = [bunch_of(measure(1)) for measure in measures]
    found: tuple[list[float], list[float]] = ([], [])
    spent = 0.0
    while not budget.is_spent(spent, len(found[0])):
        for measure, bunch, samples in zip(measures, bunches, found, strict=True):
            sleep(settle_seconds if measure is first else 0.0)
            measure(1)  # the caches are the other's
            began = perf_counter()
            samples.append(measure(bunch))
            while perf_counter() - began < TURN_SECONDS:
                samples.append(measure(bunch))
            if measure is first:
                spent += perf_counter() - began
    return summary(found[0]), summary(found[1])
