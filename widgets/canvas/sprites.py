"""Draws nodes with all that stands round them; in larger networks each is kept as a picture of its own."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from playground.model.network import Node
from widgets.canvas.biases import paint_biases
from widgets.canvas.cache import PaintCache, Sprite
from widgets.canvas.fonts import SMALLEST_PX
from widgets.canvas.frame import Frame, painted_by
from widgets.canvas.layers import can_keep
from widgets.canvas.nodes import MOST_DETAILED, paint_discs, paint_node
from widgets.canvas.notes import CAPTION_ROOM, LABEL_PX, LABEL_ROOM, paint_notes
from widgets.canvas.tags import paint_blame
from widgets.canvas.topology import Indices

FEW_NODES = 24
"""Nodes up to which they are drawn afresh in every picture."""

ABOVE, BELOW, BESIDE = 28.0, 52.0, 50.0
"""How far a node's notes reach beyond its rim, in units of content; names beside it reach farther."""


def paint_standing(frame: Frame, cache: PaintCache | None, seen: Indices) -> None:
    """Draw nodes, their names, biases and blame; very many of them as plain discs."""
    if len(seen) > MOST_DETAILED:
        paint_discs(frame, seen)
        return
    if cache is None or len(seen) <= FEW_NODES or not can_keep(frame):
        for index in seen:
            _paint_one(frame, int(index))
        return
    cache.keep_sprites_of(
        (frame.camera, frame.style.theme, frame.painter.device().devicePixelRatio(), frame.stage.level),
        (frame.geometry.centres, frame.stage.network),
    )
    looks = frame.readings.looks_of_nodes()
    moving = (frame.readings.squashing > 0) & (frame.readings.squashing < 1)
    nodes = frame.readings.network.node_ids
    has_trace = frame.readings.trace is not None
    for index in seen.tolist():
        if moving[index]:
            _paint_one(frame, index)
            continue
        node, stage = nodes[index], frame.stage
        look = (
            looks[index],
            has_trace,
            index in frame.emphasis.nodes,
            node in stage.selection.nodes,
            node == stage.hovered_node,
            node in stage.badges,
            frame.images if frame.shows_map(node) else None,
        )
        sprite = cache.sprite(index, look, _maker(frame, index))
        frame.painter.drawImage(sprite.at, sprite.image)


def _maker(frame: Frame, index: int) -> Callable[[], Sprite]:
    return lambda: _sprite(frame, index)


def _paint_one(frame: Frame, index: int) -> None:
    nodes = np.array([index], np.intp)
    paint_node(frame, index)
    paint_notes(frame, nodes)
    paint_biases(frame, nodes)
    paint_blame(frame, nodes)


def _sprite(frame: Frame, index: int) -> Sprite:
    """A node drawn onto a transparent ground of its own."""
    node = frame.readings.network.nodes[frame.readings.network.node_ids[index]]
    around = _extent(frame, node, index)
    at = QPointF(math.floor(around.left()), math.floor(around.top()))
    ratio = frame.painter.device().devicePixelRatio()
    wide, high = math.ceil(around.right() - at.x()), math.ceil(around.bottom() - at.y())
    image = QImage(
        math.ceil(wide * ratio), math.ceil(high * ratio), QImage.Format.Format_ARGB32_Premultiplied
    )
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-at)
        _paint_one(painted_by(frame, painter), index)
    return Sprite(at, image)


def _extent(frame: Frame, node: Node, index: int) -> QRectF:
    unit, radius = frame.unit, frame.radius
    x, y = float(frame.centres[index, 0]), float(frame.centres[index, 1])
    names = LABEL_ROOM * unit + 20 if LABEL_PX * unit >= SMALLEST_PX else 0.0
    left = right = radius + BESIDE * unit
    if node.role == "hidden":
        left = right = max(left, CAPTION_ROOM * unit / 2 + 8)
    elif node.role == "input":
        left = radius + names + BESIDE * unit
    else:
        right = radius + names + BESIDE * unit
    top, bottom = radius + ABOVE * unit, radius + BELOW * unit
    return QRectF(x - left, y - top, left + right, top + bottom)
