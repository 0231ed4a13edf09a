"""How fast the NumPy trainer learns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import perf_counter

import numpy as np

from playground.engine.session import Session
from playground.model.experiment import Experiment, Learning
from playground.model.parameters import Parameters
from playground.model.trace import LearnerState
from tests.strategies import bound_data, dense_network

EPOCHS = 300
NETWORKS = ((3, 4, 1), (7, 8, 8, 8, 8, 8, 8, 1))
LIMITS = {(3, 4, 1): 2.0}
"""In seconds; the others have none."""


def figures() -> Iterator[Mapping[str, object]]:
    """The time for 300 epochs of 100 rows in batches of 10, with 100 test rows."""
    for sizes in NETWORKS:
        name = "-".join(map(str, sizes))
        figure = {"figure": f"train {EPOCHS} epochs {name}", "value": seconds(sizes), "unit": "s"}
        yield figure | ({"limit": LIMITS[sizes]} if sizes in LIMITS else {})


def seconds(sizes: tuple[int, ...]) -> float:
    """The time that one run takes."""
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(200, sizes[0]))
    targets = (np.square(inputs).sum(axis=1, keepdims=True) > sizes[0]).astype(np.float64)
    bound = bound_data(inputs[:100], targets[:100], inputs[100:], targets[100:])
    network = dense_network(sizes, "tanh", "sigmoid")
    weights = rng.normal(size=len(network.edges)) / np.sqrt(sizes[1])
    state = LearnerState(Parameters(weights, np.zeros(len(network.nodes))))
    learning = Learning(loss="cross_entropy", learning_rate=0.1, stop_epochs=EPOCHS)
    run = Session(Experiment(network, learning=learning), bound, state)
    began = perf_counter()
    while run.stopped is None:
        run.advance(lambda: False, 0.03)
    if run.stopped != "epochs":
        raise RuntimeError(f"the run ended early: {run.stopped}")
    return perf_counter() - began
