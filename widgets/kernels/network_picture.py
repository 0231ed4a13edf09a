"""A small picture of the network that only shows and points: nothing in it can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.edits.rebuild import changed_network
from playground.model.keys import Role
from playground.model.network import EdgeKey, Network
from playground.model.stage import Stage
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import FIT_ZOOM, Camera
from widgets.canvas.fonts import NORMAL, Fonts
from widgets.canvas.geometry import Geometry
from widgets.canvas.hit import Chips, hit
from widgets.canvas.paint import paint
from widgets.kernels.cells import sharpness
from widgets.style import theme_of
from widgets.text import say

MARGIN_PX = 14.0
NAME_PX, NAME_GAP_PX = 11, 6
NAME_MOST_PX = 84
FEW_NODES = 24
"""A network of so few nodes has names beside its inputs and outputs, at one size however small it is."""

FEW_EDGES = 1_000
"""So many edges can be drawn anew in every picture."""

REMARK_PX = 40
"""Above the picture: there the painter says how many edges it draws, which is too long for so small a one."""

HALO_PX = 5.0


@dataclass(frozen=True, slots=True)
class _Name:
    """A name beside a node: the node's index and role, the text and its width in pixels."""

    index: int
    role: Role
    text: str
    width: float


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
        self._fonts = Fonts()
        self._named: Network | None = None
        self._drawn = Network.build()
        self._names: tuple[_Name, ...] = ()
        self._finer = QTimer(self, interval=0, singleShot=True)
        self._finer.timeout.connect(self.update)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture of the network"))

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
        if geometry is None or len(geometry.centres) == 0:
            return Camera(width=width, height=height)
        names = self._names
        sides = [self._widest(names, role) for role in ("input", "output")]
        return whole(geometry, width, height, *sides)

    def set_stage(self, stage: Stage) -> None:
        """Show a network at rest."""
        network = stage.network
        if self._named is not network:
            self._named = network
            self._drawn, self._names = network, ()
            if len(network.nodes) <= FEW_NODES:
                self._drawn = nameless(network)
                self._names = tuple(_names(network, self._fonts))
        experiment = replace(stage.experiment, network=self._drawn)
        self._stage = replace(stage, experiment=experiment, trace=None, moment=None, path_edges={}, badges={})
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
            # What is kept as pixels would be coarse where the whole widget is shown enlarged.
            is_enlarged = sharpness(painter) > self.devicePixelRatioF() and self.drawn_edges[0] <= FEW_EDGES
            paint(painter, stage, taller, theme_of(self), 1.0, None if is_enlarged else self._cache)
            painter.translate(0, REMARK_PX)
            self._write_names(painter, camera)
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

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click ends here."""
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on nothing."""
        super().leaveEvent(event)
        self._announce(None)

    def _widest(self, names: tuple[_Name, ...], role: Role) -> float:
        return max((name.width + NAME_GAP_PX for name in names if name.role == role), default=0.0)

    def _write_names(self, painter: QPainter, camera: Camera) -> None:
        """Write the names of inputs and outputs beside them."""
        geometry, theme = self.geometry_of_stage, theme_of(self)
        if geometry is None:
            return
        painter.setFont(self._fonts.font(NAME_PX))
        painter.setPen(QColor(theme.ink))
        beside = geometry.radius * camera.zoom + NAME_GAP_PX
        for name in self._names:
            x, y = camera.to_view(geometry.centres[name.index]).tolist()
            left = x - beside - name.width if name.role == "input" else x + beside
            box = QRectF(left, y - NAME_PX, name.width + 1, 2 * NAME_PX)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), name.text)

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


def _names(network: Network, fonts: Fonts) -> Iterator[_Name]:
    for index, node in enumerate(network.nodes.values()):
        if node.role != "hidden":
            text = fonts.elided(say(network.names[node.id]), NAME_PX, NORMAL, NAME_MOST_PX)
            yield _Name(index, node.role, text, fonts.width(text, NAME_PX))


def whole(geometry: Geometry, width: float, height: float, left: float, right: float) -> Camera:
    """The camera that shows all nodes in a view (pixels) and leaves room at its left and right."""
    low, high = geometry.centres.min(axis=0), geometry.centres.max(axis=0)
    across = float(high[0] - low[0]) + 2 * geometry.radius
    down = float(high[1] - low[1]) + 2 * geometry.radius
    room_x = max(width - 2 * MARGIN_PX - left - right, width / 3)
    room_y = max(height - 2 * MARGIN_PX, height / 3)
    zoom = min(room_x / across, room_y / down, FIT_ZOOM)
    shift = (right - left) / 2 / zoom
    return Camera(float(low[0] + high[0]) / 2 + shift, float(low[1] + high[1]) / 2, zoom, width, height)


def nameless(network: Network) -> Network:
    """The same network without labels, which are written larger than it is drawn."""
    nodes = {node.id: replace(node, label="") for node in network.nodes.values()}
    return changed_network(network, nodes=nodes)
