"""Paints a stage onto any device: a widget, a picture, a vector file."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from playground.model.message import message
from playground.model.stage import Stage
from resources.theme import Theme
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.chips import paint_chips
from widgets.canvas.edge_layer import paint_outstanding
from widgets.canvas.emphasis import Emphasis
from widgets.canvas.frame import Frame
from widgets.canvas.labels import Label, labels
from widgets.canvas.layers import paint_ground
from widgets.canvas.nodes import seen_nodes
from widgets.canvas.pills import paint_pills
from widgets.canvas.readings import Readings
from widgets.canvas.sprites import paint_standing
from widgets.canvas.tags import paint_rested, paint_rested_marks, paint_tags, resting
from widgets.canvas.topology import Indices
from widgets.canvas.verdict import paint_verdict
from widgets.text import say

__all__ = ["Label", "labels", "paint"]


def paint(
    painter: QPainter,
    stage: Stage,
    camera: Camera,
    theme: Theme,
    scale: float = 1.0,
    cache: PaintCache | None = None,
) -> None:
    """Paint a stage over the area (0, 0, camera.width, camera.height).

    scale : enlarges nodes, pills and texts, as far as nodes have room
    cache : what the view keeps between pictures; without it every edge is drawn as a true shape
    """
    kept = cache if cache is not None else PaintCache()
    geometry = kept.geometry(stage.network, stage.parameters, scale)
    frame = Frame(
        painter=painter,
        stage=stage,
        camera=camera,
        style=kept.style(theme),
        fonts=kept.fonts,
        geometry=geometry,
        readings=Readings.of(stage, geometry.topology),
        emphasis=Emphasis.of(stage, geometry),
        centres=camera.to_view(geometry.centres),
        pills=kept.pills(geometry, camera),
        images=kept.map_images(stage.maps, theme),
    )
    kept.drawn_edges, kept.total_edges = len(geometry.drawn), len(geometry.weights)
    painter.save()
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.setClipRect(QRectF(0, 0, camera.width, camera.height), Qt.ClipOperation.IntersectClip)
        _paint_layers(frame, cache)
    finally:
        painter.restore()


def _paint_layers(frame: Frame, cache: PaintCache | None) -> None:
    """Draw everything from the ground up."""
    paint_ground(frame, cache)
    paint_outstanding(frame)
    paint_pills(frame, _seen_edges(frame, frame.emphasis.pills))
    numbered, marked = resting(frame, _seen_edges(frame, frame.readings.rested))
    paint_rested(frame, numbered)
    paint_rested_marks(frame, marked)
    # What travels goes below the nodes: it comes out of them and goes into them.
    paint_tags(frame, _drawn(frame, np.flatnonzero(frame.readings.returned > 0)))
    paint_chips(frame, _drawn(frame, frame.readings.chips))
    paint_standing(frame, cache, seen_nodes(frame))
    paint_verdict(frame)
    _paint_remarks(frame)


def _drawn(frame: Frame, edges: Indices) -> Indices:
    """Those edges that have a curve."""
    return np.asarray(edges[np.isfinite(frame.pills[edges, 0])])


def _seen_edges(frame: Frame, edges: Indices) -> Indices:
    """Those edges whose pills are within the picture."""
    edges = _drawn(frame, edges)
    return np.asarray(edges[frame.inside(frame.pills[edges], 60 * max(frame.unit, 1.0))])


def _paint_remarks(frame: Frame) -> None:
    """Say what the picture leaves out, or what to do where it is empty."""
    camera, style = frame.camera, frame.style
    drawn, total = len(frame.geometry.drawn), len(frame.geometry.weights)
    if drawn < total:
        text = say(message("The strongest {drawn} of {total} arrows are drawn.", drawn=drawn, total=total))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        place = QRectF(16, 12, frame.fonts.width(text, 13) + 16, 26)
        frame.painter.setPen(Qt.PenStyle.NoPen)
        frame.painter.setBrush(style.stage)
        frame.painter.drawRoundedRect(place, 8, 8)
        frame.write(text, place.adjusted(8, 0, 0, 0), 13, style.muted, align=align)
    if len(frame.centres) == 0:
        text = say(message("Nothing is drawn yet. Choose Add node and click here, or press N."))
        frame.write(text, QRectF(0, 0, camera.width, camera.height), 17, style.muted)
