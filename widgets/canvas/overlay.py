"""What gestures show above the network: edges to be, rubber band, guides, ghosts, notes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from playground.model.keys import Role
from playground.model.message import Message, message
from playground.model.network import EdgeKey
from playground.model.parameters import Floats
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.landing import Landing
from widgets.canvas.routes import routes
from widgets.canvas.style import Style, mix
from widgets.style import interface_font
from widgets.text import say

Point = tuple[float, float]

ROLE_NAMES: dict[Role, Message] = {
    "input": message("New input"),
    "hidden": message("New node"),
    "output": message("New output"),
}

NOTE_PX = 14


BIAS_GAP_DEG = 88.0
"""How much of a ring the widest bias would cover."""


class Overlay:
    """Paints above one view; places are view pixels or ids.

    content : factor on texts and rings
    """

    def __init__(
        self, painter: QPainter, style: Style, camera: Camera, geometry: Geometry, content: float
    ) -> None:
        self._painter = painter
        self._style = style
        self._camera = camera
        self._geometry = geometry
        self._content = content

    def edge(self, source: int, target: int | None, end: Point, allowed: bool | None) -> None:
        """An edge to be: to a node where it may land, else to a point; dashed while it lands nowhere."""
        radius = self._geometry.radius
        start = self._centre(source)
        if target is None:
            goal = np.asarray(self._camera.to_scene(end))
            away = goal - start
            length = max(float(np.hypot(*away)), 1e-6)
            begin = start + away / length * min(radius, length)
            points = self._camera.to_view(np.stack((begin, goal)))
            path = QPainterPath(QPointF(*points[0]))
            path.lineTo(QPointF(*points[1]))
        else:
            path = self._curve(routes(start[None], self._centre(target)[None], radius)[0])
        colour = self._style.negative if allowed is False else self._style.accent
        pen = _pen(colour, 3.0 * self._content)
        pen.setStyle(Qt.PenStyle.SolidLine if allowed else Qt.PenStyle.DashLine)
        self._stroke(path, pen)
        if target is not None:
            self.ring(target)

    def ring(self, node: int, *, dotted: bool = False) -> None:
        """A ring round a node, open at the foot where its bias hangs."""
        pen = _pen(self._style.accent, 2.5 * self._content)
        pen.setStyle(Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine)
        centre, radius = self._view_circle(node)
        path = QPainterPath()
        circle = QRectF(
            centre - QPointF(radius + 6.0, radius + 6.0), centre + QPointF(radius + 6.0, radius + 6.0)
        )
        gap = 0.0 if self._geometry.network.nodes[node].role == "input" else BIAS_GAP_DEG
        path.arcMoveTo(circle, gap / 2 - 90.0)
        path.arcTo(circle, gap / 2 - 90.0, 360.0 - gap)
        self._stroke(path, pen)

    def cross(self, node: int) -> None:
        """A cross over a node that is to go."""
        centre, radius = self._view_circle(node)
        arm = radius * 0.7
        path = QPainterPath()
        for sign in (-1.0, 1.0):
            path.moveTo(centre + QPointF(-arm, -arm * sign))
            path.lineTo(centre + QPointF(arm, arm * sign))
        path.addEllipse(centre, radius, radius)
        self._stroke(path, _pen(self._style.negative, 3.0))

    def struck(self, edge: EdgeKey) -> None:
        """An edge that is to go."""
        index = self._geometry.network.edge_index[edge]
        pen = _pen(self._style.negative, 3.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        self._stroke(self._curve(self._geometry.curves[index]), pen)

    def band(self, corner: Point, opposite: Point) -> None:
        """The rubber band between two points of the view."""
        rect = QRectF(QPointF(*corner), QPointF(*opposite)).normalized()
        painter = self._painter
        painter.setPen(_pen(self._style.accent, 1.0))
        fill = QColor(self._style.accent)
        fill.setAlpha(28)
        painter.setBrush(fill)
        painter.drawRect(rect)

    def guides(self, x: float | None, y: float | None) -> None:
        """The lines on which a node stands with others, in scene units."""
        painter = self._painter
        pen = _pen(mix(self._style.theme.accent, self._style.theme.stage, 0.6), 1.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        at = self._camera.to_view((x or 0.0, y or 0.0))
        if x is not None:
            painter.drawLine(QPointF(at[0], 0.0), QPointF(at[0], self._camera.height))
        if y is not None:
            painter.drawLine(QPointF(0.0, at[1]), QPointF(self._camera.width, at[1]))

    def ghost(self, spot: Landing) -> None:
        """A node to be, with what it would be."""
        self.guides(spot.guide_x, spot.guide_y)
        centre = self.disc((spot.x, spot.y))
        below = self._geometry.radius * self._camera.zoom + 8.0
        self._text(say(ROLE_NAMES[spot.role]), centre + QPointF(0.0, below))

    def disc(self, place: Point) -> QPointF:
        """A node's disc at a place of the scene where it is not yet; returns the view point of its middle."""
        at = self._camera.to_view(place)
        centre, radius = QPointF(at[0], at[1]), self._geometry.radius * self._camera.zoom
        pen = _pen(self._style.accent, 2.0)
        pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.setBrush(self._style.accent_soft)
        self._painter.drawEllipse(centre, radius, radius)
        return centre

    def strings(self, pairs: Sequence[tuple[Point, Point]]) -> None:
        """Straight strings between places of the scene, for edges that are on their way."""
        ends = self._camera.to_view(np.array(pairs, dtype=np.float64).reshape(-1, 2)).tolist()
        self._painter.setPen(_pen(mix(self._style.theme.accent, self._style.theme.stage, 0.5), 1.0))
        self._painter.drawLines(
            [QLineF(*start, *end) for start, end in zip(ends[::2], ends[1::2], strict=True)]
        )

    def note(self, at: Point, text: Message) -> None:
        """A small sentence beside the pointer, in sight as a whole."""
        font = interface_font(NOTE_PX * self._content)
        room = QRectF(0.0, 0.0, min(320.0 * self._content, self._camera.width - 24.0), 4_000.0)
        words = say(text)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        box = QFontMetricsF(font).boundingRect(room, flags, words).adjusted(-10.0, -7.0, 10.0, 7.0)
        box.moveTo(at[0] + 16.0, at[1] + 18.0)
        box.moveLeft(max(8.0, min(box.left(), self._camera.width - box.width() - 8.0)))
        if box.bottom() > self._camera.height - 8.0:
            box.moveBottom(at[1] - 12.0)
        painter = self._painter
        painter.setFont(font)
        painter.setPen(_pen(self._style.line, 1.0))
        painter.setBrush(self._style.surface)
        painter.drawRoundedRect(box, 8.0, 8.0)
        painter.setPen(self._style.ink)
        painter.drawText(box.adjusted(10.0, 7.0, -10.0, -7.0), flags, words)

    def beside(self, node: int) -> Point:
        """The point of the view at the lower right of a node."""
        centre, radius = self._view_circle(node)
        return (centre.x() + radius, centre.y() + radius)

    def _centre(self, node: int) -> Floats:
        return np.asarray(self._geometry.centres[self._geometry.network.node_index[node]])

    def _view_circle(self, node: int) -> tuple[QPointF, float]:
        at = self._camera.to_view(self._centre(node))
        return QPointF(at[0], at[1]), self._geometry.radius * self._camera.zoom

    def _curve(self, control: Floats) -> QPainterPath:
        points = [QPointF(*point) for point in self._camera.to_view(control)]
        path = QPainterPath(points[0])
        path.cubicTo(*points[1:])
        return path

    def _stroke(self, path: QPainterPath, pen: QPen) -> None:
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(pen)
        self._painter.drawPath(path)

    def _text(self, words: str, top: QPointF) -> None:
        font = interface_font(NOTE_PX * self._content)
        width = QFontMetricsF(font).horizontalAdvance(words)
        self._painter.setFont(font)
        self._painter.setPen(self._style.ink)
        self._painter.drawText(QPointF(top.x() - width / 2, top.y() + QFontMetricsF(font).ascent()), words)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
