"""Own points are painted, erased, moved and cleared by pure edits; undoing all of them restores the start."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.model import edits, file
from playground.model.edit import Edit
from playground.model.errors import EditError
from playground.model.experiment import BuiltInData, Experiment, TableData
from playground.model.message import sentence
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.points import MOST_POINTS, TARGETS, own_points, point_table

NONE = Parameters.zeros(Network.build())


def with_points(cells: list[list[float]], n_colours: int = 2) -> Experiment:
    return Experiment(data=TableData(point_table(np.array(cells), n_colours), TARGETS))


def cells_of(experiment: Experiment) -> list[list[float]]:
    data = own_points(experiment.data)
    assert data is not None
    found: list[list[float]] = data.table.cells.tolist()
    return found


def after(experiment: Experiment, edit: Edit) -> Experiment:
    return edit.make(experiment, NONE).experiment


def test_strokes_do_what_their_names_say() -> None:
    start = with_points([[0, 0, 0], [1, 1, 1], [2, 2, 0]])
    painted = after(start, edits.paint_points(np.array([[3.0, 3.0, 1.0]])))
    assert cells_of(painted) == [[0, 0, 0], [1, 1, 1], [2, 2, 0], [3, 3, 1]]
    erased = after(painted, edits.erase_points((0, 2)))
    assert cells_of(erased) == [[1, 1, 1], [3, 3, 1]]
    moved = after(erased, edits.move_point(1, -4.0, 2.5))
    assert cells_of(moved) == [[1, 1, 1], [-4, 2.5, 1]]
    assert cells_of(after(moved, edits.clear_points())) == []
    assert cells_of(start) == [[0, 0, 0], [1, 1, 1], [2, 2, 0]]


def test_names_count_the_points() -> None:
    assert sentence(edits.paint_points(np.zeros((1, 3))).name) == "Paint a point"
    assert sentence(edits.paint_points(np.zeros((5, 3))).name) == "Paint 5 points"
    assert sentence(edits.erase_points((1, 2)).name) == "Erase 2 points"


@pytest.mark.parametrize(
    "edit",
    [
        edits.paint_points(np.array([[0.0, 0.0, 2.0]])),
        edits.paint_points(np.array([[np.nan, 0.0, 0.0]])),
        edits.paint_points(np.zeros((MOST_POINTS, 3))),
        edits.erase_points((1,)),
        edits.move_point(-1, 0.0, 0.0),
        edits.move_point(0, np.inf, 0.0),
    ],
)
def test_what_cannot_be_a_point_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError):
        edit.make(with_points([[0, 0, 0]]), NONE)


@pytest.mark.parametrize("data", [None, BuiltInData("circle")])
def test_other_data_cannot_be_painted_on(data: BuiltInData | None) -> None:
    with pytest.raises(EditError):
        edits.clear_points().make(Experiment(data=data), NONE)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_points_follow_a_plain_list_and_come_back_from_a_file(seed: int) -> None:
    random = Random(seed)
    n_colours = random.randint(2, 4)
    expected: list[list[float]] = []
    experiment = with_points(expected, n_colours)
    for _ in range(20):
        row = random.randrange(len(expected)) if expected else 0
        place = [random.uniform(-6, 6), random.uniform(-6, 6)]
        match random.choice("ppppemc" if expected else "p"):
            case "p":
                point = [*place, float(random.randrange(n_colours))]
                experiment, expected = (
                    after(experiment, edits.paint_points(np.array([point]))),
                    [*expected, point],
                )
            case "e":
                experiment = after(experiment, edits.erase_points((row,)))
                expected = expected[:row] + expected[row + 1 :]
            case "m":
                experiment = after(experiment, edits.move_point(row, *place))
                expected = [[*place, known[2]] if n == row else known for n, known in enumerate(expected)]
            case "c":
                experiment, expected = after(experiment, edits.clear_points()), []
        assert cells_of(experiment) == expected
    again, _ = file.read(file.write(experiment, NONE))
    assert again.data == experiment.data
