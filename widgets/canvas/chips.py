"""Draws what travels forward: round chips that carry a value to the weight and its product on."""

from __future__ import annotations

from PySide6.QtGui import QPen

from playground.model.parameters import Floats
from widgets.canvas import curve
from widgets.canvas.dots import draw_discs
from widgets.canvas.fonts import HEAVY
from widgets.canvas.frame import Frame, box
from widgets.canvas.labels import chip_label
from widgets.canvas.shapes import draw_pill
from widgets.canvas.topology import Indices

CHIP_PX = 12.0
CHIP_HEIGHT = 30.0
MOST_LETTERED = 36
"""Chips under way up to which each carries its number; more travel as dots."""


def travelled(frame: Frame, edges: Indices, way: Floats) -> Floats:
    """Where something is on each edge after a share of its way, eased: (n, 2), pixels.

    Halfway it is at the weight's pill, wherever that sits on the edge.
    """
    curves = frame.geometry.curves[edges]
    pill = curve.length_share(curves, frame.geometry.pill_at[edges])
    t = curve.at_length(curves, by_way_of(curve.smoothstep(way), pill))
    return frame.camera.to_view(curve.points(curves, t))


def by_way_of(way: Floats, middle: Floats) -> Floats:
    """A way in [0, 1] bent so that its half is at `middle`: piecewise linear."""
    first = 2.0 * way * middle
    second = middle + (2.0 * way - 1.0) * (1.0 - middle)
    return first * (way < 0.5) + second * (way >= 0.5)


def paint_chips(frame: Frame, edges: Indices) -> None:
    """Draw the chips on edges that are drawn."""
    if len(edges) == 0:
        return
    readings, style, unit = frame.readings, frame.style, frame.unit
    places = travelled(frame, edges, readings.carried[edges])
    if len(edges) > MOST_LETTERED or CHIP_PX * unit < 7:
        negative = readings.chip_value[edges] < 0
        for chosen, sign in ((~negative, 1.0), (negative, -1.0)):
            draw_discs(frame.painter, places[chosen], max(11 * unit, 4.0), style.ink_of(sign))
        return
    size = CHIP_PX * unit
    for edge, (x, y) in zip(edges.tolist(), places.tolist(), strict=True):
        label = chip_label(readings, edge)
        wide = max(frame.fonts.width(label.text, size, HEAVY) + 9 * unit, CHIP_HEIGHT * unit)
        chip = box(x, y, wide, CHIP_HEIGHT * unit)
        frame.painter.setPen(QPen(style.stage, 2 * unit))
        frame.painter.setBrush(style.ink_of(label.value))
        draw_pill(frame.painter, chip)
        frame.write(label.text, chip, size, style.on_chip, HEAVY)
