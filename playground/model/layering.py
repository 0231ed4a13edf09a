"""Which layer every node stands in, and the links between neighbouring layers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.model.network import EdgeKey, Network

Indices = NDArray[np.intp]

WAYPOINTS_AT_MOST = 20_000
"""Long edges get waypoints, shortest first, until there are so many; the others stay in one piece."""


@dataclass(frozen=True, slots=True, eq=False)
class Layering:
    """Places in layers, and the links between them.

    A place below `n_nodes` is a node, by its index in `nodes`; the others are waypoints where a long
    edge passes a layer in between.

    nodes : ids of the nodes that are laid out
    layer : (n_places,), the layer of each place, counted from 0
    block : (n_places,), places with the same number stay side by side within a layer
    tails, heads : (n_links,), places, layer[tail] < layer[head]
    """

    nodes: tuple[int, ...]
    layer: Indices
    block: Indices
    tails: Indices
    heads: Indices

    @property
    def n_nodes(self) -> int:
        """How many of the places are nodes."""
        return len(self.nodes)

    @property
    def n_layers(self) -> int:
        """How many layers there are."""
        return int(self.layer.max(initial=-1)) + 1

    def places(self) -> list[Indices]:
        """The places of each layer, in the order in which they were made."""
        order = np.argsort(self.layer, kind="stable")
        ends = np.cumsum(np.bincount(self.layer, minlength=self.n_layers))
        return np.split(order, ends[:-1])


def set_aside(network: Network) -> tuple[int, ...]:
    """Ids of hidden nodes with no edge at all and no layer group; they have no layer."""
    layers = _layer_groups(network)
    return tuple(
        node.id
        for node in network.nodes.values()
        if node.role == "hidden"
        and node.group not in layers
        and not network.incoming[node.id]
        and not network.outgoing[node.id]
    )


def layering(network: Network) -> Layering:
    """Return the layers of a network, long edges led through waypoints.

    Inputs stand in the first layer, outputs in the last, a layer group in one layer where its edges allow.
    """
    aside = set(set_aside(network))
    nodes = tuple(node for node in network.nodes if node not in aside)
    index = {node: place for place, node in enumerate(nodes)}
    layer_of = _layers(network, nodes)
    used = sorted(set(layer_of.values()))
    rank = {layer: position for position, layer in enumerate(used)}
    layer = np.array([rank[layer_of[node]] for node in nodes], np.intp)
    block = np.arange(len(nodes), dtype=np.intp)
    first: dict[int, int] = {}
    for node, place in index.items():
        group = network.nodes[node].group
        if group is not None and group in network.groups:
            block[place] = first.setdefault(group, place)
    ends = np.array([(index[s], index[t]) for s, t in network.edges], np.intp).reshape(-1, 2)
    return _with_waypoints(nodes, layer, block, ends)


def _with_waypoints(nodes: tuple[int, ...], layer: Indices, block: Indices, ends: Indices) -> Layering:
    span: Indices = layer[ends[:, 1]] - layer[ends[:, 0]]
    ends, span = ends[span > 0], span[span > 0]
    by_span = np.argsort(span, kind="stable")
    ends, span = ends[by_span], span[by_span]
    count: Indices = span - 1
    count[np.cumsum(count) > WAYPOINTS_AT_MOST] = 0
    # Edge i becomes count[i] + 1 links: source, its waypoints in a row, target.
    links = count + 1
    edge = np.repeat(np.arange(len(ends)), links)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(links) - links, links)
    first_waypoint = len(nodes) + np.cumsum(count) - count
    tails = np.where(step == 0, ends[edge, 0], first_waypoint[edge] + step - 1)
    heads = np.where(step == count[edge], ends[edge, 1], first_waypoint[edge] + step)
    inner = step > 0
    waypoint_layer = layer[ends[edge[inner], 0]] + step[inner]
    n_places = len(nodes) + len(waypoint_layer)
    return Layering(
        nodes,
        np.concatenate([layer, waypoint_layer]),
        np.concatenate([block, np.arange(len(nodes), n_places)]),
        tails.astype(np.intp),
        heads.astype(np.intp),
    )


def _layers(network: Network, nodes: tuple[int, ...]) -> dict[int, int]:
    """Layer by node id: the longest way to each node, layer groups taken as one where possible."""
    unit = {node: _unit(network, node) for node in nodes}
    depth = _depths(network, unit) or _depths(network, {node: (0, node) for node in nodes})
    if depth is None:
        depth = dict.fromkeys(nodes, 0)
    for node in reversed(network.order):
        # A source that is no input stands just before what it feeds.
        if node in depth and network.nodes[node].group is None and network.nodes[node].role == "hidden":
            targets = network.outgoing[node]
            if targets and not network.incoming[node]:
                depth[node] = max(1, min(depth[target] for target in targets) - 1)
    hidden = [depth[node] for node in nodes if network.nodes[node].role != "output"]
    last = max([depth[node] for node in nodes if network.nodes[node].role == "output"], default=0)
    last = max([last, *(value + 1 for value in hidden)])
    for node in nodes:
        if network.nodes[node].role == "output":
            depth[node] = last
    return depth


def _unit(network: Network, node: int) -> tuple[int, int]:
    group = network.nodes[node].group
    if network.nodes[node].role == "hidden" and group in _layer_groups(network):
        return (1, int(group or 0))
    return (0, node)


def _layer_groups(network: Network) -> set[int | None]:
    return {group.id for group in network.groups.values() if group.kind == "layer"}


def _depths(network: Network, unit: Mapping[int, tuple[int, int]]) -> dict[int, int] | None:
    """The longest way to each node's unit, or None where the units run in a circle."""
    outgoing: dict[tuple[int, int], set[tuple[int, int]]] = {name: set() for name in unit.values()}
    edges: Iterable[EdgeKey] = network.edges
    for source, target in edges:
        outgoing[unit[source]].add(unit[target])
    waiting = dict.fromkeys(outgoing, 0)
    for targets in outgoing.values():
        for name in targets:
            waiting[name] += 1
    inputs = {unit[node] for node in unit if network.nodes[node].role == "input"}
    depth = {name: 0 if name in inputs else 1 for name in outgoing}
    ready = [name for name, count in waiting.items() if count == 0]
    for name in ready:
        for follower in outgoing[name]:
            depth[follower] = max(depth[follower], depth[name] + 1)
            waiting[follower] -= 1
            if waiting[follower] == 0:
                ready.append(follower)
    if len(ready) < len(outgoing):
        return None
    return {node: depth[name] for node, name in unit.items()}
