"""What the painters of one picture share."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from playground.model.parameters import Floats
from playground.model.stage import Stage
from widgets.canvas.camera import Camera
from widgets.canvas.emphasis import Emphasis
from widgets.canvas.fonts import NORMAL, SMALLEST_PX, Fonts
from widgets.canvas.geometry import Geometry
from widgets.canvas.maps import MapImages, shows_map
from widgets.canvas.readings import Readings
from widgets.canvas.style import Style


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a stage: the painter, the values to draw, and how to draw them.

    centres : (n_nodes, 2), pixels; pills : (n_edges, 2), pixels
    images : the pictures in nodes
    """

    painter: QPainter
    stage: Stage
    camera: Camera
    style: Style
    fonts: Fonts
    geometry: Geometry
    readings: Readings
    emphasis: Emphasis
    centres: Floats
    pills: Floats
    images: MapImages

    @property
    def unit(self) -> float:
        """Pixels for one unit of content (a node's radius is BASE_RADIUS of them)."""
        return self.camera.zoom * self.geometry.content

    @property
    def radius(self) -> float:
        """The nodes' radius in pixels."""
        return self.geometry.radius * self.camera.zoom

    def shows_map(self, node: int) -> bool:
        """Whether a node shows its picture: it is a square then, and else a circle."""
        return shows_map(self.stage, self.images, node, self.radius)

    def inside(self, points: Floats, margin: float) -> np.ndarray:
        """Which of the view points are within the picture or at most `margin` pixels beside it: (n,)."""
        return np.asarray(
            (points[:, 0] > -margin)
            & (points[:, 0] < self.camera.width + margin)
            & (points[:, 1] > -margin)
            & (points[:, 1] < self.camera.height + margin)
        )

    def write(
        self,
        text: str,
        at: QRectF,
        size_px: float,
        colour: QColor,
        weight: QFont.Weight = NORMAL,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignCenter,
    ) -> None:
        """Write a text into a rectangle, where it is large enough to read; it may reach beyond."""
        if size_px < SMALLEST_PX:
            return
        self.painter.setFont(self.fonts.font(size_px, weight))
        self.painter.setPen(colour)
        self.painter.drawText(
            at, int(align) | int(Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine), text
        )


def painted_by(frame: Frame, painter: QPainter) -> Frame:
    """The same frame drawn by another painter."""
    return replace(frame, painter=painter)


def box(x: float, y: float, width: float, height: float) -> QRectF:
    """The rectangle of a size round a middle."""
    return QRectF(x - width / 2, y - height / 2, width, height)


def point(at: Floats) -> QPointF:
    """A pair of numbers as Qt's point."""
    return QPointF(float(at[0]), float(at[1]))
