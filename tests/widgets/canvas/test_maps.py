"""Nodes show their maps: upright, when they should, on every device."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from playground.model.experiment import Experiment
from playground.model.maps import MapMode, NodeMaps, levels
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Selection, Stage
from resources.theme import DARK, LIGHT, Theme
from tests.bench.frames import placed
from tests.strategies import dense_network
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.paint import paint

SIZES = (2, 3, 1)
WIDTH, HEIGHT = 900, 600
UPRIGHT = np.array([[1.0, 1.0], [0.0, 0.0], [-1.0, -1.0]])
"""High values on top, low ones below."""


def network(sizes: tuple[int, ...] = SIZES) -> Network:
    return placed(dense_network(sizes), sizes)


def stage(mode: MapMode = "on", values: np.ndarray = UPRIGHT, drawn: Network | None = None) -> Stage:
    """A stage on which every node has the same map."""
    shown = drawn or network()
    maps = NodeMaps(shown.node_ids, levels(np.tile(values, (len(shown.nodes), 1, 1))))
    return Stage(Experiment(shown), Parameters.zeros(shown), maps=(maps,), map_mode=mode)


def camera(shown: Stage) -> Camera:
    return Camera.fitted(Geometry.of(shown.network, shown.parameters).bounds, WIDTH, HEIGHT)


def picture(shown: Stage, theme: Theme = LIGHT, cache: PaintCache | None = None) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        paint(painter, shown, camera(shown), theme, 1.0, cache)
    return image


def colours(image: QImage, shown: Stage, node: int) -> tuple[QColor, QColor]:
    """The colours in the upper and the lower part of a node, beside its number and its bias."""
    geometry, seen = Geometry.of(shown.network, shown.parameters), camera(shown)
    (x, y) = seen.to_view(geometry.centres)[shown.network.node_index[node]].tolist()
    radius = geometry.radius * seen.zoom
    across = round(x + 0.72 * radius)
    return (
        image.pixelColor(across, round(y - 0.62 * radius)),
        image.pixelColor(across, round(y + 0.62 * radius)),
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_a_map_in_a_node_is_upright(theme: Theme) -> None:
    shown = stage()
    image = picture(shown, theme)
    for node in shown.network.nodes:
        upper, lower = colours(image, shown, node)
        assert upper.blue() > upper.red() + 60
        assert lower.red() > lower.blue() + 60


def test_modes_decide_which_nodes_show_their_maps() -> None:
    bare = picture(replace(stage(), maps=()))
    assert picture(stage("off")) == bare
    assert picture(stage("hover")) == bare
    hovered = replace(stage("hover"), hovered_node=4)
    upper, lower = colours(picture(hovered), hovered, 4)
    assert upper.blue() > upper.red() + 60 > lower.blue()
    assert colours(picture(hovered), hovered, 3) == colours(bare, hovered, 3)
    chosen = replace(stage("hover"), selection=Selection(frozenset({3})))
    upper, _ = colours(picture(chosen), chosen, 3)
    assert upper.blue() > upper.red() + 60


def test_a_kept_picture_shows_the_newest_maps() -> None:
    cache, large = PaintCache(), network((4, 11, 11, 4))
    first = stage(drawn=large)
    turned = stage(values=-UPRIGHT, drawn=large)
    for shown in (first, turned, first):
        image = picture(shown, cache=cache)
        assert image == picture(shown, cache=cache)
        upper, _ = colours(image, shown, 9)
        assert (upper.blue() > upper.red()) == (shown is first)


def test_an_output_of_a_class_has_its_colour() -> None:
    shown = stage()
    (maps,) = shown.maps
    of_class = replace(shown, maps=(NodeMaps(maps.node_ids, maps.levels, classes={6: 2}),))
    upper, lower = colours(picture(of_class), of_class, 6)
    assert upper.green() > max(upper.red(), upper.blue()) + 20
    assert lower.lightness() > 230


def test_what_has_no_value_is_hatched() -> None:
    shown = stage(values=np.full((3, 2), np.nan))
    bare = picture(replace(shown, maps=()))
    image = picture(shown)
    upper, lower = colours(image, shown, 3)
    assert image != bare
    assert upper.saturation() < 40
    assert lower.saturation() < 40


def test_weights_are_sharp_pixels() -> None:
    shown = stage(values=np.array([[1.0, -1.0], [-1.0, 1.0]]))
    (maps,) = shown.maps
    sharp = replace(shown, maps=(NodeMaps(maps.node_ids, maps.levels, "weights"),))
    assert picture(sharp) != picture(shown)


def test_maps_of_nodes_that_are_gone_do_no_harm() -> None:
    shown = stage()
    (maps,) = shown.maps
    gone = replace(shown, maps=(NodeMaps((77, *maps.node_ids[1:]), maps.levels),))
    assert picture(gone) != picture(shown)


def test_drawings_of_vectors_hold_the_maps() -> None:
    shown = stage()

    def drawing(of: Stage) -> bytes:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        generator = QSvgGenerator()
        generator.setOutputDevice(buffer)
        generator.setSize(QSize(WIDTH, HEIGHT))
        generator.setViewBox(QRectF(0, 0, WIDTH, HEIGHT))
        with QPainter(generator) as painter:
            paint(painter, of, camera(of), LIGHT)
        return bytes(buffer.data().data())

    assert drawing(shown).count(b"<image") == len(shown.network.nodes)
    assert drawing(replace(shown, maps=())).count(b"<image") == 0
