"""A stroke of the brush over a map: points are painted, erased or moved; nothing holds before its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from playground.model import edits
from playground.model.edit import Edit
from playground.model.parameters import Floats
from playground.model.points import REACH

BrushTool = Literal["look", "paint", "erase", "move"]

SPACING = 0.45
"""A brush for single points sets the next one this far on; all lengths are in the units of the points."""
SPREAD = 0.45
"""How far the points of one dab scatter (standard deviation)."""
ERASER = 0.45
"""The radius of the eraser, and how near a point must be to be moved."""


@dataclass(frozen=True, slots=True)
class Brush:
    """What a stroke does.

    tool : "look" leaves the points alone
    colour : number of the colour; count : points of one dab
    """

    tool: BrushTool = "paint"
    colour: int = 0
    count: int = 1


class PointStroke:
    """One gesture, from press to release; `cells` are the points as they would be if it ended now."""

    def __init__(self, cells: Floats, brush: Brush, generator: np.random.Generator) -> None:
        """Begin a stroke over the points that there are: cells, float64, (n, 3)."""
        self._before = cells
        self._brush = brush
        self._generator = generator
        self._added: list[Floats] = []
        self._erased: set[int] = set()
        self._moved: tuple[int, float, float] | None = None
        self._last: tuple[float, float] | None = None

    @property
    def cells(self) -> Floats:
        """The points as they are now, (n, 3)."""
        cells = self._before
        if self._moved is not None:
            row, x, y = self._moved
            cells = cells.copy()
            cells[row, :2] = x, y
        if self._erased:
            cells = np.delete(cells, sorted(self._erased), axis=0)
        if self._added:
            cells = np.concatenate([cells, *self._added])
        return cells

    def press(self, x: float, y: float) -> None:
        """Begin at a place."""
        if self._brush.tool == "paint":
            self._dab(x, y)
        elif self._brush.tool == "erase":
            self._erase(x, y, x, y)
        elif self._brush.tool == "move":
            row = self._nearest(x, y)
            self._moved = None if row is None else (row, *self._before[row, :2].tolist())
        self._last = (x, y)

    def move(self, x: float, y: float) -> None:
        """Go on to a place."""
        if self._last is None:
            return
        if self._brush.tool == "paint":
            gap = SPACING if self._brush.count == 1 else 2 * SPREAD
            if np.hypot(x - self._last[0], y - self._last[1]) < gap:
                return
            self._dab(x, y)
        elif self._brush.tool == "erase":
            self._erase(*self._last, x, y)
        elif self._moved is not None:
            self._moved = (self._moved[0], *_inside(x, y))
        self._last = (x, y)

    def edit(self) -> Edit | None:
        """Return what the stroke has done, None where that is nothing."""
        if self._added:
            return edits.paint_points(np.concatenate(self._added))
        if self._erased:
            return edits.erase_points(sorted(self._erased))
        if self._moved is not None:
            row, x, y = self._moved
            if (x, y) != tuple(self._before[row, :2].tolist()):
                return edits.move_point(row, x, y)
        return None

    def _dab(self, x: float, y: float) -> None:
        count = self._brush.count
        places = np.tile(_inside(x, y), (count, 1))
        if count > 1:
            places = places + self._generator.normal(0.0, SPREAD, (count, 2))
        places = np.clip(places, -REACH, REACH)
        self._added.append(np.column_stack([places, np.full(count, float(self._brush.colour))]))

    def _erase(self, from_x: float, from_y: float, x: float, y: float) -> None:
        """Erase what the way from one place to the next passes."""
        way = np.array([x - from_x, y - from_y])
        relative = self._before[:, :2] - (from_x, from_y)
        length = float(way @ way)
        share = np.clip(relative @ way / length, 0.0, 1.0) if length > 0 else np.zeros(len(relative))
        away = np.hypot(*(relative - share[:, np.newaxis] * way).T)
        self._erased.update(np.flatnonzero(away <= ERASER).tolist())

    def _nearest(self, x: float, y: float) -> int | None:
        if not len(self._before):
            return None
        away = np.hypot(self._before[:, 0] - x, self._before[:, 1] - y)
        row = int(np.argmin(away))
        return row if away[row] <= ERASER else None


def _inside(x: float, y: float) -> tuple[float, float]:
    """A place within the room for own points."""
    return min(max(x, -REACH), REACH), min(max(y, -REACH), REACH)
