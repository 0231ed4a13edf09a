"""Runs of one experiment with one kernel or another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from playground.engine.session import Session
from playground.model.dataset import BoundData
from playground.model.experiment import Experiment, Learning
from playground.model.keys import DType, Kernel
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from tests.strategies import bound_data, dense_network

N_ROWS = 37
NETWORK = dense_network((2, 4, 1), "tanh", "linear")


def rows(count: int = N_ROWS, tests: int = 11) -> BoundData:
    """Points and a wave over them."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(count + tests, 2))
    targets = np.sin(inputs[:, :1] + inputs[:, 1:])
    return bound_data(inputs[:count], targets[:count], inputs[count:], targets[count:])


def start(network: Network = NETWORK, seed: int = 1) -> LearnerState:
    """Random weights."""
    weights = np.random.default_rng(seed).normal(size=len(network.parameter_ids))
    return LearnerState(Parameters(0.5 * weights, np.zeros(len(network.nodes))))


def session(kernel: Kernel = "numba", dtype: DType = "float64", **settings: object) -> Session:
    """A run over `rows`."""
    learning = Learning(kernel=kernel, dtype=dtype, **settings)  # type: ignore[arg-type]  # settings by name
    return Session(Experiment(NETWORK, learning=learning, seed=3), rows(), start())


def with_settings(run: Session, **settings: object) -> Session:
    """The run going on with other settings."""
    learning = replace(run.experiment.learning, **settings)  # type: ignore[arg-type]  # settings by name
    return run.with_experiment(replace(run.experiment, learning=learning), rows())


def never() -> bool:
    """A flag that is not raised."""
    return False
