"""Draws the pills that show weights on edges."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPen

from widgets.canvas import numbers
from widgets.canvas.change import paint_change
from widgets.canvas.fonts import SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame, box
from widgets.canvas.labels import weight_label
from widgets.canvas.shapes import draw_pill
from widgets.canvas.topology import Indices

PILL_PX = 13.0


def paint_pills(frame: Frame, edges: Indices) -> None:
    """Draw the weights of some edges, each with its sign."""
    size = PILL_PX * frame.unit
    if size < SMALLEST_PX:
        return
    selected = frozenset(frame.emphasis.selected.tolist())
    hovered = frozenset(frame.emphasis.hovered.tolist())
    changing = frame.readings.weight_progress
    # What one points at lies on top, then what changes just now.
    order = sorted(edges.tolist(), key=lambda e: (e in selected or e in hovered, 0 < changing[e] < 1, e))
    for edge in order:
        if np.isfinite(frame.pills[edge, 0]):
            _paint_pill(frame, edge, size, is_selected=edge in selected, is_hovered=edge in hovered)


def _paint_pill(frame: Frame, edge: int, size: float, *, is_selected: bool, is_hovered: bool) -> None:
    painter, style, unit = frame.painter, frame.style, frame.unit
    label = weight_label(frame.readings, edge)
    least, high = (side * frame.camera.zoom for side in frame.geometry.pill_size)
    x, y = float(frame.pills[edge, 0]), float(frame.pills[edge, 1])
    wide = least if label.before is not None else frame.fonts.width(label.text, size, STRONG) + 16 * unit
    pill = box(x, y, max(wide, least), high)
    if is_selected and label.before is None:  # a change has a frame of its own
        around = 4 * unit
        painter.setPen(QPen(style.accent, max(2.4 * unit, 1.5)))
        painter.setBrush(style.stage)
        draw_pill(painter, pill.adjusted(-around, -around, around, around))
    changes = label.before is not None
    if changes and (edge in frame.emphasis.edges or frame.readings.weight_progress[edge] < 1):
        paint_change(frame, label.text, pill, size)
        return
    # What an earlier step has changed shows its new value alone, so that the cards of this step have room.
    text = numbers.signed(label.value) if changes else label.text
    ink = style.accent if changes else style.ink_of(label.value)
    painter.setPen(QPen(ink, max((2.2 if is_hovered else 1.6) * unit, 1.0)))
    painter.setBrush(style.accent_soft if changes else style.surface)
    draw_pill(painter, pill)
    frame.write(text, pill, size, ink, STRONG)
