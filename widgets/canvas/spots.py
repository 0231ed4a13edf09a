"""Where on each edge its weight's pill sits, so that pills cover one another little."""

from __future__ import annotations

import numpy as np

from playground.model.parameters import Floats
from widgets.canvas import curve
from widgets.canvas.topology import Indices

MOST_PLACED = 64
"""Edges up to which each pill seeks a free place; more edges are only staggered by their target."""

TRIES = np.concatenate(([0.5], np.linspace(0.16, 0.84, 18)))
STAGGER = np.array([0.5, 0.36, 0.64])
ROUNDS = 5


def spots(
    curves: Floats,
    centres: Floats,
    targets: Indices,
    radius: float,
    room: tuple[float, float],
    below: float,
) -> Floats:
    """The t on each curve where its pill is centred: (n_edges,).

    Each pill in turn moves to where it covers the others and the nodes least, a few rounds long.

    room : width and height that a pill wants for itself, in scene units
    below : how much of that height is for what hangs below the pill
    """
    if len(curves) == 0:
        return np.zeros(0)
    if len(curves) > MOST_PLACED:
        return np.asarray(STAGGER[targets % len(STAGGER)])
    count, half = len(curves), np.array(room) / 2
    places = np.stack([curve.points(curves, np.full(count, t)) for t in TRIES], axis=1)
    places[..., 1] += below / 2
    # A node takes up its circle and what is written below it.
    note = np.array([0.0, below / 2])
    on_nodes = _overlap(places[:, :, None] - (centres + note), half + radius + note).sum(axis=-1)
    from_middle = 0.3 * np.abs(TRIES - 0.5) ** 1.5
    fixed = 2.0 * on_nodes / (4 * half[0] * half[1]) + from_middle
    chosen = np.zeros(count, np.intp)
    everyone = np.arange(count)
    for _ in range(ROUNDS):
        before = chosen.copy()
        for edge in everyone:
            others = places[everyone, chosen]
            covered = _overlap(places[edge][:, None] - others, 2 * half)
            covered[:, edge] = 0.0
            cost = fixed[edge] + covered.sum(axis=1) / (4 * half[0] * half[1])
            chosen[edge] = int(np.argmin(cost))
        if np.array_equal(before, chosen):
            break
    return np.asarray(TRIES[chosen])


def _overlap(away: Floats, reach: Floats) -> Floats:
    """The area that boxes share whose centres are `away` from each other: (..., 2) -> (...)."""
    shared = np.maximum(reach - np.abs(away), 0.0)
    return np.asarray(shared[..., 0] * shared[..., 1])
