"""Walking from node to node with the arrow keys. Pure."""

from __future__ import annotations

from typing import Literal

import numpy as np

from playground.model.network import EdgeKey, Network
from widgets.canvas.geometry import Geometry

Direction = Literal["left", "right", "up", "down"]

TOWARDS: dict[Direction, tuple[float, float]] = {
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
    "up": (0.0, -1.0),
    "down": (0.0, 1.0),
}

SIDEWAYS = 2.5
"""A step aside counts as much as this many steps ahead."""


def neighbour(geometry: Geometry, node: int, direction: Direction) -> int | None:
    """Id of the nearest node that lies in a direction, within 60 degrees of it; None where there is none."""
    network = geometry.network
    ahead = np.array(TOWARDS[direction])
    away = geometry.centres - geometry.centres[network.node_index[node]]
    forward = away @ ahead
    aside = np.abs(away @ ahead[::-1])
    fits = (forward > 1e-6) & (aside <= 1.75 * forward)
    if not fits.any():
        return None
    cost = np.where(fits, forward + SIDEWAYS * aside, np.inf)
    return network.node_ids[int(np.argmin(cost))]


def next_node(network: Network, node: int | None, step: int) -> int | None:
    """Id of the next node (step 1) or the one before (-1) in the order of a pass; None past the ends."""
    order = network.order
    if node not in network.nodes:
        return (order[0] if step > 0 else order[-1]) if order else None
    position = order.index(node) + step
    return order[position] if 0 <= position < len(order) else None


def next_edge(network: Network, node: int, edge: EdgeKey | None, step: int) -> EdgeKey | None:
    """Key of the next edge at a node: those into it first, then those out of it, round and round."""
    edges = [(source, node) for source in network.incoming[node]]
    edges += [(node, target) for target in network.outgoing[node]]
    if not edges:
        return None
    if edge not in edges:
        return edges[0 if step > 0 else -1]
    return edges[(edges.index(edge) + step) % len(edges)]
