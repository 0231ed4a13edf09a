"""Draws all edges of a stage, and over them those that stand out."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QPainter, QPen

from playground.model.parameters import Floats
from widgets.canvas.edges import (
    FARTHEST_PX,
    MOST_CURVES,
    MOST_LIVE_CURVES,
    clipped,
    draw_lines,
    paint_curves,
    paint_signs,
    visible,
)
from widgets.canvas.emphasis import union
from widgets.canvas.frame import Frame
from widgets.canvas.geometry import edge_widths
from widgets.canvas.topology import Indices

EDGES_AT_ONCE = 640
"""Edges that are drawn together; a layer of very many is drawn by such parts."""

FEW_IN_PART = 48
"""Edges of a part that are in the picture up to which they are true curves in a large network too."""

MOST_SIGNS = 640
MOST_LIVE_FOCUS = 24
"""Edges in focus up to which they are drawn afresh in every picture; more belong to the kept layer."""

MOST_GLOWING = 24
"""Changing edges up to which they are set apart by a soft border."""

MOST_SMOOTH = 640
"""Changing edges up to which they are drawn with smooth borders."""


def draws_soft(frame: Frame) -> bool:
    """Whether all edges are drawn soft, since something else matters more."""
    return frame.emphasis.focus is not None or len(frame.emphasis.path) > 0


def paint_all_edges(frame: Frame, first: int = 0, until: int | None = None) -> None:
    """Draw all edges that are in the picture, their signs, and a large focus.

    first, until : only a part of the edges that are drawn, by their places in `Geometry.drawn`
    """
    style, emphasis = frame.style, frame.emphasis
    drawn = frame.geometry.drawn
    soft = draws_soft(frame)
    smooth = not frame.readings.is_changing or len(drawn) <= MOST_SMOOTH
    frame.painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    last = len(drawn) if until is None else min(until, len(drawn))
    most = MOST_LIVE_CURVES if frame.readings.is_changing else MOST_CURVES
    for begin in range(first, last, EDGES_AT_ONCE):
        part = drawn[begin : min(begin + EDGES_AT_ONCE, last)]
        _paint(frame, part, None, _colours(frame, soft=soft), most if len(drawn) <= most else FEW_IN_PART)
    if len(drawn) <= MOST_SIGNS:
        weights, faint = frame.readings.weights_of(drawn), np.full(len(drawn), soft)
        paint_signs(frame.painter, frame.pills[drawn], weights, frame.unit, style, faint)
    if last == len(drawn) and emphasis.focus is not None and len(emphasis.focus) > MOST_LIVE_FOCUS:
        _paint_by_sign(frame, emphasis.focus)
    frame.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_straight_edges(frame: Frame) -> None:
    """Draw all edges as thin straight lines, which is quick for very many, and a large focus over them."""
    frame.painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    soft = draws_soft(frame)
    _paint_straight(frame, frame.geometry.drawn, _colours(frame, soft=soft))
    focus = frame.emphasis.focus
    if focus is not None and len(focus) > MOST_LIVE_FOCUS:
        _paint_straight(frame, focus, _colours(frame, soft=False))
    frame.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_straight(frame: Frame, edges: Indices, colours: tuple[QColor, QColor]) -> None:
    edges = edges[np.isfinite(frame.pills[edges, 0])]
    ends = frame.camera.to_view(frame.geometry.curves[edges][:, [0, 3]]).reshape(-1, 4)
    negative = frame.readings.weights_of(edges) < 0
    for colour, chosen in zip(colours, (~negative, negative), strict=True):
        frame.painter.setPen(QPen(colour, 1.0))
        draw_lines(frame.painter, clipped(ends[chosen], FARTHEST_PX))


def _colours(frame: Frame, *, soft: bool) -> tuple[QColor, QColor]:
    style = frame.style
    return (style.positive_soft, style.negative_soft) if soft else (style.positive, style.negative)


def paint_outstanding(frame: Frame) -> None:
    """Draw the edges that matter now over all others: in focus, pointed at, changing, on the lit path."""
    emphasis, style, unit = frame.emphasis, frame.style, frame.unit
    progress = frame.readings.weight_progress
    changing = np.flatnonzero((progress > 0) & (progress < 1))
    if len(changing) <= MOST_GLOWING:
        _paint_one(frame, changing, _widths(frame, changing) + 7 * unit, style.accent_soft)
        _paint_by_sign(frame, changing)
    _paint_one(frame, emphasis.hovered, _widths(frame, emphasis.hovered) + 6 * unit, style.line)
    _paint_one(frame, emphasis.selected, _widths(frame, emphasis.selected) + 5 * unit, style.accent)
    if len(emphasis.path):
        share = np.sqrt(np.clip(np.nan_to_num(emphasis.path_share), 0.0, 1.0))
        _paint_one(frame, emphasis.path, (1.5 + 6.0 * share) * unit, style.backward)
    pointed = union([emphasis.hovered, emphasis.selected])
    focus = emphasis.focus
    live = pointed if focus is None or len(focus) > MOST_LIVE_FOCUS else union([focus, pointed])
    _paint_by_sign(frame, live)
    bare = np.setdiff1d(live, emphasis.pills, assume_unique=True)
    bare = bare[np.isfinite(frame.pills[bare, 0])]
    weights = frame.readings.weights_of(bare)
    paint_signs(frame.painter, frame.pills[bare], weights, unit, style, np.zeros(len(bare), bool))


def _widths(frame: Frame, edges: Indices) -> Floats:
    return edge_widths(frame.readings.weights_of(edges)) * frame.unit


def _paint_by_sign(frame: Frame, edges: Indices) -> None:
    _paint(frame, edges, None, (frame.style.positive, frame.style.negative))


def _paint_one(frame: Frame, edges: Indices, widths_px: Floats, colour: QColor) -> None:
    _paint(frame, edges, widths_px, (colour, colour))


def _paint(
    frame: Frame,
    edges: Indices,
    widths_px: Floats | None,
    colours: tuple[QColor, QColor],
    most_curves: int = MOST_LIVE_CURVES,
) -> None:
    """Draw edges in the colours of positive and negative weights.

    widths_px : of each of the edges; None draws them by their weights
    """
    curves = frame.camera.to_view(frame.geometry.curves[edges])
    seen = visible(curves, frame.camera.width, frame.camera.height)
    weights = frame.readings.weights_of(edges[seen])
    widths = edge_widths(weights) * frame.unit if widths_px is None else widths_px[seen]
    paint_curves(frame.painter, curves[seen], widths, colours, (weights < 0).astype(np.intp), most_curves)
