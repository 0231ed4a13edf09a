"""Move: nodes are dragged, onto a quiet grid or in line with other nodes."""

from __future__ import annotations

from PySide6.QtCore import Qt

from playground.model import edits
from playground.model.stage import Selection
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Point, Pointer, Surface, joined
from widgets.canvas.overlay import Overlay
from widgets.canvas.snapping import Snap, snapped

LIVE_EDGES = 800
"""In larger networks outlines of the nodes are dragged on strings, and the edges follow at the end."""

STRINGS_AT_MOST = 400


class Move(Gesture):
    """Drags a node, and with it all others that are selected; the model hears of it at the end."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, surface: Surface, start: Pointer, node: int) -> None:
        super().__init__(surface, start)
        self._node = node
        self._before = surface.stage.selection
        self._from: dict[int, Point] = {}
        self._places: dict[int, Point] = {}
        self._snap: Snap | None = None

    def drag(self, to: Pointer) -> None:
        """Show the nodes where they would come to stand."""
        if not self._from:
            self._take_hold()
        zoom = self.surface.camera.zoom
        x, y = self._from[self._node]
        wish = (x + (to.x - self.start.x) / zoom, y + (to.y - self.start.y) / zoom)
        others = [
            (node.x, node.y)
            for node in self.surface.stage.network.nodes.values()
            if node.id not in self._from
        ]
        self._snap = snapped(wish, others, 6.0 / zoom)
        dx, dy = self._snap.x - x, self._snap.y - y
        self._places = {node: (px + dx, py + dy) for node, (px, py) in self._from.items()}
        if self._is_live():
            self.surface.preview(self._places)

    def drop(self, at: Pointer) -> None:
        """Ask for the move, unless all is where it was."""
        if self._places and self._places != self._from:
            self.surface.ask(edits.move(self._places))
        self.surface.preview(None)

    def click(self, at: Pointer) -> None:
        """Select the node."""
        self.surface.choose(joined(self._before, frozenset({self._node}), frozenset(), at))

    def cancel(self) -> None:
        """Put the nodes back."""
        self.surface.preview(None)
        self.surface.choose(self._before)

    def paint(self, overlay: Overlay) -> None:
        """Show with what the node stands in line."""
        if self._snap is not None and self.dragging:
            overlay.guides(self._snap.guide_x, self._snap.guide_y)
            if not self._is_live():
                self._paint_outlines(overlay)

    def _paint_outlines(self, overlay: Overlay) -> None:
        network = self.surface.stage.network
        strings = [
            (place, self._places.get(other, (network.nodes[other].x, network.nodes[other].y)))
            for node, place in self._places.items()
            for other in (*network.incoming[node], *network.outgoing[node])
        ]
        overlay.strings(strings[:STRINGS_AT_MOST])
        for place in self._places.values():
            overlay.disc(place)

    def _is_live(self) -> bool:
        return len(self.surface.stage.network.edges) <= LIVE_EDGES

    def _take_hold(self) -> None:
        chosen = self._before.nodes
        if self._node not in chosen:
            chosen = frozenset({self._node})
            self.surface.choose(Selection(chosen))
        nodes = self.surface.stage.network.nodes
        self._from = {node: (nodes[node].x, nodes[node].y) for node in sorted(chosen) if node in nodes}
