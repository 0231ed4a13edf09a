"""Curves of other runs behind that of the present."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from playground.model.parameters import Floats, frozen_array

MOST_POINTS = 400
"""A curve that does not change needs no more points than the plot has pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """The curve of another run.

    points : (n_points, 5), as `Snapshot.history`
    colour : which of the colours of runs it has
    is_chosen : whether it is the one that somebody has chosen in the list
    """

    points: Floats
    colour: int
    is_chosen: bool = False


def thinned(points: Floats) -> Floats:
    """Return at most `MOST_POINTS` points of a curve, the first and the last among them."""
    if len(points) <= MOST_POINTS:
        return points
    places = np.unique(np.linspace(0, len(points) - 1, MOST_POINTS).round().astype(np.intp))
    return frozen_array(points[places])


def reach(overlays: Sequence[Overlay]) -> tuple[float, float] | None:
    """Return the first and the last epoch of some curves, None where there are none."""
    ends = [(float(one.points[0, 0]), float(one.points[-1, 0])) for one in overlays if len(one.points)]
    if not ends:
        return None
    return min(first for first, _ in ends), max(last for _, last in ends)
