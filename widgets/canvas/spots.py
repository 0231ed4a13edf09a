"""Where on each edge its weight's pill sits, so that pills cover one another little."""

from __future__ import annotations

import numpy as np

from playground.model.parameters import Floats
from widgets.canvas import curve
from widgets.canvas.topology import Indices

MOST_PLACED = 64
"""Edges up to which each pill seeks a free place; more edges are only staggered by their target."""

TRIES = np.array([0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78])
STAGGER = np.array([0.5, 0.36, 0.64])


def spots(
    curves: Floats,
    centres: Floats,
    sources: Indices,
    targets: Indices,
    radius: float,
    room: tuple[float, float],
) -> Floats:
    """The t on each curve where its pill is centred: (n_edges,).

    room : width and height that a pill wants for itself, in scene units
    """
    if len(curves) == 0:
        return np.zeros(0)
    if len(curves) > MOST_PLACED:
        return np.asarray(STAGGER[targets % len(STAGGER)])
    at = np.full(len(curves), 0.5)
    half = np.array(room) / 2
    # Boxes as centre and half size: the nodes first, then each pill as it is placed.
    taken_at = [*centres]
    taken_half = [np.full(2, radius)] * len(centres)
    for edge in np.lexsort((centres[sources, 1], centres[targets, 1])):
        places = curve.points(np.repeat(curves[edge][None], len(TRIES), axis=0), TRIES)
        away = np.abs(places[:, None] - np.array(taken_at)[None])
        overlap = np.clip(np.array(taken_half)[None] + half - away, 0.0, 2 * half)
        cost = (overlap[..., 0] * overlap[..., 1]).sum(axis=1) / (4 * half[0] * half[1])
        best = int(np.argmin(cost + 0.02 * np.arange(len(TRIES))))
        at[edge] = TRIES[best]
        taken_at.append(places[best])
        taken_half.append(half)
    return at
