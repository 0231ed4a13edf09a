"""Draws the pills that show weights on edges."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPen

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
    # Pointed-at pills lie on top.
    for edge in sorted(edges.tolist(), key=lambda e: (e in selected or e in hovered, e)):
        if np.isfinite(frame.pills[edge, 0]):
            _paint_pill(frame, edge, size, is_selected=edge in selected, is_hovered=edge in hovered)


def _paint_pill(frame: Frame, edge: int, size: float, *, is_selected: bool, is_hovered: bool) -> None:
    painter, style, unit = frame.painter, frame.style, frame.unit
    x, y = float(frame.pills[edge, 0]), float(frame.pills[edge, 1])
    label = weight_label(frame.readings, edge)
    changes = label.before is not None
    least, high = (side * frame.camera.zoom for side in frame.geometry.pill_size)
    wide = max(frame.fonts.width(label.text, size, STRONG) + 18 * unit, least)
    pill = box(x, y, wide, high)
    ink = style.accent if changes else style.ink_of(label.value)
    if is_selected:
        painter.setPen(QPen(style.accent, max(2.4 * unit, 1.5)))
        painter.setBrush(style.stage)
        draw_pill(painter, box(x, y, wide + 8 * unit, high + 8 * unit))
    painter.setPen(QPen(ink, max((2.2 if is_hovered or changes else 1.6) * unit, 1.0)))
    painter.setBrush(style.accent_soft if changes else style.surface)
    draw_pill(painter, pill)
    frame.write(label.text, pill, size, ink, STRONG)
