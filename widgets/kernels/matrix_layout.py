"""Where the tables of a network lie, and which cell is at a point. Pure."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from playground.model.matrices import Cell
from widgets.kernels.cells import gap_of

TITLE_PX = 26
CAPTION_LINE_PX = 17
CAPTION_LINES = 3
LINE_PX = 22
BETWEEN_PX = 28
MARGIN_PX = 4
BIAS_GAP_PX = 8
NAME_GAP_PX = 8

LEAST_PITCH, MOST_PITCH = 4, 64
NAMED_PITCH = 14
"""From this pitch on rows and columns bear their names."""

NUMBER_PITCH = 38
"""From this pitch on cells bear their numbers."""

READING_PITCH = 44
"""The pitch at which numbers are read with ease."""

Shape = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How wide the longest name of a node is, and what stands below a table; pixels."""

    name_px: int
    caption_px: int


@dataclass(frozen=True, slots=True)
class TablePlace:
    """One table: its upper left cell and its size in cells; the row of biases stands below the others."""

    rows: int
    columns: int
    x: int
    y: int
    pitch: int

    @property
    def bias_y(self) -> int:
        """The top of the row of biases."""
        return self.y + self.rows * self.pitch + BIAS_GAP_PX

    @property
    def right(self) -> int:
        """Where the cells end."""
        return self.x + self.columns * self.pitch

    @property
    def bottom(self) -> int:
        """Where the row of biases ends."""
        return self.bias_y + self.pitch

    def box(self, row: int, column: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a cell; row `rows` is the row of biases."""
        side = self.pitch - gap_of(self.pitch)
        top = self.bias_y if row >= self.rows else self.y + row * self.pitch
        return self.x + column * self.pitch, top, side, side

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the cell at a point; None beside the table."""
        if not (self.x <= x < self.right):
            return None
        column = int((x - self.x) // self.pitch)
        if self.y <= y < self.y + self.rows * self.pitch:
            return int((y - self.y) // self.pitch), column
        return (self.rows, column) if self.bias_y <= y < self.bottom else None


@dataclass(frozen=True)
class TablesLayout:
    """All tables side by side, level by level from left to right, with cells of one size.

    names_px, heads_px : room for the names at the rows and above the columns, none where cells are small
    caption_px : room for what stands below a table
    turned : whether the names above the columns are turned round, since they are wider than the cells
    """

    pitch: int
    names_px: int
    heads_px: int
    turned: bool
    caption_px: int
    places: tuple[TablePlace, ...]

    @property
    def width(self) -> int:
        """Pixels over all tables."""
        if not self.places:
            return 0
        return max(self.places[-1].right, self.places[-1].x - self.names_px + self.caption_px) + MARGIN_PX

    @property
    def height(self) -> int:
        """Pixels from the titles to what stands below the highest table."""
        bottom = max((place.bottom for place in self.places), default=0)
        return bottom + CAPTION_LINES * CAPTION_LINE_PX + 8

    @property
    def has_names(self) -> bool:
        """Whether rows and columns bear names."""
        return self.pitch >= NAMED_PITCH

    @property
    def has_numbers(self) -> bool:
        """Whether cells bear numbers."""
        return self.pitch >= NUMBER_PITCH

    @cached_property
    def _lefts(self) -> list[int]:
        return [place.x - self.names_px for place in self.places]

    def within(self, left: float, right: float) -> range:
        """The numbers of the tables that lie between two places, from left to right."""
        first = max(bisect_right(self._lefts, left) - 1, 0)
        return range(first, bisect_right(self._lefts, right))

    def cell_at(self, x: float, y: float) -> Cell | None:
        """The cell at a point; row `n_rows` of a matrix is its row of biases."""
        for number in self.within(x, x):
            found = self.places[number].at(x, y)
            if found is not None:
                return Cell(number, *found)
        return None


def laid_out(shapes: Sequence[Shape], pitch: int, wanted: Wanted) -> TablesLayout:
    """Place tables of these numbers of rows and columns, with cells `pitch` pixels apart."""
    named = pitch >= NAMED_PITCH
    names = wanted.name_px + NAME_GAP_PX if named else 0
    turned = wanted.name_px > pitch
    heads = (wanted.name_px if turned else LINE_PX) + NAME_GAP_PX if named else NAME_GAP_PX
    places, x = [], MARGIN_PX
    for rows, columns in shapes:
        place = TablePlace(rows, columns, x + names, TITLE_PX + heads, pitch)
        places.append(place)
        x = max(place.right, x + wanted.caption_px) + BETWEEN_PX
    return TablesLayout(pitch, names, heads, turned, wanted.caption_px, tuple(places))


def fitted(shapes: Sequence[Shape], width: float, height: float, wanted: Wanted) -> TablesLayout:
    """Place tables with the largest cells with which all of them are seen at once.

    Where there are none they become as large as the height allows, up to NAMED_PITCH, and the tables scroll.
    """
    seen = _largest(shapes, width, height, wanted)
    if seen.width <= width and seen.height <= height:
        return seen
    high = _largest(shapes, math.inf, height, wanted)
    return laid_out(shapes, min(high.pitch, NAMED_PITCH), wanted)


def _largest(shapes: Sequence[Shape], width: float, height: float, wanted: Wanted) -> TablesLayout:
    low, high = LEAST_PITCH, MOST_PITCH
    while low < high:
        pitch = (low + high + 1) // 2
        tried = laid_out(shapes, pitch, wanted)
        if tried.width <= width and tried.height <= height:
            low = pitch
        else:
            high = pitch - 1
    return laid_out(shapes, low, wanted)
