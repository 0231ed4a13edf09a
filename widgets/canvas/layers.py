"""The kept layers of a picture: what changes seldom is drawn once and shown until it changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from PySide6.QtGui import QImage, QPainter

from widgets.canvas.cache import PaintCache, Unfinished
from widgets.canvas.edge_layer import (
    EDGES_AT_ONCE,
    MOST_LIVE_FOCUS,
    draws_soft,
    paint_all_edges,
    paint_straight_edges,
)
from widgets.canvas.frame import Frame, painted_by
from widgets.canvas.geometry import edge_widths
from widgets.canvas.grid import paint_grid

MOST_AT_ONCE = 1_500
"""Edges up to which a layer is drawn in one go; more are first drawn straight, then finer part by part."""


def paint_ground(frame: Frame, cache: PaintCache | None) -> None:
    """Draw the ground, the grid and all edges."""
    if cache is None or not can_keep(frame):
        _paint_empty(frame)
        paint_all_edges(frame)
        return
    ratio = _ratio(frame)
    place = (frame.camera, frame.style.theme, ratio)
    curves = frame.geometry.curves
    key = (*place, id(curves), _looks_of_edges(frame))

    def ground() -> QImage:
        def build() -> QImage:
            return _drawn(frame, QImage.Format.Format_RGB32, _paint_empty)

        return cache.layer("ground", place, None, build).copy()

    def build_edges() -> QImage:
        return _onto(ground(), frame, paint_all_edges)

    def build_quickly() -> QImage:
        return _onto(ground(), frame, paint_straight_edges)

    cache.is_settled = True
    if len(frame.geometry.drawn) <= MOST_AT_ONCE or cache.has_layer("edges", key):
        frame.painter.drawImage(0, 0, cache.layer("edges", key, curves, build_edges))
        return
    frame.painter.drawImage(0, 0, cache.layer("quick", key, curves, build_quickly))
    cache.is_settled = _finish_more(frame, cache, key, ground)


def _finish_more(frame: Frame, cache: PaintCache, key: Hashable, ground: Callable[[], QImage]) -> bool:
    """Draw the next part of a layer of very many edges; says whether it is whole.

    Nothing is drawn for a key that is new: in a picture that moves, each would be thrown away.
    """
    part = cache.unfinished
    if part is None or part.key != key:
        cache.unfinished = Unfinished(key)
        return False
    if part.image is None:
        part.image = ground()
    until = part.done + EDGES_AT_ONCE
    image = _onto(part.image, frame, lambda inner: paint_all_edges(inner, part.done, until))
    part.done = until
    if until < len(frame.geometry.drawn):
        return False
    cache.layer("edges", key, frame.geometry.curves, lambda: image)
    cache.unfinished = None
    return False


def _onto(image: QImage, frame: Frame, draw: Callable[[Frame], None]) -> QImage:
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painted_by(frame, painter))
    return image


def _looks_of_edges(frame: Frame) -> Hashable:
    """All that the layer of edges depends on besides the places."""
    drawn = frame.geometry.drawn
    weights = frame.readings.weights_of(drawn)
    quarters = np.round(edge_widths(weights) * frame.unit * 4).astype(np.int16)
    focus = frame.emphasis.focus
    strong = focus.tobytes() if focus is not None and len(focus) > MOST_LIVE_FOCUS else b""
    return (
        (quarters * np.where(weights < 0, -1, 1)).tobytes(),
        draws_soft(frame),
        strong,
        frame.readings.is_changing,
        None if len(drawn) == len(frame.geometry.weights) else drawn.tobytes(),
    )


def _paint_empty(frame: Frame) -> None:
    camera = frame.camera
    frame.painter.fillRect(0, 0, int(camera.width) + 1, int(camera.height) + 1, frame.style.stage)
    paint_grid(frame.painter, camera, frame.style)


def _drawn(frame: Frame, form: QImage.Format, draw: Callable[[Frame], None]) -> QImage:
    ratio = _ratio(frame)
    image = QImage(round(frame.camera.width * ratio), round(frame.camera.height * ratio), form)
    image.setDevicePixelRatio(ratio)
    return _onto(image, frame, draw)


def _ratio(frame: Frame) -> float:
    return float(frame.painter.device().devicePixelRatio())


def can_keep(frame: Frame) -> bool:
    """Whether layers of pixels may be used: not while the painter enlarges or turns what it draws."""
    form = frame.painter.transform()
    return not form.isScaling() and not form.isRotating()
