"""Rows drawn at random for a rule that says yes or no."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from playground.model.parameters import Floats

Rule = Callable[[Floats], NDArray[np.bool_]]


def balanced_count(count: int, generator: np.random.Generator) -> int:
    """How many of `count` rows are to be a yes: near one half, and 40 to 60 % where a whole number is."""
    low, high = math.ceil(0.4 * count), math.floor(0.6 * count)
    if low > high:
        return (count + 1) // 2
    return int(np.clip(generator.binomial(count, 0.5), low, high))


def balanced(
    rule: Rule, n_features: int, count: int, generator: np.random.Generator
) -> tuple[Floats, NDArray[np.bool_]]:
    """Return rows with features spread evenly over [0, 1], about as many of them a yes as a no.

    Both kinds are drawn evenly from their own region, so that 40 to 60 % are a yes for every seed.
    Returns features, float64, shape (count, n_features), and the answers, bool, shape (count,).
    """
    yes_count = balanced_count(count, generator)
    wanted = np.zeros(count, dtype=np.bool_)
    wanted[generator.permutation(count)[:yes_count]] = True
    features = np.empty((count, n_features))
    for answer in (True, False):
        places = np.flatnonzero(wanted == answer)
        filled = 0
        while filled < len(places):
            drawn = generator.random((2 * count + 8, n_features))
            fitting = drawn[rule(drawn) == answer][: len(places) - filled]
            features[places[filled : filled + len(fitting)]] = fitting
            filled += len(fitting)
    return features, wanted


def shaken(features: Floats, noise: float, generator: np.random.Generator) -> Floats:
    """Return features in [0, 1] with an error of standard deviation `noise` added, kept within [0, 1]."""
    if noise == 0:
        return features
    return np.clip(features + generator.normal(0.0, noise, features.shape), 0.0, 1.0)
