"""Pixels are known by the names of their columns."""

from __future__ import annotations

import pytest

from playground.engine.fitting import fitting_experiment
from playground.engine.pixels import pixel_places
from playground.model.experiment import BuiltInData

SQUARE = [f"pixel_{row}_{column}" for row in range(4) for column in range(5)]


def test_a_picture_has_a_place_for_each_pixel() -> None:
    places, shape = pixel_places(SQUARE)
    assert shape == (4, 5)
    assert places[0] == (0, 0)
    assert places[7] == (1, 2)
    assert len(set(places.values())) == 20


@pytest.mark.parametrize(
    "columns",
    [
        [],
        ["x1", "x2"],
        ["pixel_0_0"],
        [f"pixel_0_{n}" for n in range(9)],
        [*SQUARE, *"abcdefghijklmnopqrstu"],
    ],
)
def test_other_columns_are_no_picture(columns: list[str]) -> None:
    assert pixel_places(columns) == ({}, (0, 0))


def test_the_inputs_of_a_picture_stand_as_its_pixels() -> None:
    network = fitting_experiment(BuiltInData("digits", 60))[0].network
    at = {network.nodes[node].feature: network.nodes[node] for node in network.inputs}
    first, right, below = at["pixel_0_0"], at["pixel_0_1"], at["pixel_1_0"]
    assert right.x > first.x
    assert right.y == first.y
    assert below.y > first.y
    assert below.x == first.x
    hidden = min(node.x for node in network.nodes.values() if node.role == "hidden")
    assert max(node.x for node in at.values()) < hidden
