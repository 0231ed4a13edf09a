"""Erase: what the pointer touches goes, all of it in one step at the end."""

from __future__ import annotations

from PySide6.QtCore import Qt

from playground.model import edits
from playground.model.network import EdgeKey
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer, Surface
from widgets.canvas.overlay import Overlay


class Erase(Gesture):
    """Gathers the nodes and edges under the pointer and asks to delete them at the release."""

    cursor = Qt.CursorShape.PointingHandCursor

    def __init__(self, surface: Surface, start: Pointer) -> None:
        super().__init__(surface, start)
        self._nodes: set[int] = set()
        self._edges: set[EdgeKey] = set()
        self._last = start
        self._touch(start)

    def drag(self, to: Pointer) -> None:
        """Touch what lies on the way."""
        steps = max(1, int(to.away_from(self._last) // 6))
        for step in range(1, steps + 1):
            share = step / steps
            x = self._last.x + (to.x - self._last.x) * share
            y = self._last.y + (to.y - self._last.y) * share
            self._touch(Pointer(x, y))
        self._last = to

    def drop(self, at: Pointer) -> None:
        """Ask to delete what was touched."""
        if self._nodes or self._edges:
            self.surface.ask(edits.delete(sorted(self._nodes), sorted(self._edges)))

    def click(self, at: Pointer) -> None:
        """Ask to delete what was pressed."""
        self.drop(at)

    def paint(self, overlay: Overlay) -> None:
        """Mark what is to go."""
        for node in self._nodes:
            overlay.cross(node)
        for edge in self._edges:
            overlay.struck(edge)

    def _touch(self, pointer: Pointer) -> None:
        self._last = pointer
        found = self.surface.hit_at(pointer.at)
        if found.edge is not None:
            self._edges.add(found.edge)
        elif found.node is not None:
            self._nodes.add(found.node)
