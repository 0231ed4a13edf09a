"""Tables stand side by side without touching, and every point knows its cell."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from playground.model.matrices import Cell
from widgets.kernels.matrix_layout import LEAST_PITCH, MOST_PITCH, NAMED_PITCH, Wanted, fitted, laid_out

shapes = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=6)
wanted = st.builds(Wanted, st.integers(20, 96), st.integers(60, 200))
pitches = st.integers(LEAST_PITCH, MOST_PITCH)


@given(shapes, pitches, wanted)
def test_the_middle_of_every_cell_is_in_it(tables: list[tuple[int, int]], pitch: int, want: Wanted) -> None:
    layout = laid_out(tables, pitch, want)
    found = 0
    for number, (rows, columns) in enumerate(tables):
        for row in (0, rows - 1, rows):
            for column in (0, columns - 1):
                x, y, width, height = layout.places[number].box(row, column)
                assert layout.cell_at(x + width / 2, y + height / 2) == Cell(number, row, column)
                assert 0 <= x <= x + width <= layout.width
                assert 0 <= y <= y + height <= layout.height
                found += 1
    assert found == 6 * len(tables)


@given(shapes, pitches, wanted)
def test_tables_keep_apart_and_beside_them_is_nothing(
    tables: list[tuple[int, int]], pitch: int, want: Wanted
) -> None:
    layout = laid_out(tables, pitch, want)
    for before, after in pairwise(layout.places):
        assert before.right < after.x - layout.names_px
        assert layout.cell_at((before.right + after.x) / 2, before.y + 1) is None
    last = layout.places[-1]
    assert layout.cell_at(last.right + 1, last.y) is None
    assert layout.cell_at(last.x, last.bottom + 1) is None
    assert layout.cell_at(last.x, last.bias_y - 1) is None


@given(shapes, pitches, wanted, st.floats(0, 3_000), st.floats(0, 2_000))
def test_what_is_seen_is_found(
    tables: list[tuple[int, int]], pitch: int, want: Wanted, left: float, wide: float
) -> None:
    layout = laid_out(tables, pitch, want)
    seen = set(layout.within(left, left + wide))
    for number, place in enumerate(layout.places):
        if place.right > left and place.x - layout.names_px < left + wide:
            assert number in seen


@given(shapes, st.integers(300, 1_400), st.integers(250, 900), wanted)
def test_fitting_shows_all_with_the_largest_cells_that_can(
    tables: list[tuple[int, int]], width: int, height: int, want: Wanted
) -> None:
    layout = fitted(tables, width, height, want)
    fits = [
        pitch
        for pitch in range(LEAST_PITCH, MOST_PITCH + 1)
        if laid_out(tables, pitch, want).width <= width and laid_out(tables, pitch, want).height <= height
    ]
    if fits:
        assert layout.width <= width
        assert layout.height <= height
        # Names appear at one pitch, so that a smaller one may be too wide and a larger one not.
        assert layout.pitch == max(fits) or layout.pitch < NAMED_PITCH <= max(fits)
    else:
        assert LEAST_PITCH <= layout.pitch <= NAMED_PITCH
