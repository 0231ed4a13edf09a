"""Rubber band: dragging on nothing selects what lies within."""

from __future__ import annotations

from PySide6.QtCore import Qt

from playground.model.network import EdgeKey
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer, Surface, joined
from widgets.canvas.hit import edges_in, nodes_in
from widgets.canvas.overlay import Overlay


class Band(Gesture):
    """Selects the nodes within a rectangle, or the edges where it holds no node; a click picks an edge."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, surface: Surface, start: Pointer, edge: EdgeKey | None = None) -> None:
        super().__init__(surface, start)
        self._edge = edge
        self._corner = surface.camera.to_scene(start.at)
        self._nodes: list[int] = []

    def drag(self, to: Pointer) -> None:
        """See which nodes lie within."""
        self._nodes = nodes_in(self.surface.geometry, self._corner, self.surface.camera.to_scene(to.at))

    def drop(self, at: Pointer) -> None:
        """Select what lies within."""
        self.drag(at)
        edges: list[EdgeKey] = []
        if not self._nodes:
            edges = edges_in(self.surface.geometry, self._corner, self.surface.camera.to_scene(at.at))
        self._choose(frozenset(self._nodes), frozenset(edges), at)

    def click(self, at: Pointer) -> None:
        """Select the edge under the pointer, or nothing."""
        self._choose(frozenset(), frozenset(() if self._edge is None else (self._edge,)), at)

    def paint(self, overlay: Overlay) -> None:
        """Show the rectangle, and rings round what would be selected."""
        if not self.dragging:
            return
        corner = self.surface.camera.to_view(self._corner)
        overlay.band((float(corner[0]), float(corner[1])), self.now.at)
        for node in self._nodes:
            overlay.ring(node)

    def _choose(self, nodes: frozenset[int], edges: frozenset[EdgeKey], at: Pointer) -> None:
        self.surface.choose(joined(self.surface.stage.selection, nodes, edges, at))
