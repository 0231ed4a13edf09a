"""Where the grids of A, B and C lie in slow motion. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from widgets.kernels.cells import gap_of
from widgets.kernels.walk import Name, Part

Box = tuple[float, float, float, float]
"""Left, top, width, height in pixels."""

NAMES: tuple[Name, ...] = ("a", "b", "c")
BETWEEN_PX = 44
TITLE_PX = 26
FOOT_PX = 21
LEAST_PITCH, MOST_PITCH = 2, 44


@dataclass(frozen=True, slots=True)
class Grid:
    """One matrix on the screen: its upper left corner and the pixels from cell to cell."""

    rows: int
    columns: int
    x: int
    y: int
    pitch: int

    @property
    def gap(self) -> int:
        """The room between two cells."""
        return gap_of(self.pitch)

    @property
    def width(self) -> int:
        """Pixels from the first to the last column."""
        return self.columns * self.pitch - self.gap

    @property
    def height(self) -> int:
        """Pixels from the first to the last row."""
        return self.rows * self.pitch - self.gap

    def box(self, part: Part) -> Box:
        """The place of a rectangle of cells."""
        return (
            self.x + part.column * self.pitch,
            self.y + part.row * self.pitch,
            (part.column_end - part.column) * self.pitch - self.gap,
            (part.row_end - part.row) * self.pitch - self.gap,
        )


def grids(width: float, height: float, shapes: dict[Name, tuple[int, int]]) -> dict[Name, Grid]:
    """Place A, B and C side by side with cells of one size, as large as there is room for.

    width, height : pixels; the titles above and the sizes below the grids are within
    """
    columns = sum(max(shapes[name][1], 1) for name in NAMES)
    rows = max(max(shapes[name][0], 1) for name in NAMES)
    room_x, room_y = width - 2 * BETWEEN_PX, height - TITLE_PX - FOOT_PX
    pitch = int(max(min(room_x / columns, room_y / rows, MOST_PITCH), LEAST_PITCH))
    placed: dict[Name, Grid] = {}
    x = 0
    for name in NAMES:
        grid = Grid(*shapes[name], x, TITLE_PX, pitch)
        placed[name] = grid
        x += max(grid.width, 1) + BETWEEN_PX
    return placed
