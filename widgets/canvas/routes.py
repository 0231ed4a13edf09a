"""The ways that edges take between the rims of their nodes."""

from __future__ import annotations

import numpy as np

from playground.model.parameters import Floats
from widgets.canvas import curve
from widgets.canvas.topology import Indices

CLEARANCE = 18.0
NOTES_BELOW = 12.0
"""Room that a bowed edge keeps round the nodes that it passes, and how far down its middle lies."""

MOST_CHECKED = 400_000
"""Edges times nodes up to which crossings of edges and nodes are looked for."""

LIFTS = np.array([sign * step for step in np.arange(1, 13) * 0.75 for sign in (-1.0, 1.0)])
"""How far a bow's control points are moved aside, tried in this order, in node diameters."""


def routes(starts: Floats, ends: Floats, radius: float) -> Floats:
    """Bézier control points from rim to rim: two (n, 2) arrays of node centres -> (n, 4, 2).

    Edges that run to the right leave and arrive level; edges between nodes above one another, or to the
    left, run nearly straight with a slight bow; between the two the form changes smoothly.
    """
    gap = ends - starts
    length = np.maximum(np.hypot(gap[:, 0], gap[:, 1]), 1e-9)[:, None]
    along = gap / length
    across = np.stack((-along[:, 1], along[:, 0]), axis=1)
    bow = across * np.maximum(length - 2 * radius, 0.0) * 0.15
    reach = np.maximum((gap[:, 0] - 2 * radius) / 2, 0.0)
    level = np.stack((reach, np.zeros_like(reach)), axis=1)
    rim = np.array([radius, 0.0])
    levelness = curve.smoothstep((gap[:, 0] / max(radius, 1e-9) - 0.5) / 2.5)[:, None]

    first = levelness * rim + (1 - levelness) * along * radius
    first *= radius / np.maximum(np.hypot(first[:, 0], first[:, 1]), 1e-9)[:, None]
    begin, finish = starts + first, ends - first
    third = (finish - begin) / 3 + bow
    third_back = (begin - finish) / 3 + bow
    leave = begin + levelness * level + (1 - levelness) * third
    arrive = finish - levelness * level + (1 - levelness) * third_back
    return np.stack((begin, leave, arrive, finish), axis=1)


def bowed(curves: Floats, centres: Floats, sources: Indices, targets: Indices, radius: float) -> Floats:
    """The same curves, but those that would cross a node bowed round it.

    Nothing is looked for where edges times nodes exceed MOST_CHECKED.
    """
    if len(curves) * len(centres) > MOST_CHECKED or len(centres) < 3:
        return curves
    # Below a node stand its bias and its name: the room that is kept reaches farther down.
    rooms = centres + np.array([0.0, NOTES_BELOW])
    clear = _clearances(curves, rooms, sources, targets)
    blocked = np.flatnonzero(clear < radius + CLEARANCE)
    if len(blocked) == 0:
        return curves
    result = curves.copy()
    for edge in blocked:
        tries = _lifted(curves[edge], centres[sources[edge]], centres[targets[edge]], radius)
        room = _clearances(
            tries, rooms, np.full(len(tries), sources[edge]), np.full(len(tries), targets[edge])
        )
        free = np.flatnonzero(room >= radius + CLEARANCE)
        result[edge] = tries[free[0]] if len(free) else tries[int(np.argmax(room))]
    return result


def _lifted(path: Floats, start: Floats, end: Floats, radius: float) -> Floats:
    gap = end - start
    across = np.array([-gap[1], gap[0]]) / max(float(np.hypot(*gap)), 1e-9)
    across = across if across[1] >= 0 else -across
    shift = LIFTS[:, None] * 2 * radius * across
    tries = np.repeat(path[None], len(LIFTS), axis=0)
    tries[:, 1] += shift
    tries[:, 2] += shift
    for at, centre, control in ((0, start, 1), (3, end, 2)):
        out = tries[:, control] - centre
        tries[:, at] = centre + out * (radius / np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-9))[:, None]
    return tries


def _clearances(curves: Floats, centres: Floats, sources: Indices, targets: Indices) -> Floats:
    """The least distance from each curve to the centre of any node that is not one of its ends: (n,)."""
    along = curve.sampled(curves, 16)
    least = np.full((len(curves), len(centres)), np.inf)
    for at in range(1, along.shape[1] - 1):
        away = along[:, at, None, :] - centres[None]
        np.minimum(least, away[..., 0] ** 2 + away[..., 1] ** 2, out=least)
    rows = np.arange(len(curves))
    least[rows, sources] = np.inf
    least[rows, targets] = np.inf
    return np.asarray(np.sqrt(least.min(axis=1)))
