"""A small picture of the network that only shows and points: nothing in it can be moved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.network import EdgeKey
from playground.model.stage import Stage
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.hit import Chips, hit
from widgets.canvas.paint import paint
from widgets.style import theme_of

MARGIN_PX = 14.0
SIDE_PX = 28.0
"""More room at the sides: names are written larger than the network is drawn."""

REMARK_PX = 40
"""Above the picture: there the painter says how many edges it draws, which is too long for so small a one."""

HALO_PX = 5.0


class NetworkPicture(QWidget):
    """The whole network at rest; the edge or node under the pointer is said, and any can be lit up.

    element_hovered : an EdgeKey, a node's id, or None
    element_chosen : the same for a click
    """

    element_hovered = Signal(object)
    element_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._stage: Stage | None = None
        self._element: int | EdgeKey | None = None
        self._cache = PaintCache()
        self._finer = QTimer(self, interval=0, singleShot=True)
        self._finer.timeout.connect(self.update)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture of the network"))
        self.setToolTip(self.tr("Point at an edge, and its cell lights up"))

    @property
    def element(self) -> int | EdgeKey | None:
        """The edge or node that is lit."""
        return self._element

    @property
    def geometry_of_stage(self) -> Geometry | None:
        """Where everything lies, in scene units."""
        if self._stage is None:
            return None
        return self._cache.geometry(self._stage.network, self._stage.parameters, 1.0)

    @property
    def drawn_edges(self) -> tuple[int, int]:
        """How many edges the picture has, and how many the network has."""
        geometry = self.geometry_of_stage
        return (0, 0) if geometry is None else (len(geometry.drawn), len(geometry.weights))

    @property
    def camera(self) -> Camera:
        """The view that shows the whole network."""
        geometry = self.geometry_of_stage
        width, height = max(self.width(), 1), max(self.height(), 1)
        if geometry is None:
            return Camera(width=width, height=height)
        room = max(width - 2 * SIDE_PX, width / 2)
        return Camera.fitted(geometry.bounds, room, height, MARGIN_PX).resized(width, height)

    def set_stage(self, stage: Stage) -> None:
        """Show a network at rest."""
        self._stage = replace(stage, moment=None, path_edges={}, badges={})
        network = stage.network
        if self._element not in network.nodes and self._element not in network.edges:
            self._element = None
        self.update()

    def set_hovered(self, element: int | EdgeKey | None) -> None:
        """Light up an edge or a node."""
        if element != self._element:
            self._element = element
            self.update()

    def sizeHint(self) -> QSize:
        """Small, beside the tables."""
        return QSize(280, 240)

    def minimumSizeHint(self) -> QSize:
        """Just large enough to find an edge."""
        return QSize(180, 140)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the network with what is lit."""
        if self._stage is None:
            return
        node = self._element if isinstance(self._element, int) else None
        edge = self._element if isinstance(self._element, tuple) else None
        stage = replace(self._stage, hovered_node=node, hovered_edge=edge)
        camera = self.camera
        with QPainter(self) as painter:
            painter.translate(0, -REMARK_PX)
            taller = camera.resized(camera.width, camera.height + 2 * REMARK_PX)
            paint(painter, stage, taller, theme_of(self), 1.0, self._cache)
            painter.translate(0, REMARK_PX)
            if edge is not None:
                self._light(painter, edge)
        if not self._cache.is_settled:
            self._finer.start()  # very many edges get their curves part by part, one in each picture

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the pointer is on."""
        position = event.position()
        self._announce(self._element_at(position.x(), position.y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what the pointer is on."""
        position = event.position()
        element = self._element_at(position.x(), position.y())
        if event.button() == Qt.MouseButton.LeftButton and element is not None:
            self.element_chosen.emit(element)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on nothing."""
        super().leaveEvent(event)
        self._announce(None)

    def _light(self, painter: QPainter, edge: EdgeKey) -> None:
        """Draw an edge once more, strong and with a halo; straight where the picture leaves it out."""
        geometry, camera, theme = self.geometry_of_stage, self.camera, theme_of(self)
        if geometry is None or edge not in geometry.network.edge_index:
            return
        index = geometry.network.edge_index[edge]
        points = camera.to_view(geometry.curves[index])
        if not np.isfinite(points).all():
            ends = [geometry.topology.sources[index], geometry.topology.targets[index]]
            first, last = camera.to_view(geometry.centres[ends])
            points = np.array([first, first, last, last])
        path = QPainterPath(QPointF(*points[0]))
        path.cubicTo(QPointF(*points[1]), QPointF(*points[2]), QPointF(*points[3]))
        width = max(float(geometry.widths[index]) * camera.zoom, 2.5)
        ink = theme.negative if geometry.weights[index] < 0 else theme.positive
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, thickness in ((theme.ink, width + HALO_PX), (theme.stage, width + 3), (ink, width)):
            pen = QPen(QColor(colour), thickness)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPath(path)

    def _element_at(self, x: float, y: float) -> int | EdgeKey | None:
        geometry = self.geometry_of_stage
        if geometry is None:
            return None
        none = Chips(np.zeros(0, np.intp), np.zeros((0, 4)))
        return hit(geometry, none, self.camera, (x, y)).element

    def _announce(self, element: int | EdgeKey | None) -> None:
        if element != self._element:
            self.set_hovered(element)
            self.element_hovered.emit(element)
