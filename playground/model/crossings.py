"""The order of the places within each layer, chosen so that few links cross.

Barycentre sweeps (Sugiyama, Tagawa and Toda 1981), the best order kept, then exchanges of neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.model.layering import Indices, Layering
from playground.model.parameters import Floats

EXCHANGE_AT_MOST = 20_000
MATRIX_AT_MOST = 60_000
"""Neighbours are exchanged where there are at most so many links, and a layer's table so many cells."""


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The links between one layer and those before (or after) it."""

    others: Indices
    own: Indices
    counts: Floats


def ordered(places: Layering, start: Floats) -> list[Indices]:
    """Return the places of each layer from top to bottom.

    start : (n_places,), where each place stands now; layers begin in this order
    """
    best = _begun(places, start)
    if len(best) < 2 or not len(places.tails):
        return best
    links = len(places.tails)
    sweeps = int(np.clip(2_000_000 // (links + 100 * len(best)), 2, 24))
    sides = (_sides(places, places.heads, places.tails), _sides(places, places.tails, places.heads))
    best, fewest = _improved(places, best, sides, sweeps)
    # Sweeps get stuck in the order they began with; where it is cheap, they begin anew a few times.
    rng = np.random.default_rng(0)
    for _ in range(int(np.clip(20_000 // (links + 20 * len(best)), 0, 8))):
        if fewest == 0:
            break
        layers, count = _improved(places, _begun(places, rng.random(len(start))), sides, sweeps)
        if count < fewest:
            best, fewest = layers, count
    return best


def _begun(places: Layering, start: Floats) -> list[Indices]:
    layers = [layer[np.argsort(start[layer], kind="stable")] for layer in places.places()]
    return [_grouped(layer, places.block, np.arange(len(layer), dtype=np.float64)) for layer in layers]


def _improved(
    places: Layering, layers: list[Indices], sides: tuple[list[_Side], list[_Side]], sweeps: int
) -> tuple[list[Indices], int]:
    """The best order that sweeps and exchanges reach from `layers`, and its crossings."""
    best, fewest, stale = layers, crossings(places, layers), 0
    for sweep in range(sweeps):
        if fewest == 0 or stale > 4:
            break
        layers = _swept(places, layers, sides[sweep % 2], forward=sweep % 2 == 0)
        count = crossings(places, layers)
        stale += 1
        if count < fewest:
            best, fewest, stale = layers, count, 0
    if fewest and len(places.tails) <= EXCHANGE_AT_MOST:
        best = _exchanged(places, best)
        fewest = crossings(places, best)
    return best, fewest


def crossings(places: Layering, layers: list[Indices]) -> int:
    """Count the crossings of links between neighbouring layers."""
    rank = _ranks(places, layers).astype(np.intp)
    near = places.layer[places.heads] == places.layer[places.tails] + 1
    tails, heads = places.tails[near], places.heads[near]
    # Ranks rise from layer to layer, so that links of different layers never count as crossed.
    base = np.concatenate([[0], np.cumsum([len(layer) for layer in layers])])
    tail_rank = rank[tails] + base[places.layer[tails]]
    head_rank = rank[heads] + base[places.layer[heads]]
    return _inversions(head_rank[np.lexsort((head_rank, tail_rank))])


def _inversions(values: Indices) -> int:
    """Count the pairs that stand in the wrong order, bit by bit from the highest."""
    total = 0
    for bit in reversed(range(int(values.max(initial=0)).bit_length())):
        prefix = values >> (bit + 1)
        one = (values >> bit) & 1
        ones_before = np.cumsum(one) - one
        starts = np.flatnonzero(np.diff(prefix, prepend=-1))
        lengths = np.diff(starts, append=len(values))
        total += int(((ones_before - np.repeat(ones_before[starts], lengths)) * (1 - one)).sum())
        values = values[np.argsort(values >> bit, kind="stable")]
    return total


def _ranks(places: Layering, layers: list[Indices]) -> Floats:
    rank = np.zeros(len(places.layer))
    for layer in layers:
        rank[layer] = np.arange(len(layer))
    return rank


def _sides(places: Layering, own: Indices, others: Indices) -> list[_Side]:
    """The links of each layer; `own` are positions within the layer's places in ascending order."""
    layers = places.places()
    by_layer = np.argsort(places.layer[own], kind="stable")
    ends = np.cumsum(np.bincount(places.layer[own], minlength=len(layers)))
    local = np.zeros(len(places.layer), np.intp)
    for layer in layers:
        local[layer] = np.arange(len(layer))
    sides = []
    for layer, links in zip(layers, np.split(by_layer, ends[:-1]), strict=True):
        mine = local[own[links]]
        counts = np.bincount(mine, minlength=len(layer)).astype(float)
        sides.append(_Side(others[links], mine, counts))
    return sides


def _swept(places: Layering, layers: list[Indices], sides: list[_Side], *, forward: bool) -> list[Indices]:
    """The layers ordered one after another by the mean place of their links' other ends."""
    layers = list(layers)
    where = np.zeros(len(places.layer))
    for layer in layers:
        where[layer] = np.arange(len(layer)) - (len(layer) - 1) / 2
    numbers = range(len(layers)) if forward else reversed(range(len(layers)))
    for number in numbers:
        layer, side = layers[number], sides[number]
        if len(layer) < 2 or not len(side.own):
            continue
        ascending = np.sort(layer)
        sums = np.bincount(side.own, weights=where[side.others], minlength=len(layer))
        wish = np.where(side.counts > 0, sums / np.maximum(side.counts, 1), where[ascending])
        # Rounded, so that equal means stay equal and keep their order.
        wish = np.round(wish, 6)[np.searchsorted(ascending, layer)]
        layers[number] = layer = _grouped(layer, places.block, wish.astype(np.float64))
        where[layer] = np.arange(len(layer)) - (len(layer) - 1) / 2
    return layers


def _grouped(layer: Indices, block: Indices, wish: Floats) -> Indices:
    """The layer sorted by wish, blocks kept together; ties keep their order."""
    _, number = np.unique(block[layer], return_inverse=True)
    size = np.bincount(number)
    mean = np.round(np.bincount(number, weights=wish) / size, 6)
    first = np.full(len(size), len(layer))
    np.minimum.at(first, number, np.arange(len(layer)))
    return layer[np.lexsort((np.arange(len(layer)), wish, first[number], mean[number]))]


def _exchanged(places: Layering, layers: list[Indices]) -> list[Indices]:
    """The layers after exchanges of neighbours that each save a crossing."""
    layers = list(layers)
    neighbours = [(places.heads, places.tails, -1), (places.tails, places.heads, 1)]
    for _ in range(4):
        changed = False
        for number, layer in enumerate(layers):
            cost = np.zeros((len(layer), len(layer)))
            for own, others, step in neighbours:
                beside = layers[number + step] if 0 <= number + step < len(layers) else layer[:0]
                if max(len(beside), len(layer)) * len(layer) > MATRIX_AT_MOST:
                    cost = np.zeros((0, 0))
                    break
                cost += _cost(places, layer, beside, own, others)
            if cost.any():
                layers[number], moved = _bubbled(layer, places.block, cost)
                changed |= moved
        if not changed:
            break
    return layers


def _cost(places: Layering, layer: Indices, beside: Indices, own: Indices, others: Indices) -> Floats:
    """cost[u, v]: crossings of the links of u and v towards `beside` while u stands above v."""
    row = np.full(len(places.layer), -1)
    row[layer] = np.arange(len(layer))
    column = np.full(len(places.layer), -1)
    column[beside] = np.arange(len(beside))
    links = (row[own] >= 0) & (column[others] >= 0)
    table = np.zeros((len(layer), len(beside)))
    np.add.at(table, (row[own[links]], column[others[links]]), 1)
    above = np.cumsum(table, axis=1) - table
    result: Floats = table @ above.T
    return result


def _bubbled(layer: Indices, block: Indices, cost: Floats) -> tuple[Indices, bool]:
    order = list(range(len(layer)))
    moved = False
    _, number, size = np.unique(block[layer], return_inverse=True, return_counts=True)
    alone = size[number] == 1
    for _ in range(len(order)):
        swapped = False
        for i in range(len(order) - 1):
            u, v = order[i], order[i + 1]
            if cost[v, u] < cost[u, v] and (number[u] == number[v] or (alone[u] and alone[v])):
                order[i], order[i + 1] = v, u
                swapped = moved = True
        if not swapped:
            break
    return layer[order], moved
