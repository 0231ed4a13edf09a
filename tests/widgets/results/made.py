"""Results made by hand, so that a test knows every number in them."""

from __future__ import annotations

import math
from types import MappingProxyType

import numpy as np

from playground.engine.histograms import layer_histograms
from playground.engine.results import class_results, number_results
from playground.model.histograms import Histograms, Subject
from playground.model.message import message
from playground.model.parameters import frozen_array
from playground.model.results import NOTHING, ColumnResults

SPECIES = ("setosa", "versicolor", "virginica")


def flowers() -> ColumnResults:
    """Rows 10 to 16 for training: two setosa, three versicolor, two virginica; rows 20 and 21 for testing."""
    train = class_results(
        np.arange(10, 17),
        np.array([0, 0, 1, 1, 1, 2, 2], np.int64),
        np.array([0, 1, 1, 2, 2, 2, 2], np.int64),
        np.array([0.9, 0.6, 0.8, 0.7, 0.95, 0.99, 0.5]),
        3,
    )
    test = class_results(
        np.array([20, 21]), np.array([2, 0], np.int64), np.array([1, 0], np.int64), np.array([0.8, 0.7]), 3
    )
    return ColumnResults("species", SPECIES, False, MappingProxyType({"train": train, "test": test}))


def fruits() -> ColumnResults:
    """Yes or no: 3 true negatives, 1 false positive, 2 false negatives, 4 true positives; one no number."""
    right = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1], np.int64)
    said = np.array([0, 0, 0, 1, 0, 0, 1, 1, 1, 1, NOTHING], np.int64)
    sure = np.array([0.9] * 10 + [math.nan])
    train = class_results(np.arange(11), right, said, sure, 2)
    empty = class_results(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), 2)
    names = (message("not {name}", name="ripe"), "ripe")
    return ColumnResults("ripe", names, True, MappingProxyType({"train": train, "test": empty}))


def prices() -> ColumnResults:
    """Numbers: off by 10, 0, −30; for testing off by 1 and no number at all."""
    train = number_results(
        np.array([3, 4, 5]), np.array([100.0, 200.0, 400.0]), np.array([110.0, 200.0, 370.0])
    )
    test = number_results(np.array([7, 8]), np.array([100.0, 300.0]), np.array([101.0, math.nan]))
    return ColumnResults("price", (), False, MappingProxyType({"train": train, "test": test}))


def histograms(subject: Subject = "weights", n_moments: int = 10) -> Histograms:
    """Values that move away from 0 in two layers."""
    rng = np.random.default_rng(1)
    drawn = rng.normal(size=40)
    values = np.stack([drawn * (n + 1) for n in range(n_moments)]) if n_moments else np.zeros((0, 40))
    layers = (layer_histograms("Layer 1", values), layer_histograms(message("Output"), values + 1))
    return Histograms(subject, frozen_array(np.arange(float(n_moments)) * 5), layers)
