"""Draws nodes: a circle, filled like water as far as its value goes, and the number in it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from playground.model.keys import Activation
from playground.model.network import Node
from widgets.canvas.activation_curve import paint_activation_curve
from widgets.canvas.dots import draw_discs
from widgets.canvas.fonts import HEAVY, SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame, box
from widgets.canvas.labels import node_label
from widgets.canvas.maps import CORNER, paint_map
from widgets.canvas.readings import NOTHING, PARTIAL, PROBABILITY, VALUE
from widgets.canvas.shapes import draw_pill
from widgets.canvas.topology import Indices

VALUE_PX = 17.5
SMALL_VALUE_PX = 13.0
MAP_VALUE_PX, PASS_VALUE_PX, POINTED_VALUE_PX = 14.6, 16.0, 10.0
"""The number on a map at rest, and in a pass, where it matters more than the map."""
MOST_DETAILED = 400
"""Nodes in the picture up to which each is drawn with its details; more are drawn as discs."""

LEVELS: Mapping[Activation, Callable[[float], float]] = {
    "sigmoid": abs,
    "tanh": abs,
    "sine": abs,
    "linear": lambda a: 1.0 - math.exp(-abs(a)),
    "relu": lambda a: 1.0 - math.exp(-abs(a)),
    "leaky_relu": lambda a: 1.0 - math.exp(-abs(a)),
    "softplus": lambda a: 1.0 - math.exp(-abs(a)),
}
"""How full a value makes a node: its size where it is bounded, else a curve that nears 1."""


def level(node: Node, value: float, *, is_probability: bool = False) -> float:
    """How full a node is, in [0, 1]; its sign shows by colour and by the number's sign."""
    if math.isnan(value):
        return 0.0
    form = abs if is_probability or node.role == "input" else LEVELS[node.activation]
    return min(max(form(value), 0.0), 1.0)


def seen_nodes(frame: Frame) -> Indices:
    """Indices of the nodes that are within the picture, rings and labels included."""
    return np.flatnonzero(frame.inside(frame.centres, 6 * frame.radius + 40))


def paint_node(frame: Frame, index: int) -> None:
    """Draw one node."""
    node = frame.readings.network.nodes[frame.readings.network.node_ids[index]]
    painter, style, radius = frame.painter, frame.style, frame.radius
    x, y = float(frame.centres[index, 0]), float(frame.centres[index, 1])
    circle = box(x, y, 2 * radius, 2 * radius)
    under_way = index in frame.emphasis.nodes and len(frame.emphasis.nodes) < len(frame.centres)
    has_map = frame.shows_map(node.id)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(style.surface)
    _draw_outline(frame, circle, is_square=has_map)
    kind = int(frame.readings.node_kind[index])
    if has_map:
        image = frame.images.image(node.id, 2 * radius, frame.painter.device().devicePixelRatio())
        paint_map(painter, image, circle, style.muted, has_gaps=node.id in frame.images.gaps)
    elif kind in {VALUE, PROBABILITY}:
        _paint_water(frame, node, circle, float(frame.readings.node_value[index]), kind == PROBABILITY)
    painter.setPen(
        QPen(style.ink if under_way else style.rim, max((3.0 if under_way else 1.6) * frame.unit, 1.0))
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw_outline(frame, circle, is_square=has_map)
    _paint_rings(frame, node, circle, is_square=has_map)
    if has_map:
        _paint_number_on_map(frame, node, index, circle)
    elif radius >= 9:
        _paint_number(frame, node, index, circle)


def _draw_outline(frame: Frame, room: QRectF, *, is_square: bool) -> None:
    """Draw a node's outline, with the painter's pen and brush: a circle, or round a map a square."""
    if is_square:
        round_px = CORNER * room.width() / 2
        frame.painter.drawRoundedRect(room, round_px, round_px)
    else:
        frame.painter.drawEllipse(room)


def _paint_number_on_map(frame: Frame, node: Node, index: int, room: QRectF) -> None:
    """Write a node's number onto its map: at its upper rim, in a pass in its middle.

    Where it would be too small to read, only nodes that are pointed at or chosen show it.
    """
    label = node_label(frame.readings, index)
    in_pass = frame.stage.moment is not None
    size = (PASS_VALUE_PX if in_pass else MAP_VALUE_PX) * frame.unit
    if node.id == frame.stage.hovered_node or node.id in frame.stage.selection.nodes:
        size = max(size, POINTED_VALUE_PX)
    if label is None or size < SMALLEST_PX:
        return
    wide = frame.fonts.width(label.text, size, HEAVY) + 0.9 * size
    middle = room.center().y() if in_pass else room.top()
    pill = box(room.center().x(), middle, wide, 1.56 * size)
    partial = int(frame.readings.node_kind[index]) == PARTIAL
    frame.painter.setPen(QPen(frame.style.rim, max(1.2 * frame.unit, 1.0)))
    frame.painter.setBrush(frame.style.surface)
    draw_pill(frame.painter, pill)
    ink = frame.style.muted if partial else frame.style.ink
    frame.write(label.text, pill, size, ink, STRONG if partial else HEAVY)


def _paint_water(frame: Frame, node: Node, circle: QRectF, value: float, is_probability: bool) -> None:
    full = level(node, value, is_probability=is_probability)
    gap = 3.2 * frame.unit
    inner = circle.adjusted(gap, gap, -gap, -gap)
    # The chord that leaves `full` of the height below it, in sixteenths of a degree from 3 o'clock.
    half = math.degrees(math.acos(1.0 - 2.0 * full))
    frame.painter.setBrush(frame.style.water_of(value))
    frame.painter.drawChord(inner, round((270 - half) * 16), round(2 * half * 16))


def _paint_rings(frame: Frame, node: Node, circle: QRectF, *, is_square: bool) -> None:
    unit = frame.unit
    if node.id in frame.stage.selection.nodes:
        gap = 5.5 * unit
        frame.painter.setPen(QPen(frame.style.accent, max(2.6 * unit, 1.5)))
        _draw_outline(frame, circle.adjusted(-gap, -gap, gap, gap), is_square=is_square)
    elif node.id == frame.stage.hovered_node:
        gap = 4.5 * unit
        frame.painter.setPen(QPen(frame.style.line, max(3.0 * unit, 1.5)))
        _draw_outline(frame, circle.adjusted(-gap, -gap, gap, gap), is_square=is_square)


def _paint_number(frame: Frame, node: Node, index: int, circle: QRectF) -> None:
    readings, unit, radius = frame.readings, frame.unit, frame.radius
    x, y = circle.center().x(), circle.center().y()
    label = node_label(readings, index)
    if label is None:
        if readings.trace is None and node.role != "input":
            paint_activation_curve(
                frame.painter, node.activation, (x, y), (1.05 * radius, 0.62 * radius), frame.style
            )
        return
    progress = float(readings.squashing[index])
    squashes = 0 < progress < 1 and node.role != "input" and readings.trace is not None
    if squashes and node.activation != "linear" and readings.trace is not None:
        z = float(readings.trace.sums[readings.row, index])
        paint_activation_curve(
            frame.painter,
            node.activation,
            (x, y - 0.26 * radius),
            (1.15 * radius, 0.62 * radius),
            frame.style,
            (z, progress),
        )
        _write_value(
            frame, label.text, box(x, y + 0.46 * radius, 2 * radius, 0.7 * radius), SMALL_VALUE_PX * unit
        )
        return
    partial = readings.node_kind[index] == PARTIAL
    _write_value(frame, label.text, circle, VALUE_PX * unit, muted=bool(partial))


def _write_value(frame: Frame, text: str, at: QRectF, size_px: float, *, muted: bool = False) -> None:
    size = max(size_px, 9.0)
    room = 1.72 * frame.radius
    wide = frame.fonts.width(text, size, HEAVY)
    if wide > room:
        size = math.floor(size * room / wide)
    frame.write(text, at, size, frame.style.muted if muted else frame.style.ink, STRONG if muted else HEAVY)


def paint_discs(frame: Frame, seen: Indices) -> None:
    """Draw very many nodes as discs: a rim and a filling by sign."""
    style, wide = frame.style, max(2 * frame.radius, 2.0)
    places = frame.centres[seen]
    empty = frame.readings.node_kind[seen] == NOTHING
    negative = frame.readings.node_value[seen] < 0
    draw_discs(frame.painter, places, wide, style.rim)
    for colour, chosen in (
        (style.surface, empty),
        (style.positive_water, ~empty & ~negative),
        (style.negative_water, ~empty & negative),
    ):
        draw_discs(frame.painter, places[chosen], wide - 2, colour)
