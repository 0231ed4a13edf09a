"""A calm place for every node: layers from left to right, few crossings, straight chains."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from playground.model.crossings import ordered
from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE, PIXEL_DISTANCE
from playground.model.layering import Indices, Layering, layering, set_aside
from playground.model.network import Network
from playground.model.parameters import Floats
from playground.model.pixels import pixel_places

NODE_DISTANCE_LEAST = 84.0
"""Scene units between the nodes of a big layer, at least."""

WAYPOINT_GAP = 40.0
"""Scene units that an edge passing by takes between the nodes of a layer."""

TALL = 1_100.0
"""A layer that would be taller than this moves its nodes closer."""

WIDE = 0.15
"""Layers stand at least this share of the drawing's height apart, so that edges are not too steep."""


def tidy(network: Network) -> Mapping[int, tuple[float, float]]:
    """Return a place (x, y) in scene units for every node id.

    Inputs stand left, outputs right, each layer beside the last; the middle of the drawing is at y = 0.
    Inputs that read the pixels of a picture stand as the pixels do.
    Hidden nodes without any edge stand in rows below. Deterministic; equal layers keep the order that
    they have on the stage now.
    """
    if not network.nodes:
        return {}
    places = layering(network)
    start = np.zeros(len(places.layer))
    start[: places.n_nodes] = [network.nodes[node].y for node in places.nodes]
    _lead_waypoints(places, start)
    layers = ordered(places, start)
    y = _heights(places, layers)
    picture = _picture(network)
    in_columns = [place for place, node in enumerate(places.nodes) if node not in picture]
    gap = max(LAYER_DISTANCE, round(WIDE * _extent(y[in_columns]), -1))
    result = {
        node: (gap * int(places.layer[place]), float(y[place])) for place, node in enumerate(places.nodes)
    } | picture
    return result | _rows_below(network, result)


def _picture(network: Network) -> dict[int, tuple[float, float]]:
    """Places for the inputs that read the pixels of a picture; other inputs stand to its right."""
    inputs = network.inputs
    pixels, (height, width) = pixel_places([network.nodes[node].feature or "" for node in inputs])
    # Of inputs that read the same pixel only the last has its place in the picture.
    nodes = {pixel: inputs[position] for position, pixel in pixels.items()}
    right = -LAYER_DISTANCE if len(nodes) < len(inputs) else 0.0
    return {
        node: (right - PIXEL_DISTANCE * (width - 1 - column), NODE_DISTANCE * (row - (height - 1) / 2))
        for (row, column), node in nodes.items()
    }


def _extent(y: Floats) -> float:
    return float(np.ptp(y)) if len(y) else 0.0


def _lead_waypoints(places: Layering, start: Floats) -> None:
    """Let waypoints begin where their edge comes from (links of one edge stand in a row)."""
    inner = places.heads >= places.n_nodes
    for tail, head in zip(places.tails[inner], places.heads[inner], strict=True):
        start[head] = start[tail]


def _heights(places: Layering, layers: list[Indices]) -> Floats:
    """The y of every place: near its neighbours in the layers beside, and never too near in its own."""
    half = _half_gaps(places, layers)
    y = np.zeros(len(places.layer))
    for layer in layers:
        y[layer] = _spread(np.zeros(len(layer)), np.ones(len(layer)), half[layer])
    if not len(places.tails):
        return y
    strength = _strengths(places)
    rounds = int(np.clip(min(60_000 // len(places.layer), 4_000 // len(layers)), 1, 8))
    before = _links(places, layers, places.heads)
    after = _links(places, layers, places.tails)
    for turn in range(rounds):
        last = turn == rounds - 1
        for number in reversed(range(len(layers))):
            _settle(
                layers[number],
                (after[number],) if not last else (before[number], after[number]),
                strength,
                half,
                y,
            )
        for number in range(len(layers)):
            _settle(
                layers[number],
                (before[number],) if not last else (before[number], after[number]),
                strength,
                half,
                y,
            )
    middle = (y[: places.n_nodes].min() + y[: places.n_nodes].max()) / 2
    return np.asarray(np.round(y - middle, 3))


def _half_gaps(places: Layering, layers: list[Indices]) -> Floats:
    """Half the room that each place asks for, up and down."""
    half = np.full(len(places.layer), WAYPOINT_GAP / 2)
    for layer in layers:
        nodes = layer[layer < places.n_nodes]
        half[nodes] = np.clip(TALL / max(1, len(nodes)), NODE_DISTANCE_LEAST, NODE_DISTANCE) / 2
    return half


def _strengths(places: Layering) -> Floats:
    """How much each link wants to be straight: most inside a chain and along a long edge."""
    n = len(places.layer)
    out_degree, in_degree = np.bincount(places.tails, minlength=n), np.bincount(places.heads, minlength=n)
    chain = (out_degree[places.tails] == 1) & (in_degree[places.heads] == 1)
    passing = (places.tails >= places.n_nodes) & (places.heads >= places.n_nodes)
    return np.where(passing | chain, 200.0, 1.0)


def _links(places: Layering, layers: list[Indices], own: Indices) -> list[tuple[Indices, Indices, Indices]]:
    """For each layer: its links, the place on this side and the place on the other side."""
    other = places.tails if own is places.heads else places.heads
    by_layer = np.argsort(places.layer[own], kind="stable")
    ends = np.cumsum(np.bincount(places.layer[own], minlength=len(layers)))
    return [(links, own[links], other[links]) for links in np.split(by_layer, ends[:-1])]


def _settle(
    layer: Indices,
    sides: tuple[tuple[Indices, Indices, Indices], ...],
    strength: Floats,
    half: Floats,
    y: Floats,
) -> None:
    """Move one layer to where its links pull it."""
    links, own, other = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    if not len(links):
        return
    local = np.zeros(int(layer.max()) + 1, np.intp)
    local[layer] = np.arange(len(layer))
    weight = np.bincount(local[own], weights=strength[links], minlength=len(layer))
    pull = np.bincount(local[own], weights=strength[links] * y[other], minlength=len(layer))
    wish = np.where(weight > 0, pull / np.maximum(weight, 1e-9), y[layer])
    y[layer] = _spread(wish, np.maximum(weight, 0.1), half[layer])


def _spread(wish: Floats, weight: Floats, half: Floats) -> Floats:
    """Return heights nearest to the wished ones (least squares) that rise by the gaps asked for.

    With the gaps subtracted this is isotonic regression, solved by pooling adjacent violators.
    """
    gaps = half[:-1] + half[1:]
    offset = np.concatenate([[0.0], np.cumsum(gaps)])
    pools: list[tuple[float, float, int]] = []
    for value, mass in zip((wish - offset).tolist(), weight.tolist(), strict=True):
        level, total, count = value, mass, 1
        while pools and pools[-1][0] >= level:
            above, above_total, above_count = pools.pop()
            level = (level * total + above * above_total) / (total + above_total)
            total, count = total + above_total, count + above_count
        pools.append((level, total, count))
    levels = np.repeat([pool[0] for pool in pools], [pool[2] for pool in pools])
    result: Floats = levels + offset
    return result


def _rows_below(
    network: Network, placed: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """Places for the nodes that are set aside: rows below everything else."""
    top = max((y for _, y in placed.values()), default=-2 * NODE_DISTANCE) + 1.5 * NODE_DISTANCE
    columns = max(4, round(max((x for x, _ in placed.values()), default=0.0) / LAYER_DISTANCE) + 1)
    return {
        node: (LAYER_DISTANCE * (number % columns), top + NODE_DISTANCE * (number // columns))
        for number, node in enumerate(set_aside(network))
    }
