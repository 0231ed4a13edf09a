"""The three grids fit into their room and cover exactly the cells that they stand for."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from widgets.kernels.walk import Part
from widgets.kernels.walk_layout import BETWEEN_PX, FOOT_PX, LEAST_PITCH, MOST_PITCH, NAMES, TITLE_PX, grids

sizes = st.integers(1, 64)


@given(st.integers(500, 1400), st.integers(200, 700), sizes, sizes, sizes)
def test_the_grids_are_as_large_as_there_is_room_for(width: int, height: int, m: int, n: int, k: int) -> None:
    placed = grids(width, height, {"a": (m, k), "b": (k, n), "c": (m, n)})
    pitch = placed["a"].pitch
    assert {grid.pitch for grid in placed.values()} == {pitch}
    right = placed["c"].x + placed["c"].width
    bottom = max(grid.y + grid.height for grid in placed.values())
    if pitch > LEAST_PITCH:
        assert right <= width
        assert bottom + FOOT_PX <= height + 1
    if pitch < MOST_PITCH:
        columns, rows = k + n + n, max(m, k)
        too_wide = (pitch + 1) * columns + 2 * BETWEEN_PX > width
        too_high = (pitch + 1) * rows + TITLE_PX + FOOT_PX > height
        assert too_wide or too_high
    for before, after in pairwise(NAMES):
        assert placed[before].x + placed[before].width + BETWEEN_PX <= placed[after].x


def test_a_box_covers_its_cells_and_no_other() -> None:
    grid = grids(900, 400, {"a": (8, 8), "b": (8, 8), "c": (8, 8)})["b"]
    x, y, width, height = grid.box(Part(2, 5, 1, 3))
    cells = [(row, column) for row in range(8) for column in range(8)]
    inside = []
    for row, column in cells:
        middle_x = grid.x + column * grid.pitch + (grid.pitch - grid.gap) / 2
        middle_y = grid.y + row * grid.pitch + (grid.pitch - grid.gap) / 2
        if x <= middle_x <= x + width and y <= middle_y <= y + height:
            inside.append((row, column))
    assert inside == [(row, column) for row in range(2, 5) for column in range(1, 3)]
    assert (x + width, y + height) == (
        grid.x + 3 * grid.pitch - grid.gap,
        grid.y + 5 * grid.pitch - grid.gap,
    )
