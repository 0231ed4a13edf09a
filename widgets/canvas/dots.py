"""Draws very many discs of one size and colour at once."""

from __future__ import annotations

import math
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
    if len(places) <= FEW or painter.paintEngine().type() != QPaintEngine.Type.Raster:
        _draw_each(painter, places, diameter, colour)
        return
    ratio = painter.device().devicePixelRatio()
    side = math.ceil(diameter * ratio) + 2
    stamp = _stamp(side, diameter * ratio, colour)
    # The fields of Qt's fragments: middle, place and size in the picture, scale, rotation, opacity.
    fragments = np.zeros((len(places), 10))
    fragments[:, :2] = places
    fragments[:, 4:6] = side
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


def _stamp(side: int, diameter: float, colour: QColor) -> QPixmap:
    stamp = QPixmap(side, side)
    stamp.fill(Qt.GlobalColor.transparent)
    with QPainter(stamp) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(side / 2, side / 2), diameter / 2, diameter / 2)
    return stamp
