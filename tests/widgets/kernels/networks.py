"""Stages for the matrices: a stack of layers, one with gaps and a long edge, and one as large as allowed."""

from __future__ import annotations

import numpy as np

from playground.model.experiment import Experiment
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage


def layered(*sizes: int, share: float = 1.0, seed: int = 0, long_edge: bool = False) -> Stage:
    """Layers one after the other; `share` of all edges between neighbours are there."""
    generator = np.random.default_rng(seed)
    layers: list[range] = []
    nodes: list[Node] = []
    for number, size in enumerate(sizes):
        first = len(nodes) + 1
        layers.append(range(first, first + size))
        role = "input" if number == 0 else "output" if number == len(sizes) - 1 else "hidden"
        for place, node in enumerate(layers[-1]):
            nodes.append(Node(node, role, "linear", x=200.0 * number, y=90.0 * (place - size / 2)))  # type: ignore[arg-type]  # a role
    edges: list[Edge] = []
    for number in range(len(sizes) - 1):
        chosen = generator.random((sizes[number], sizes[number + 1])) < share
        for i, j in np.argwhere(chosen).tolist():
            edges.append(Edge(layers[number][i], layers[number + 1][j], len(edges)))
    if long_edge:
        edges.append(Edge(layers[0][0], layers[-1][0], len(edges)))
    network = Network.build(nodes, edges)
    weights = generator.normal(size=len(network.parameter_ids))
    return Stage(
        Experiment(network), Parameters(weights, generator.normal(size=len(nodes))), selection=Selection()
    )
