"""Draws biases: a small pill that hangs on each node's lower rim."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPen

from playground.model.parameters import Floats
from playground.model.stage import Stage
from widgets.canvas import numbers
from widgets.canvas.change import paint_change
from widgets.canvas.fonts import SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame, box
from widgets.canvas.geometry import Geometry
from widgets.canvas.labels import bias_label
from widgets.canvas.numbers import ARROW
from widgets.canvas.readings import Readings
from widgets.canvas.shapes import draw_pill
from widgets.canvas.topology import Indices

BIAS_PX = 11.5
BIAS_HEIGHT = 18.0
LETTER_WIDTH = 6.3
PADDING = 12.0


def bias_width(text: str) -> float:
    """How wide a bias's pill is, in units of content."""
    return len(text) * LETTER_WIDTH + PADDING


def bias_rects(stage: Stage, geometry: Geometry) -> Floats:
    """Left, top, right and bottom of each node's bias, in scene units: (n_nodes, 4); NaN at inputs."""
    readings = Readings.of(stage, geometry.topology)
    rects = np.full((len(geometry.centres), 4), np.nan)
    half_height = BIAS_HEIGHT * geometry.content / 2
    for index, node in enumerate(stage.network.nodes.values()):
        if node.role != "input":
            x, y = geometry.centres[index] + (0.0, geometry.radius)
            half_width = bias_width(bias_label(readings, index).text.split(ARROW)[0]) * geometry.content / 2
            rects[index] = (x - half_width, y - half_height, x + half_width, y + half_height)
    return rects


def paint_biases(frame: Frame, seen: Indices) -> None:
    """Draw the biases of nodes, where they are large enough to read."""
    unit, style = frame.unit, frame.style
    size = BIAS_PX * unit
    if size < SMALLEST_PX:
        return
    network = frame.readings.network
    for index in seen.tolist():
        if network.nodes[network.node_ids[index]].role == "input":
            continue
        label = bias_label(frame.readings, index)
        x, y = frame.centres[index]
        wide = bias_width(label.text.split(ARROW)[0]) * unit
        pill = box(float(x), float(y) + frame.radius, wide, BIAS_HEIGHT * unit)
        # The biases of the step show both values, the others the new one.
        changes = label.before is not None
        if changes and (index in frame.emphasis.nodes or frame.readings.bias_progress[index] < 1):
            paint_change(frame, label.text, pill, size)
            continue
        text = label.text if not changes else f"b {numbers.signed(label.value)}"
        pill = box(float(x), float(y) + frame.radius, bias_width(text) * unit, BIAS_HEIGHT * unit)
        frame.painter.setPen(QPen(style.accent if changes else style.rim, max(1.2 * unit, 1.0)))
        frame.painter.setBrush(style.accent_soft if changes else style.surface)
        draw_pill(frame.painter, pill)
        frame.write(text, pill, size, style.accent if changes else style.ink, STRONG)
