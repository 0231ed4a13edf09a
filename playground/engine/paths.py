"""The paths by which the loss reaches an edge: the strongest, the sum of the others, and where they run.

The gradient of an edge is the sum, over all paths from its target to an output, of

    a[source] * product of (da/dz of a node * weight of the edge out of it) * dL/dz at the output.

There may be far more paths than can be listed, so nothing here goes through them one by one: each node keeps
its few strongest ways on to an output, and those of a node are found among those of the nodes behind it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from playground.engine.slopes import slopes
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats
from playground.model.reach import reached
from playground.model.trace import Trace

LEAST_SHARE: Final = 0.02
"""Weaker edges are not lit."""


@dataclass(frozen=True, slots=True)
class Path:
    """One path from an edge to the loss, and its part of the edge's gradient.

    nodes : from the edge's source on; the last one is an output
    """

    nodes: tuple[int, ...]
    product: float

    @property
    def edges(self) -> tuple[EdgeKey, ...]:
        """The edges that the path takes, the chosen one first."""
        return tuple(pairwise(self.nodes))


@dataclass(frozen=True, slots=True, eq=False)
class PathSum:
    """An edge's gradient as a sum over paths.

    total : the gradient, for one example, without penalty, of this edge alone where it shares its weight
    paths : the strongest, by magnitude
    count : how many paths there are
    rest_count, rest : how many are not listed, and their sum; with the listed ones it gives the gradient
    shares : edge -> the product of its strongest path as a part of the strongest of all, from 0.02 to 1
    """

    edge: EdgeKey
    total: float
    paths: tuple[Path, ...]
    count: int
    rest_count: int
    rest: float
    shares: Mapping[EdgeKey, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Ways:
    """A node's strongest ways on to an output, strongest first, and how many ways there are.

    products : (n,), from the node's sum on
    targets, ranks : (n,), the next node of each way and which of its ways goes on; -1 at an output
    """

    products: Floats
    targets: NDArray[np.intp]
    ranks: NDArray[np.intp]
    count: int


def strongest_paths(trace: Trace, row: int, edge: EdgeKey, count: int = 12) -> PathSum:
    """Return the strongest paths from an edge to the loss of one example, and the rest as one sum.

    row : index of the example within the trace
    Raises KeyError where the network has no such edge; ValueError where the right answer is not known.
    """
    _check(trace, edge)
    network = trace.experiment.network
    source, target = edge
    reached, ways = _reached(network, target), dict[int, _Ways]()
    slope = slopes(network, trace.sums[row], trace.activations[row])
    for node in reversed(reached):
        if network.nodes[node].role == "output":
            blame = trace.dl_dz[row, network.node_index[node]]
            ways[node] = _Ways(np.array([blame]), np.array([-1]), np.array([-1]), 1)
        else:
            ways[node] = _ways_through(trace, node, float(slope[network.node_index[node]]), ways, count)
    activation = float(trace.activations[row, network.node_index[source]])
    paths = tuple(
        Path((source, *_nodes(ways, target, rank)), activation * float(product))
        for rank, product in enumerate(ways[target].products)
    )
    total = float(trace.edge_gradients[row, network.edge_index[edge]])
    rest_count = ways[target].count - len(paths)
    rest = total - sum(path.product for path in paths) if rest_count else 0.0
    shares = _shares(trace, edge, reached, slope, ways) if activation else {}
    return PathSum(edge, total, paths, ways[target].count, rest_count, rest, shares)


def path_edges(paths: PathSum) -> Mapping[EdgeKey, float]:
    """Return the edges to light up for a chosen one: 1 on the strongest path, less on those behind it.

    Nothing is lit where every product is 0.
    """
    return paths.shares


def _shares(
    trace: Trace, edge: EdgeKey, reached: Sequence[int], slope: Floats, ways: Mapping[int, _Ways]
) -> Mapping[EdgeKey, float]:
    """The share of every edge on a path, by the strongest way to it and the strongest on from it."""
    network = trace.experiment.network
    best = _strongest(ways[edge[1]])
    if not 0 < best < np.inf:
        return {}
    behind, found = dict.fromkeys(reached, 0.0), {edge: 1.0}
    behind[edge[1]] = 1.0
    for node in reached:
        steepness = behind[node] * abs(float(slope[network.node_index[node]]))
        for target in network.outgoing[node]:
            arrives = steepness * abs(trace.old.weight(network, (node, target)))
            behind[target] = max(behind[target], arrives)
            share = arrives * _strongest(ways[target]) / best
            if share >= LEAST_SHARE:
                found[node, target] = min(share, 1.0)
    return found


def _strongest(ways: _Ways) -> float:
    return abs(float(ways.products[0])) if len(ways.products) else 0.0


def _check(trace: Trace, edge: EdgeKey) -> None:
    if edge not in trace.experiment.network.edges:
        raise KeyError(edge)
    if not trace.has_answer:
        raise ValueError("without a right answer there is no loss that a path could lead to")


def _reached(network: Network, start: int) -> list[int]:
    """The nodes that can be reached from one, itself included, in the order of computation."""
    return sorted(reached((start,), network.outgoing), key=lambda node: network.depth[node])


def _ways_through(trace: Trace, node: int, slope: float, ways: Mapping[int, _Ways], count: int) -> _Ways:
    """The strongest ways on from a node that is not an output, among those of the nodes after it."""
    network = trace.experiment.network
    targets = network.outgoing[node]
    if not targets:
        nothing = np.zeros(0, np.intp)
        return _Ways(np.zeros(0), nothing, nothing, 0)
    # Weights set by hand can overflow; such a path then shows the infinity that it has met.
    with np.errstate(all="ignore"):
        products = np.concatenate(
            [slope * trace.old.weight(network, (node, target)) * ways[target].products for target in targets]
        )
    lengths = [len(ways[target].products) for target in targets]
    following = np.repeat(np.array(targets, np.intp), lengths)
    ranks = np.concatenate([np.arange(length) for length in lengths])
    # Strength decides; among equals the order of the edges does, so that the answer is always the same.
    kept = np.argsort(-np.abs(products), kind="stable")[:count]
    total = sum(ways[target].count for target in targets)
    return _Ways(products[kept], following[kept], ranks[kept], total)


def _nodes(ways: Mapping[int, _Ways], node: int, rank: int) -> list[int]:
    """The nodes of one of a node's ways, itself included."""
    found = [node]
    while ways[node].targets[rank] >= 0:
        node, rank = int(ways[node].targets[rank]), int(ways[node].ranks[rank])
        found.append(node)
    return found
