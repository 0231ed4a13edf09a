"""Where a dragged node comes to rest: in line with another node, or on the quiet grid. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

GRID = 10.0
"""The quiet grid's step, in scene units."""


@dataclass(frozen=True, slots=True)
class Snap:
    """A place, and the lines on which it stands with others.

    guide_x, guide_y : x of the upright line and y of the level line, None where there is none
    """

    x: float
    y: float
    guide_x: float | None = None
    guide_y: float | None = None


def snapped(wish: tuple[float, float], others: Sequence[tuple[float, float]], reach: float) -> Snap:
    """Return the place for a node that is wanted at `wish`: all in scene units.

    Within `reach` of another node's x or y it takes that; otherwise it takes the grid's.
    """
    guide_x = _nearest(wish[0], (x for x, _ in others), reach)
    guide_y = _nearest(wish[1], (y for _, y in others), reach)
    return Snap(
        on_grid(wish[0]) if guide_x is None else guide_x,
        on_grid(wish[1]) if guide_y is None else guide_y,
        guide_x,
        guide_y,
    )


def on_grid(value: float) -> float:
    """The line of the grid that is nearest to a coordinate."""
    return round(value / GRID) * GRID


def _nearest(wish: float, lines: Iterable[float], reach: float) -> float | None:
    best = min(lines, key=lambda line: abs(line - wish), default=None)
    return best if best is not None and abs(best - wish) <= reach else None
