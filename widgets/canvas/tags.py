"""Draws what flows back: tags that point backward, with gradients on edges and blame on nodes."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from widgets.canvas.chips import MOST_LETTERED, travelled
from widgets.canvas.dots import FEW, can_stamp, draw_stamps
from widgets.canvas.fonts import HEAVY, SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame, box
from widgets.canvas.labels import blame_label, pile_label, rested_label, tag_label
from widgets.canvas.shapes import tag_outline
from widgets.canvas.topology import Indices

TAG_PX = 12.5
TAG_HEIGHT = 24.0
REST_PX = 11.5
REST_HEIGHT = 20.0


def resting(frame: Frame, edges: Indices) -> tuple[Indices, Indices]:
    """Of the edges at which a gradient lies: those that show its number, and those that only show a mark."""
    if REST_PX * frame.unit < SMALLEST_PX:
        return edges[:0], edges
    pilled = np.isin(edges, frame.emphasis.pills)
    shown = pilled | frame.emphasis.tags_at_rest
    # A weight that has changed has used up its gradient, and shows both its values in that place.
    used = pilled & (frame.readings.weight_progress[edges] > 0)
    return edges[shown & ~used], edges[~shown]


def paint_rested(frame: Frame, edges: Indices) -> None:
    """Draw the gradients that lie at edges, with their numbers, below the weights' pills."""
    readings, unit = frame.readings, frame.unit
    pilled = frozenset(frame.emphasis.pills.tolist())
    for edge in edges.tolist():
        x, y = float(frame.pills[edge, 0]), float(frame.pills[edge, 1])
        if edge in pilled:
            y += (frame.geometry.pill_size[1] * frame.camera.zoom + REST_HEIGHT * unit) / 2 + 1.5 * unit
        pile = pile_label(readings, edge)
        if pile is not None:
            for behind in (6.0 * unit, 3.0 * unit):
                _paint_tag(frame, edge, "", x + behind, y - behind, REST_PX, REST_HEIGHT, soft=True)
        text = rested_label(readings, edge).text + (f"  {pile.text}" if pile is not None else "")
        _paint_tag(frame, edge, text, x, y, REST_PX, REST_HEIGHT, soft=True)


def paint_rested_marks(frame: Frame, edges: Indices) -> None:
    """Draw the gradients that lie at edges as marks without numbers."""
    _paint_marks(frame, edges, frame.pills[edges], 0.8)


def paint_tags(frame: Frame, edges: Indices) -> None:
    """Draw the tags under way on edges that are drawn, with their number until they leave it at the edge."""
    readings = frame.readings
    on_way = edges[(readings.returned[edges] > 0) & (readings.returned[edges] < 1)]
    if len(on_way) == 0:
        return
    places = travelled(frame, on_way, 1.0 - readings.returned[on_way])
    with_number = readings.returned[on_way] < 0.5
    if len(on_way) > MOST_LETTERED or TAG_PX * frame.unit < SMALLEST_PX:
        with_number[:] = False
    _paint_marks(frame, on_way[~with_number], places[~with_number], 1.0)
    for edge, (x, y) in zip(on_way[with_number].tolist(), places[with_number].tolist(), strict=True):
        _paint_tag(frame, edge, tag_label(readings, edge).text, x, y, TAG_PX, TAG_HEIGHT, soft=False)


def paint_blame(frame: Frame, seen: Indices) -> None:
    """Draw the blame of nodes on their upper rims."""
    unit, network = frame.unit, frame.readings.network
    if REST_PX * unit < SMALLEST_PX:
        return
    for index in seen.tolist():
        label = blame_label(frame.readings, index)
        if label is None or network.nodes[network.node_ids[index]].role == "input":
            continue
        x, y = float(frame.centres[index, 0]), float(frame.centres[index, 1]) - frame.radius
        soft = index not in frame.emphasis.nodes
        _paint_shape(frame, label.text, x, y, (REST_PX, REST_HEIGHT), to_left=True, soft=soft)


def _paint_tag(
    frame: Frame, edge: int, text: str, x: float, y: float, size: float, height: float, *, soft: bool
) -> None:
    topology = frame.geometry.topology
    source, target = topology.sources[edge], topology.targets[edge]
    to_left = bool(frame.centres[source, 0] <= frame.centres[target, 0])
    _paint_shape(frame, text or "−0.00", x, y, (size, height), to_left=to_left, soft=soft, empty=not text)


def _paint_shape(
    frame: Frame,
    text: str,
    x: float,
    y: float,
    size: tuple[float, float],
    *,
    to_left: bool,
    soft: bool,
    empty: bool = False,
) -> None:
    unit, style, painter = frame.unit, frame.style, frame.painter
    text_px, height = size[0] * unit, size[1] * unit
    tip = 0.42 * height
    wide = frame.fonts.width(text, text_px, HEAVY) + tip + 11 * unit
    rect = box(x, y, wide, height)
    painter.setPen(QPen(style.backward if soft else style.stage, max(1.2 * unit, 1.0)))
    painter.setBrush(style.backward_soft if soft else style.backward)
    painter.drawPolygon(tag_outline(rect, to_left=to_left))
    if not empty:
        inside = rect.adjusted(tip * 0.8, 0, 0, 0) if to_left else rect.adjusted(0, 0, -tip * 0.8, 0)
        colour: QColor = _on_soft(frame) if soft else style.on_backward
        frame.write(text, inside, text_px, colour, STRONG if soft else HEAVY)


def _on_soft(frame: Frame) -> QColor:
    return frame.style.ink if frame.style.theme.is_dark else frame.style.backward


def _paint_marks(frame: Frame, edges: Indices, places: np.ndarray, size: float) -> None:
    """Draw small tags without numbers."""
    unit = max(frame.unit, 0.35) * size
    topology = frame.geometry.topology
    to_left = frame.centres[topology.sources[edges], 0] <= frame.centres[topology.targets[edges], 0]
    for chosen, left in ((places[to_left], True), (places[~to_left], False)):
        if len(chosen) == 0:
            continue
        outline = tag_outline(box(0, 0, 15 * unit, 11 * unit), to_left=left)

        def draw(painter: QPainter, outline: QPolygonF = outline) -> None:
            painter.setPen(QPen(frame.style.stage, max(unit, 0.6)))
            painter.setBrush(frame.style.backward)
            painter.drawPolygon(outline)

        if len(chosen) > FEW and can_stamp(frame.painter):
            draw_stamps(frame.painter, chosen, (17 * unit, 13 * unit), draw)
            continue
        for x, y in chosen.tolist():
            frame.painter.save()
            frame.painter.translate(x, y)
            draw(frame.painter)
            frame.painter.restore()
