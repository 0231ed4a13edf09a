"""The weights and biases that learning starts from, drawn with a seed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from playground.model.experiment import Learning
from playground.model.keys import Initialization
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats, Parameters

UNIFORM_LIMIT = 0.5

INITIAL_BIAS: dict[Initialization, float] = {"glorot_uniform": 0.0, "uniform": 0.1, "zero": 0.0}
"""The bias of every hidden unit and output at the start."""


def initial_parameters(network: Network, learning: Learning, seed: int) -> Parameters:
    """Return the values that "start over" sets; the same network, settings and seed give the same bits.

    A shared weight is drawn once, for the first of its edges.
    """
    first = {edge.parameter: edge.key for edge in reversed(tuple(network.edges.values()))}
    edges = [first[parameter] for parameter in network.parameter_ids]
    weights = _draw(network, edges, learning.initialization, np.random.default_rng(seed))
    bias = INITIAL_BIAS[learning.initialization]
    biases = np.array([0.0 if node.role == "input" else bias for node in network.nodes.values()])
    return Parameters(weights, biases)


def new_weights(network: Network, edges: Sequence[EdgeKey], learning: Learning, seed: int) -> Floats:
    """Return initial weights for edges that are new in `network`: float64, shape (n_edges,).

    They depend on the seed and on which edges are drawn, so that two new edges in a row differ.
    """
    if not edges:
        return np.zeros(0)
    source, target = edges[0]
    return _draw(network, edges, learning.initialization, np.random.default_rng([seed, source, target]))


def _draw(
    network: Network, edges: Sequence[EdgeKey], initialization: Initialization, random: np.random.Generator
) -> Floats:
    if initialization == "zero":
        return np.zeros(len(edges))
    limits = np.full(len(edges), UNIFORM_LIMIT) if initialization == "uniform" else _glorot(network, edges)
    return random.uniform(-1.0, 1.0, len(edges)) * limits


def _glorot(network: Network, edges: Sequence[EdgeKey]) -> Floats:
    """sqrt(6 / (fan in + fan out)) of every edge (Glorot and Bengio 2010, equation 16).

    In any graph the fan in is the number of edges into the target, and the fan out the number of edges
    out of the source; between two dense layers these are the layers' sizes.
    """
    fan_in = np.fromiter((len(network.incoming[target]) for _, target in edges), np.float64, len(edges))
    fan_out = np.fromiter((len(network.outgoing[source]) for source, _ in edges), np.float64, len(edges))
    return np.sqrt(6.0 / (fan_in + fan_out))
