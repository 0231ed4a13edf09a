"""Add: a new node, shown as a ghost until the release."""

from __future__ import annotations

from PySide6.QtCore import Qt

from playground.model import edits
from playground.model.keys import Role
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer, Surface
from widgets.canvas.landing import landing
from widgets.canvas.overlay import Overlay


class Add(Gesture):
    """Places a node where the press is released.

    role : None chooses it by the place: beside the inputs an input, beside the outputs an output
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface, start: Pointer, role: Role | None = None) -> None:
        super().__init__(surface, start)
        self._role = role

    def drop(self, at: Pointer) -> None:
        """Ask for the node."""
        spot = landing(self.surface.stage.network, self.surface.camera, at.at, self._role)
        self.surface.ask_new(edits.add_node(spot.role, spot.x, spot.y))

    def click(self, at: Pointer) -> None:
        """Ask for the node."""
        self.drop(at)

    def paint(self, overlay: Overlay) -> None:
        """Show where and as what it would stand."""
        overlay.ghost(landing(self.surface.stage.network, self.surface.camera, self.now.at, self._role))
