"""The quiet grid of dots behind the network."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QPainter

from widgets.canvas.camera import Camera
from widgets.canvas.dots import draw_discs
from widgets.canvas.style import Style

SPACING = 20.0
"""Scene units between dots at zoom 1; nodes that are moved come to rest on it."""

CLOSEST_PX = 16.0
DOT_PX = 1.6


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
    draw_discs(painter, dots(camera), DOT_PX, style.grid)
