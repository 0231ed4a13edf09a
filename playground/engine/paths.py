"""The paths by which the loss reaches an edge: the strongest, the sum of the others, and where they run.

The gradient of an edge is the sum, over all paths from its target to an output, of

    a[source] * product of (da/dz of a node * weight of the edge out of it) * dL/dz at the output.

There may be far more paths than can be listed, so nothing here goes through them one by one: each node keeps
its few strongest ways on to an output, and those of a node are found among those of the nodes behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.engine.slopes import slopes
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats
from playground.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Path:
    """One path from an edge to the loss, and its part of the edge's gradient.

    edges : from the chosen edge on; the last one ends at an output
    """

    edges: tuple[EdgeKey, ...]
    product: float


@dataclass(frozen=True, slots=True)
class PathSum:
    """An edge's gradient as a sum over paths.

    gradient : for one example, without penalty, of this edge alone where it shares its weight
    paths : the strongest, by magnitude
    count : how many paths there are
    rest_count, rest : how many are not listed, and their sum; with the listed ones it gives the gradient
    """

    edge: EdgeKey
    gradient: float
    paths: tuple[Path, ...]
    count: int
    rest_count: int
    rest: float


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
    ways: dict[int, _Ways] = {}
    slope = slopes(network, trace.sums[row], trace.activations[row])
    for node in reversed(_reached(network, target)):
        if network.nodes[node].role == "output":
            blame = trace.dl_dz[row, network.node_index[node]]
            ways[node] = _Ways(np.array([blame]), np.array([-1]), np.array([-1]), 1)
        else:
            ways[node] = _ways_through(trace, node, float(slope[network.node_index[node]]), ways, count)
    activation = float(trace.activations[row, network.node_index[source]])
    paths = tuple(
        Path((edge, *_edges(ways, target, rank)), activation * float(product))
        for rank, product in enumerate(ways[target].products)
    )
    gradient = float(trace.edge_gradients[row, network.edge_index[edge]])
    rest_count = ways[target].count - len(paths)
    rest = gradient - sum(path.product for path in paths) if rest_count else 0.0
    return PathSum(edge, gradient, paths, ways[target].count, rest_count, rest)


def path_edges(trace: Trace, row: int, edge: EdgeKey, least: float = 0.02) -> Mapping[EdgeKey, float]:
    """Return the edges that the loss reaches an edge by, each with the share of its strongest path.

    A share is a path's product as a part of the strongest path's: 1 on that path; those under `least` are
    left out. Nothing is lit where every product is 0. Raises as `strongest_paths`.
    """
    _check(trace, edge)
    network, index = trace.experiment.network, trace.experiment.network.node_index
    slope = np.abs(slopes(network, trace.sums[row], trace.activations[row]))
    reached = _reached(network, edge[1])
    ahead = dict.fromkeys(reached, 0.0)
    for node in reversed(reached):
        if network.nodes[node].role == "output":
            ahead[node] = abs(float(trace.dl_dz[row, index[node]]))
        for target in network.outgoing[node]:
            passes = float(slope[index[node]]) * abs(trace.old.weight(network, (node, target)))
            ahead[node] = max(ahead[node], passes * ahead[target])
    best = ahead[edge[1]]
    if not (0 < best < np.inf) or trace.activations[row, index[edge[0]]] == 0:
        return {}
    behind, found = dict.fromkeys(reached, 0.0), {edge: 1.0}
    behind[edge[1]] = 1.0
    for node in reached:
        for target in network.outgoing[node]:
            passes = float(slope[index[node]]) * abs(trace.old.weight(network, (node, target)))
            behind[target] = max(behind[target], behind[node] * passes)
            share = behind[node] * passes * ahead[target] / best
            if share >= least:
                found[node, target] = min(share, 1.0)
    return found


def _check(trace: Trace, edge: EdgeKey) -> None:
    if edge not in trace.experiment.network.edges:
        raise KeyError(edge)
    if not trace.has_answer:
        raise ValueError("without a right answer there is no loss that a path could lead to")


def _reached(network: Network, start: int) -> list[int]:
    """The nodes that can be reached from one, itself included, in the order of computation."""
    seen, waiting = {start}, [start]
    while waiting:
        fresh = [target for target in network.outgoing[waiting.pop()] if target not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return sorted(seen, key=lambda node: network.depth[node])


def _ways_through(trace: Trace, node: int, slope: float, ways: Mapping[int, _Ways], count: int) -> _Ways:
    """The strongest ways on from a node that is not an output, among those of the nodes after it."""
    network = trace.experiment.network
    targets = network.outgoing[node]
    if not targets:
        nothing = np.zeros(0, np.intp)
        return _Ways(np.zeros(0), nothing, nothing, 0)
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


def _edges(ways: Mapping[int, _Ways], node: int, rank: int) -> list[EdgeKey]:
    """The edges of one of a node's ways."""
    found: list[EdgeKey] = []
    while ways[node].targets[rank] >= 0:
        target = int(ways[node].targets[rank])
        found.append((node, target))
        node, rank = target, int(ways[node].ranks[rank])
    return found
