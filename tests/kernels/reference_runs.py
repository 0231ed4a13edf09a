"""Reads the runs of another program that lie in `reference/`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from playground.model.experiment import Experiment, Learning
from playground.model.parameters import Floats, Parameters
from tests.strategies import dense_network

FOLDER = Path(__file__).parent / "reference"
NAMES = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))

FEATURES = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xx": lambda x, y: x * x,
    "yy": lambda x, y: y * y,
    "xy": lambda x, y: x * y,
    "sinx": lambda x, y: np.sin(x),
    "siny": lambda x, y: np.sin(y),
}


@dataclass(frozen=True)
class Run:
    """One run: what it began with, what it saw, and what came of it."""

    experiment: Experiment
    start: Parameters
    end: Parameters
    train_inputs: Floats
    train_targets: Floats
    test_inputs: Floats
    test_targets: Floats
    loss_train: Floats
    loss_test: Floats


def read_run(name: str) -> Run:
    """Return a run by the name of its file."""
    run = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    sizes = (len(run["features"]), *run["hidden"], 1)
    learning = Learning(
        learning_rate=run["learning_rate"],
        batch_size=run["batch_size"],
        regularization=run["regularization"],
        regularization_rate=run["regularization_rate"],
        shuffle=False,
    )
    return Run(
        Experiment(dense_network(sizes, run["activation"], run["output"]), learning=learning),
        _parameters(sizes[0], run["start"]),
        _parameters(sizes[0], run["end"]),
        *_rows(run, "train"),
        *_rows(run, "test"),
        np.array(run["loss_train"]),
        np.array(run["loss_test"]),
    )


def _parameters(n_inputs: int, values: dict[str, Any]) -> Parameters:
    weights = [w for layer in values["weights"] for node in layer for w in node]
    biases = [0.0] * n_inputs + [b for layer in values["biases"] for b in layer]
    return Parameters(np.array(weights), np.array(biases))


def _rows(run: dict[str, Any], part: str) -> tuple[Floats, Floats]:
    x, y, label = np.array(run[part]).T
    return np.stack([FEATURES[name](x, y) for name in run["features"]], axis=1), label[:, np.newaxis]
