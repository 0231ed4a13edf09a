"""Draws the lower layers of a picture: the ground with its grid, all edges, and those that stand out."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter

from playground.model.parameters import Floats
from widgets.canvas.cache import PaintCache
from widgets.canvas.edges import MOST_CURVES, MOST_LIVE_CURVES, paint_curves, paint_signs, visible
from widgets.canvas.frame import Frame
from widgets.canvas.geometry import edge_widths
from widgets.canvas.grid import paint_grid
from widgets.canvas.topology import Indices

MOST_SIGNS = 640


def paint_ground(frame: Frame, cache: PaintCache | None) -> None:
    """Draw the ground, the grid and all edges, from the kept layer where nothing of it has changed."""
    painter = frame.painter
    weights = frame.readings.weights
    widths = edge_widths(weights) * frame.unit
    progress = frame.readings.weight_progress
    changing = bool(((progress > 0) & (progress < 1)).any())
    device = painter.device()
    turned = painter.transform().isScaling() or painter.transform().isRotating()
    if cache is None or turned:
        _paint_all(frame, painter, weights, widths, changing=changing)
        return
    ratio = device.devicePixelRatio()
    drawn = frame.geometry.drawn
    looks = (np.round(widths[drawn] * 4).astype(np.int16) * np.where(weights[drawn] < 0, -1, 1)).tobytes()
    soft = frame.emphasis.focus is not None or len(frame.emphasis.path) > 0
    key = (id(frame.geometry.curves), frame.camera, frame.style.theme, ratio, looks, soft, changing)

    def build() -> QImage:
        image = QImage(
            round(frame.camera.width * ratio), round(frame.camera.height * ratio), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(ratio)
        with QPainter(image) as layer:
            layer.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint_all(frame, layer, weights, widths, changing=changing)
        return image

    painter.drawImage(0, 0, cache.layer(key, frame.geometry.curves, build))


def paint_outstanding(frame: Frame) -> None:
    """Draw the edges that matter now over all others: in focus, pointed at, changing, on the lit path."""
    emphasis, geometry, style = frame.emphasis, frame.geometry, frame.style
    weights = frame.readings.weights
    widths = edge_widths(weights) * frame.unit
    progress = frame.readings.weight_progress
    changing = np.flatnonzero((progress > 0) & (progress < 1))
    if len(changing) <= MOST_LIVE_CURVES:
        _paint_some(frame, changing, widths[changing] + 7 * frame.unit, style.accent_soft)
        _paint_by_sign(frame, changing, weights, widths)
    _paint_some(frame, emphasis.hovered, widths[emphasis.hovered] + 6 * frame.unit, style.line)
    _paint_some(frame, emphasis.selected, widths[emphasis.selected] + 5 * frame.unit, style.accent)
    if len(emphasis.path):
        share = np.sqrt(np.clip(np.nan_to_num(emphasis.path_share), 0.0, 1.0))
        _paint_some(frame, emphasis.path, (1.5 + 6.0 * share) * frame.unit, style.backward)
    if emphasis.focus is not None:
        _paint_by_sign(frame, emphasis.focus, weights, widths)
    pointed = np.union1d(emphasis.hovered, emphasis.selected)
    _paint_by_sign(frame, pointed, weights, widths)
    bare = np.setdiff1d(emphasis.focus if emphasis.focus is not None else pointed, emphasis.pills)
    bare = bare[np.isfinite(geometry.pill_centres[bare, 0])]
    if len(bare) <= MOST_LIVE_CURVES:
        paint_signs(
            frame.painter, frame.pills[bare], weights[bare], frame.unit, style, np.zeros(len(bare), bool)
        )


def _paint_all(frame: Frame, painter: QPainter, weights: Floats, widths: Floats, *, changing: bool) -> None:
    camera, style, geometry = frame.camera, frame.style, frame.geometry
    painter.fillRect(0, 0, round(camera.width) + 1, round(camera.height) + 1, style.stage)
    paint_grid(painter, camera, style)
    curves = camera.to_view(geometry.curves[geometry.drawn])
    seen = visible(curves, camera.width, camera.height)
    edges = geometry.drawn[seen]
    soft = frame.emphasis.focus is not None or len(frame.emphasis.path) > 0
    colours = (style.positive_soft, style.negative_soft) if soft else (style.positive, style.negative)
    which = (weights[edges] < 0).astype(np.intp)
    most = MOST_LIVE_CURVES if changing else MOST_CURVES
    paint_curves(painter, curves[seen], widths[edges], colours, which, most)
    if len(edges) <= MOST_SIGNS:
        paint_signs(painter, frame.pills[edges], weights[edges], frame.unit, style, np.full(len(edges), soft))


def _paint_by_sign(frame: Frame, edges: Indices, weights: Floats, widths: Floats) -> None:
    colours = (frame.style.positive, frame.style.negative)
    _paint(frame, edges, widths[edges], colours, (weights[edges] < 0).astype(np.intp))


def _paint_some(frame: Frame, edges: Indices, widths: Floats, colour: QColor) -> None:
    _paint(frame, edges, widths, (colour,), np.zeros(len(edges), np.intp))


def _paint(frame: Frame, edges: Indices, widths: Floats, colours: tuple[QColor, ...], which: Indices) -> None:
    if len(edges) == 0:
        return
    curves = frame.camera.to_view(frame.geometry.curves[edges])
    seen = visible(curves, frame.camera.width, frame.camera.height)
    paint_curves(frame.painter, curves[seen], widths[seen], colours, which[seen], MOST_LIVE_CURVES)
