"""Maps for tests of widgets, made by the engine."""

from __future__ import annotations

import numpy as np

from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.maps import MapMaker, MapRequest
from playground.model.dataset import Dataset
from playground.model.experiment import BuiltInData
from playground.model.maps import Answer, DecisionMap, Region


def shown(name: str, count: int = 40) -> tuple[DecisionMap, Dataset, tuple[int, ...]]:
    """The decision map of a built-in data set's first network, the data, and the columns to choose from."""
    experiment, parameters = fitting_experiment(BuiltInData(name, count, seed=1))
    assert experiment.data is not None
    dataset = make_dataset(experiment.data)
    maker = MapMaker(experiment, dataset)
    decision, _ = maker.maps(MapRequest(parameters, dataset.table.cells[0], with_nodes=False))
    assert decision is not None
    return decision, dataset, maker.columns


def quadrants(answer: Answer | None = None) -> DecisionMap:
    """A map of four fields: 1 and 0 on top, -1 and not a number below."""
    values = np.array([[[1.0, 0.0], [-1.0, np.nan]]], np.float32)
    region = Region(0, 1, (0.0, 2.0), (0.0, 2.0), (0.0, 0.0, 0.0))
    return DecisionMap(region, values, (answer or pair(),))


def pair(middle: float = 0.0) -> Answer:
    """An answer that tells orange and blue apart."""
    return Answer("pair", 2, "colour", (0,), ("orange", "blue"), (0, 1), middle, 1.0)
