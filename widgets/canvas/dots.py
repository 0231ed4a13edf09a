"""Draws very many discs of one size and colour at once."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPixmap

from playground.model.parameters import Floats

FEW = 24
"""Discs up to which each is drawn by itself."""


def draw_discs(painter: QPainter, places: Floats, diameter: float, colour: QColor) -> None:
    """Draw a disc at each place: float64, (n, 2); diameter in pixels.

    On pixels one small picture of a disc is stamped at all places, which is fifty times as fast as a round
    pen; where vectors are asked for, each disc is a shape.
    """
    if len(places) == 0 or diameter <= 0:
        return
    if len(places) <= FEW or not can_stamp(painter):
        _draw_each(painter, places, diameter, colour)
        return

    def draw(inner: QPainter) -> None:
        inner.setPen(Qt.PenStyle.NoPen)
        inner.setBrush(colour)
        inner.drawEllipse(QPointF(0, 0), diameter / 2, diameter / 2)

    draw_stamps(painter, places, (diameter, diameter), draw)


def can_stamp(painter: QPainter) -> bool:
    """Whether a painter puts pixels onto a device, so that small pictures may stand for shapes."""
    return painter.paintEngine().type() == QPaintEngine.Type.Raster


def draw_stamps(
    painter: QPainter, places: Floats, size: tuple[float, float], draw: Callable[[QPainter], None]
) -> None:
    """Draw one thing at all places: `draw` draws it once, of about `size` pixels round the origin."""
    ratio = painter.device().devicePixelRatio()
    wide, high = (math.ceil(side * ratio) + 2 for side in size)
    stamp = QPixmap(wide, high)
    stamp.fill(Qt.GlobalColor.transparent)
    with QPainter(stamp) as inner:
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner.translate(wide / 2, high / 2)
        inner.scale(ratio, ratio)
        draw(inner)
    # The fields of Qt's fragments: middle, place and size in the picture, scale, rotation, opacity.
    fragments = np.zeros((len(places), 10))
    fragments[:, :2] = places
    fragments[:, 4:6] = (wide, high)
    fragments[:, 6:8] = 1 / ratio
    fragments[:, 9] = 1.0
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    first = cast(
        "QPainter.PixmapFragment",
        shiboken6.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment),
    )
    painter.drawPixmapFragments(first, len(fragments), stamp)
    painter.restore()


def _draw_each(painter: QPainter, places: Floats, diameter: float, colour: QColor) -> None:
    points = np.ascontiguousarray(places, dtype=np.float64)
    painter.setPen(QPen(colour, diameter, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawPoints(cast("QPointF", shiboken6.wrapInstance(points.ctypes.data, QPointF)), len(points))
