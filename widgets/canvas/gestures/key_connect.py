"""Connect from the keyboard: arrows aim, Enter lands, Esc leaves."""

from __future__ import annotations

from widgets.canvas.gestures.connect import Connect
from widgets.canvas.gestures.surface import Pointer, Surface
from widgets.canvas.overlay import Overlay
from widgets.canvas.walk import Direction, neighbour


class KeyConnect(Connect):
    """Draws an edge from a node without the pointer."""

    def __init__(self, surface: Surface, source: int) -> None:
        super().__init__(surface, Pointer(0.0, 0.0), source)
        self.sticky = True
        self.dragging = True
        self._from = source

    def step(self, direction: Direction) -> int | None:
        """Aim at the next node in a direction; returns the node that is aimed at."""
        here = self._from if self.target is None else self.target
        found = neighbour(self.surface.geometry, here, direction)
        if found is not None:
            self.aim(found)
        return self.target

    def move(self, to: Pointer) -> None:
        """The pointer plays no part, until it is pressed."""

    def finish(self, at: Pointer) -> None:
        """A click lands on what is under the pointer."""
        self.aim(self.surface.hit_at(at.at).node)
        self.land()

    def paint(self, overlay: Overlay) -> None:
        """Show the edge from node to node, and why it may not be."""
        self.now = Pointer(*overlay.beside(self._from if self.target is None else self.target))
        super().paint(overlay)
        if self.target is not None:
            overlay.ring(self.target)
