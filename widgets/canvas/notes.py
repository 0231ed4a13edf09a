"""Draws what stands round nodes: labels, captions, and marks where something is the matter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPen

from playground.model.network import Node
from widgets.canvas.fonts import HEAVY, NORMAL, SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame, box
from widgets.canvas.geometry import LABEL_GAP
from widgets.canvas.topology import Indices
from widgets.text import say

LABEL_PX = 16.0
CAPTION_PX = 12.0
SMALLEST_CAPTION_PX = 9.5
SMALLEST_LABEL_PX = 10.0
FEW_NODES = 24
LEAST_UNIT = 0.3
"""Inputs and outputs of a small network keep names that can be read, down to this scale."""

LABEL_ROOM = 230.0
CAPTION_ROOM = 150.0


def paint_notes(frame: Frame, seen: Indices) -> None:
    """Draw the notes of the nodes; nothing where they would be too small to read."""
    network = frame.stage.network
    is_small = LABEL_PX * frame.unit < SMALLEST_PX
    if is_small and (len(network.nodes) > FEW_NODES or frame.unit < LEAST_UNIT):
        return
    for index in seen.tolist():
        node = network.nodes[network.node_ids[index]]
        x, y = float(frame.centres[index, 0]), float(frame.centres[index, 1])
        _paint_name(frame, node, x, y, say(network.names[node.id]))
        if node.id in frame.stage.badges:
            _paint_badge(frame, x + 0.72 * frame.radius, y - 0.72 * frame.radius)


def _paint_name(frame: Frame, node: Node, x: float, y: float, name: str) -> None:
    """Inputs are named on their left, outputs on their right, all others below."""
    unit, fonts, style = frame.unit, frame.fonts, frame.style
    beside = node.role != "hidden"
    named = bool(node.label)
    size = (LABEL_PX if beside and named else CAPTION_PX) * unit
    weight = STRONG if named else NORMAL
    if beside and named and len(frame.stage.network.nodes) <= FEW_NODES:
        size = max(size, SMALLEST_LABEL_PX)
    elif LABEL_PX * unit < SMALLEST_PX or (not named and size < SMALLEST_CAPTION_PX):
        return
    colour = style.ink if named else style.muted
    room = (LABEL_ROOM if beside else CAPTION_ROOM) * max(unit, size / LABEL_PX if beside else 0.0)
    text = fonts.elided(name, size, weight, room)
    if beside:
        gap = frame.radius + LABEL_GAP * unit
        centred = int(Qt.AlignmentFlag.AlignVCenter)
        if node.role == "input":
            place = QRectF(x - gap - 400 * unit, y - 20 * unit, 400 * unit, 40 * unit)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag(centred)
        else:
            place = QRectF(x + gap, y - 20 * unit, 400 * unit, 40 * unit)
            align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag(centred)
        frame.write(text, place, size, colour, weight, align)
    else:
        frame.write(text, box(x, y + frame.radius + 20 * unit, 300 * unit, 20 * unit), size, colour, weight)


def _paint_badge(frame: Frame, x: float, y: float) -> None:
    """A disc with an exclamation mark: the canvas's tooltip and the inspector say what is the matter."""
    unit = frame.unit
    disc = box(x, y, 20 * unit, 20 * unit)
    frame.painter.setPen(QPen(frame.style.stage, max(2 * unit, 1.0)))
    frame.painter.setBrush(frame.style.ink)
    frame.painter.drawEllipse(disc)
    frame.write("!", disc, 13 * unit, frame.style.stage, HEAVY)
