"""The quiet grid of dots behind the network."""

from __future__ import annotations

from typing import cast

import numpy as np
import shiboken6
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from widgets.canvas.camera import Camera
from widgets.canvas.style import Style

SPACING = 20.0
"""Scene units between dots at zoom 1; nodes that are moved come to rest on it."""

CLOSEST_PX = 16.0


def dots(camera: Camera) -> np.ndarray:
    """The view points of the grid's dots: (n, 2); at least CLOSEST_PX apart, whatever the zoom."""
    step = SPACING
    while step * camera.zoom < CLOSEST_PX:
        step *= 2
    left, top, right, bottom = camera.visible
    x = np.arange(np.ceil(left / step), np.floor(right / step) + 1) * step
    y = np.arange(np.ceil(top / step), np.floor(bottom / step) + 1) * step
    return camera.to_view(np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2))


def paint_grid(painter: QPainter, camera: Camera, style: Style) -> None:
    """Draw the dots."""
    points = np.ascontiguousarray(dots(camera))
    if len(points) == 0:
        return
    painter.setPen(QPen(style.grid, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    draw_points(painter, points)


def draw_points(painter: QPainter, points: np.ndarray) -> None:
    """Draw many points with the painter's pen in one call: float64, (n, 2)."""
    points = np.ascontiguousarray(points, dtype=np.float64)
    if len(points):
        # One call over the array's own memory, instead of one Python object for each point.
        painter.drawPoints(cast("QPointF", shiboken6.wrapInstance(points.ctypes.data, QPointF)), len(points))
