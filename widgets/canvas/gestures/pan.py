"""Pan: the scene follows the pointer."""

from __future__ import annotations

from PySide6.QtCore import Qt

from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer, Surface


class Pan(Gesture):
    """Pulls the scene along."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, surface: Surface, start: Pointer) -> None:
        super().__init__(surface, start)
        self._camera = surface.camera

    def drag(self, to: Pointer) -> None:
        """Show the part of the scene that the pull has brought."""
        self.surface.look(self._camera.panned(to.x - self.start.x, to.y - self.start.y))

    def cancel(self) -> None:
        """Look at what was seen before."""
        self.surface.look(self._camera)
