"""Pixels are known by the names of their columns."""

from __future__ import annotations

import pytest

from playground.engine.fitting import fitting_experiment
from playground.model.experiment import BuiltInData
from playground.model.layout import tidy
from playground.model.network import Network, Node
from playground.model.pixels import pixel_places

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


def test_a_picture_is_still_one_when_it_is_tidied_up() -> None:
    network = fitting_experiment(BuiltInData("digits", 60))[0].network
    places = tidy(network)
    pixels = {network.nodes[node].feature: places[node] for node in network.inputs}
    assert len({x for x, _ in pixels.values()}) == len({y for _, y in pixels.values()}) == 8
    for row in range(8):
        for column in range(8):
            assert pixels[f"pixel_{row}_{column}"][1] == pixels[f"pixel_{row}_0"][1]
            assert pixels[f"pixel_{row}_{column}"][0] == pixels[f"pixel_0_{column}"][0]
    assert pixels["pixel_0_0"] < pixels["pixel_0_1"]
    assert pixels["pixel_0_0"][1] < pixels["pixel_1_0"][1]
    others = [places[node] for node in network.nodes if node not in network.inputs]
    assert max(x for x, _ in pixels.values()) < min(x for x, _ in others)


def test_other_inputs_stand_beside_a_picture_that_is_tidied_up() -> None:
    features = [*SQUARE, "pixel_0_0", "weight"]
    nodes = [Node(number, "input", feature=name) for number, name in enumerate(features, start=1)]
    places = tidy(Network.build(nodes))
    assert len(set(places.values())) == len(features)
    picture = [places[number] for number in range(2, 22)]
    assert max(x for x, _ in picture) < min(places[1][0], places[22][0])
