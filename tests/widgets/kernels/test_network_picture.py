"""The small picture says what the pointer is on, and lights up what it is told to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from playground.model.network import EdgeKey
from playground.model.stage import Stage
from resources.theme import LIGHT
from tests.widgets.kernels.networks import layered
from tests.widgets.spies import Heard
from widgets.canvas import curve
from widgets.kernels.network_picture import NetworkPicture, whole


def shown(qtbot: QtBot, stage: Stage) -> NetworkPicture:
    picture = NetworkPicture()
    qtbot.addWidget(picture)
    picture.resize(320, 300)
    picture.set_stage(stage)
    picture.show()
    return picture


def on_edge(picture: NetworkPicture, key: EdgeKey, share: float) -> QPoint:
    """A point on an edge's line, in the view."""
    geometry = picture.geometry_of_stage
    assert geometry is not None
    points = curve.sampled(geometry.curves[[geometry.network.edge_index[key]]], 20)[0]
    x, y = picture.camera.to_view(points[round(share * 20)])
    return QPoint(round(x), round(y))


def test_edges_and_nodes_under_the_pointer_are_said(qtbot: QtBot) -> None:
    stage = layered(1, 3)
    picture = shown(qtbot, stage)
    heard = Heard(picture.element_hovered)
    for key in stage.network.edge_keys:
        QTest.mouseMove(picture, on_edge(picture, key, 0.7))
    geometry = picture.geometry_of_stage
    assert geometry is not None
    x, y = picture.camera.to_view(geometry.centres[2])
    QTest.mouseMove(picture, QPoint(round(x), round(y)))
    QTest.mouseMove(picture, QPoint(2, 2))
    assert heard.firsts == [*stage.network.edge_keys, stage.network.node_ids[2], None]


def test_leaving_and_clicking(qtbot: QtBot) -> None:
    stage = layered(1, 3)
    picture = shown(qtbot, stage)
    heard, chosen = Heard(picture.element_hovered), Heard(picture.element_chosen)
    key = stage.network.edge_keys[1]
    QTest.mouseMove(picture, on_edge(picture, key, 0.5))
    QTest.mouseClick(picture, Qt.MouseButton.LeftButton, pos=on_edge(picture, key, 0.5))
    QApplication.sendEvent(picture, QEvent(QEvent.Type.Leave))
    assert heard.firsts == [key, None]
    assert chosen.firsts == [key]


@pytest.mark.parametrize("sizes", [(2, 3, 1), (90, 90)])
def test_a_lit_edge_is_seen_where_it_lies_even_if_it_is_not_drawn(
    qtbot: QtBot, sizes: tuple[int, ...]
) -> None:
    stage = layered(*sizes)
    picture = shown(qtbot, stage)
    geometry = picture.geometry_of_stage
    assert geometry is not None
    qtbot.waitUntil(lambda: not picture._finer.isActive())
    weakest = int(np.argmin(np.abs(geometry.weights)))
    before = picture.grab().toImage()
    key = stage.network.edge_keys[weakest]
    picture.set_hovered(key)
    qtbot.waitUntil(lambda: not picture._finer.isActive())
    ends = [geometry.topology.sources[weakest], geometry.topology.targets[weakest]]
    x, y = picture.camera.to_view(geometry.centres[ends].mean(axis=0))
    after = picture.grab().toImage()
    assert after != before
    ink = LIGHT.negative if geometry.weights[weakest] < 0 else LIGHT.positive
    assert after.pixelColor(round(x), round(y)) == QColor(ink)
    drawn, total = picture.drawn_edges
    assert (drawn < total) == (sizes == (90, 90))


def test_all_nodes_are_seen(qtbot: QtBot) -> None:
    for stage in (layered(2, 3, 1), layered(1, 30, 1), layered(1, 1), layered(3, 3, 3, 3, 3, 3, 3)):
        geometry = shown(qtbot, stage).geometry_of_stage
        assert geometry is not None
        for width, height in ((320, 300), (180, 140), (250, 400)):
            for left, right in ((0.0, 0.0), (60.0, 30.0)):
                camera = whole(geometry, width, height, left, right)
                radius = geometry.radius * camera.zoom
                places = camera.to_view(geometry.centres)
                assert places[:, 0].min() - radius >= left - 1e-6
                assert places[:, 0].max() + radius <= width - right + 1e-6
                assert places[:, 1].min() - radius >= -1e-6
                assert places[:, 1].max() + radius <= height + 1e-6


def test_an_edge_that_is_gone_is_forgotten_and_a_stage_without_nodes_is_painted(qtbot: QtBot) -> None:
    picture = shown(qtbot, layered(2, 2))
    picture.set_hovered((1, 3))
    picture.set_stage(layered(1, 1))
    assert picture.element is None
    nothing = layered(1, 1)
    network = replace(nothing.network, nodes={}, edges={}, groups={})
    picture.set_stage(replace(nothing, experiment=replace(nothing.experiment, network=network)))
    picture.grab()
