"""Makes a network at the limits of the file format."""

from __future__ import annotations

import numpy as np

from playground.model.experiment import Experiment
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters

NODES = 10_000
EDGES = 200_000
WIDTH = 100


def large() -> tuple[Experiment, Parameters]:
    """Return 100 layers of 100 nodes, and 200,000 edges between neighbouring ones."""
    random = np.random.default_rng(0)
    depth = NODES // WIDTH
    roles = ["input"] + ["hidden"] * (depth - 2) + ["output"]
    nodes = [
        Node(
            layer * WIDTH + place + 1,
            role,  # type: ignore[arg-type]  # a role, though mypy sees any text
            "linear" if role != "hidden" else "tanh",
            x=220.0 * layer,
            y=130.0 * place,
        )
        for layer, role in enumerate(roles)
        for place in range(WIDTH)
    ]
    keys: dict[tuple[int, int], None] = {}
    while len(keys) < EDGES:
        layers = random.integers(0, depth - 1, 50_000)
        sources = layers * WIDTH + random.integers(0, WIDTH, 50_000) + 1
        targets = (layers + 1) * WIDTH + random.integers(0, WIDTH, 50_000) + 1
        keys |= dict.fromkeys(zip(sources.tolist(), targets.tolist(), strict=True))
    chosen = list(keys)[:EDGES]
    edges = [Edge(source, target, number) for number, (source, target) in enumerate(chosen, start=1)]
    network = Network.build(nodes, edges)
    return Experiment(network), Parameters(random.normal(size=EDGES), np.zeros(NODES))
