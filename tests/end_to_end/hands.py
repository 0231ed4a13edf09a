"""Hands on a canvas: press, drag and click where nodes and edges are seen."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from playground.model.network import EdgeKey
from widgets.canvas.canvas import Canvas

LEFT = Qt.MouseButton.LeftButton
NOTHING = Qt.KeyboardModifier.NoModifier
STEPS = 6
"""Moves of the pointer in one drag."""


class Hands:
    """Does on a canvas what a person does with a mouse; knows only what can be seen."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas

    def spot(self, x: float, y: float) -> QPoint:
        """The pixel of a place in the scene."""
        view = self._canvas.camera.to_view((x, y))
        return QPoint(round(float(view[0])), round(float(view[1])))

    def middle(self, node: int) -> QPoint:
        """The pixel of a node's middle."""
        shown = self._canvas.stage.network.nodes[node]
        return self.spot(shown.x, shown.y)

    def rim(self, node: int, towards: QPoint) -> QPoint:
        """A pixel on a node's rim, on the side of another place."""
        middle = self.middle(node)
        away = hypot(towards.x() - middle.x(), towards.y() - middle.y())
        share = self._canvas.scene.geometry.radius * self._canvas.camera.zoom / away
        return middle + (towards - middle) * share

    def click(self, at: QPoint, modifier: Qt.KeyboardModifier = NOTHING) -> None:
        """Click with the left button."""
        self.point(at)
        QTest.mouseClick(self._canvas, LEFT, modifier, at)

    def point(self, at: QPoint) -> None:
        """Move the pointer somewhere with no button held."""
        self._move(at, Qt.MouseButton.NoButton)

    def drag(self, start: QPoint, end: QPoint, *, release: bool = True) -> None:
        """Press, pull and let go."""
        self.point(start)
        QTest.mousePress(self._canvas, LEFT, NOTHING, start)
        for step in range(1, STEPS + 1):
            self._move(start + (end - start) * (step / STEPS), LEFT)
        if release:
            QTest.mouseRelease(self._canvas, LEFT, NOTHING, end)

    def connect(self, source: int, target: int) -> None:
        """Draw an edge from the rim of one node into another."""
        goal = self.middle(target)
        self.drag(self.rim(source, goal), goal)

    def pill(self, edge: EdgeKey) -> QPoint:
        """The pixel of the middle of an edge's pill."""
        geometry = self._canvas.scene.geometry
        x, y = geometry.pill_centres[geometry.network.edge_index[edge]]
        return self.spot(float(x), float(y))

    def _move(self, at: QPoint, button: Qt.MouseButton) -> None:
        place = QPointF(at)
        moved = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            self._canvas.mapToGlobal(place),
            Qt.MouseButton.NoButton,
            button,
            NOTHING,
        )
        QApplication.sendEvent(self._canvas, moved)
