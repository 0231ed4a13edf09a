"""A stroke paints, erases or moves; what it shows on the way is what its edit does."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.model.experiment import Experiment, TableData
from playground.model.network import Network
from playground.model.parameters import Floats, Parameters
from playground.model.points import REACH, TARGETS, own_points, point_table
from widgets.maps.point_brush import ERASER, Brush, BrushTool, PointStroke

CELLS = np.array([[0.0, 0.0, 0.0], [2.0, 0.0, 1.0], [4.0, 0.0, 0.0], [0.0, 4.0, 1.0]])


def stroke(brush: Brush, *places: tuple[float, float], cells: Floats = CELLS) -> PointStroke:
    made = PointStroke(cells, brush, np.random.default_rng(1))
    made.press(*places[0])
    for place in places[1:]:
        made.move(*place)
    return made


def test_a_touch_sets_one_point_exactly_there() -> None:
    made = stroke(Brush("paint", 1, 1), (1.25, -3.5))
    assert made.cells[-1].tolist() == [1.25, -3.5, 1.0]
    assert len(made.cells) == len(CELLS) + 1


def test_a_drag_sets_points_along_its_way() -> None:
    made = stroke(Brush("paint", 0, 1), *((x / 10, 1.0) for x in range(41)))
    added = made.cells[len(CELLS) :]
    assert 8 <= len(added) <= 10
    assert np.diff(added[:, 0]).min() > 0.4
    assert set(added[:, 1]) == {1.0}


def test_a_broad_brush_scatters_its_points() -> None:
    made = stroke(Brush("paint", 1, 40), (5.9, 5.9))
    added = made.cells[len(CELLS) :]
    assert len(added) == 40
    assert np.abs(added[:, :2]).max() <= REACH
    assert added[:, :2].std() > 0.1
    assert set(added[:, 2]) == {1.0}


def test_the_eraser_takes_what_it_passes_even_when_it_is_fast() -> None:
    made = stroke(Brush("erase"), (-1.0, 0.1), (5.0, 0.1))
    assert made.cells.tolist() == [[0.0, 4.0, 1.0]]
    near = stroke(Brush("erase"), (0.0, ERASER * 1.01))
    assert len(near.cells) == len(CELLS)


def test_a_point_is_dragged_and_stays_inside() -> None:
    made = stroke(Brush("move"), (2.1, 0.1), (3.0, 9.0))
    assert made.cells[1].tolist() == [3.0, REACH, 1.0]
    assert made.cells[[0, 2, 3]].tolist() == CELLS[[0, 2, 3]].tolist()


@pytest.mark.parametrize(
    ("tool", "place"),
    [("move", (-5.0, -5.0)), ("move", (2.0, 0.0)), ("erase", (-5.0, -5.0)), ("look", (0.0, 0.0))],
)
def test_what_changes_nothing_is_no_edit(tool: BrushTool, place: tuple[float, float]) -> None:
    made = stroke(Brush(tool), place, place)
    assert made.edit() is None
    assert np.array_equal(made.cells, CELLS)


@settings(max_examples=60, deadline=None)
@given(
    tool=st.sampled_from(["paint", "erase", "move", "look"]),
    count=st.integers(1, 9),
    n_points=st.integers(0, 12),
    places=st.lists(st.tuples(st.floats(-7, 7), st.floats(-7, 7)), min_size=1, max_size=8),
)
def test_the_edit_does_what_was_shown(
    tool: BrushTool, count: int, n_points: int, places: list[tuple[float, float]]
) -> None:
    generator = np.random.default_rng(n_points)
    cells = np.column_stack([generator.uniform(-6, 6, (n_points, 2)), generator.integers(0, 2, n_points)])
    made = stroke(Brush(tool, 1, count), *places, cells=cells)
    edit = made.edit()
    experiment = Experiment(data=TableData(point_table(cells, 2), TARGETS))
    if edit is not None:
        experiment = edit.make(experiment, Parameters.zeros(Network.build())).experiment
    data = own_points(experiment.data)
    assert data is not None
    assert np.array_equal(data.table.cells, made.cells)
