"""Draws all edges of a stage, and over them those that stand out."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QPainter

from playground.model.parameters import Floats
from widgets.canvas.edges import MOST_CURVES, MOST_LIVE_CURVES, paint_curves, paint_signs, visible
from widgets.canvas.frame import Frame
from widgets.canvas.geometry import edge_widths
from widgets.canvas.topology import Indices

MOST_SIGNS = 640
MOST_GLOWING = 24
"""Changing edges up to which they are set apart by a soft border."""

MOST_SMOOTH = 640
"""Changing edges up to which they are drawn with smooth borders."""


def draws_soft(frame: Frame) -> bool:
    """Whether all edges are drawn soft, since something else matters more."""
    return frame.emphasis.focus is not None or len(frame.emphasis.path) > 0


def paint_all_edges(frame: Frame) -> None:
    """Draw all edges that are in the picture, their signs, and a large focus."""
    style, emphasis, changing = frame.style, frame.emphasis, frame.readings.is_changing
    edges = frame.geometry.drawn
    soft = draws_soft(frame)
    colours = (style.positive_soft, style.negative_soft) if soft else (style.positive, style.negative)
    smooth = not changing or len(edges) <= MOST_SMOOTH
    frame.painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
    edges = _paint(frame, edges, None, colours, MOST_LIVE_CURVES if changing else MOST_CURVES)
    if len(edges) <= MOST_SIGNS:
        weights = frame.readings.weights[edges]
        paint_signs(frame.painter, frame.pills[edges], weights, frame.unit, style, np.full(len(edges), soft))
    if emphasis.focus is not None and len(emphasis.focus) > MOST_LIVE_CURVES:
        _paint_by_sign(frame, emphasis.focus)
    frame.painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def paint_outstanding(frame: Frame) -> None:
    """Draw the edges that matter now over all others: in focus, pointed at, changing, on the lit path."""
    emphasis, style, unit = frame.emphasis, frame.style, frame.unit
    widths = edge_widths(frame.readings.weights) * unit
    progress = frame.readings.weight_progress
    changing = np.flatnonzero((progress > 0) & (progress < 1))
    if len(changing) <= MOST_GLOWING:
        _paint_one(frame, changing, widths[changing] + 7 * unit, style.accent_soft)
        _paint_by_sign(frame, changing)
    _paint_one(frame, emphasis.hovered, widths[emphasis.hovered] + 6 * unit, style.line)
    _paint_one(frame, emphasis.selected, widths[emphasis.selected] + 5 * unit, style.accent)
    if len(emphasis.path):
        share = np.sqrt(np.clip(np.nan_to_num(emphasis.path_share), 0.0, 1.0))
        _paint_one(frame, emphasis.path, (1.5 + 6.0 * share) * unit, style.backward)
    pointed = np.union1d(emphasis.hovered, emphasis.selected)
    focus = emphasis.focus if emphasis.focus is not None else pointed
    if len(focus) <= MOST_LIVE_CURVES:
        _paint_by_sign(frame, np.union1d(focus, pointed))
        bare = np.setdiff1d(focus, emphasis.pills)
        bare = bare[np.isfinite(frame.pills[bare, 0])]
        weights = frame.readings.weights[bare]
        paint_signs(frame.painter, frame.pills[bare], weights, unit, style, np.zeros(len(bare), bool))


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
) -> Indices:
    """Draw edges in the colours of positive and negative weights; returns those that are in the picture.

    widths_px : of each of the edges; None draws them by their weights
    """
    curves = frame.camera.to_view(frame.geometry.curves[edges])
    seen = visible(curves, frame.camera.width, frame.camera.height)
    weights = frame.readings.weights[edges[seen]]
    widths = edge_widths(weights) * frame.unit if widths_px is None else widths_px[seen]
    paint_curves(frame.painter, curves[seen], widths, colours, (weights < 0).astype(np.intp), most_curves)
    return np.asarray(edges[seen])
