"""A gesture: one press, drag and release, which Esc can take back."""

from __future__ import annotations

from PySide6.QtCore import Qt

from widgets.canvas.gestures.surface import Pointer, Surface
from widgets.canvas.overlay import Overlay

DRAG_FROM_PX = 4.0
"""A press that moves less is a click."""


class Gesture:
    """One gesture from press to release; siblings override what they need.

    sticky : whether it goes on after the release, until the next press (click, move, click)
    cursor : the pointer's shape while it lasts
    """

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, surface: Surface, start: Pointer) -> None:
        self.surface = surface
        self.start = start
        self.now = start
        self.dragging = False
        self.sticky = False

    def move(self, to: Pointer) -> None:
        """The pointer moved while the gesture lasts."""
        self.now = to
        if not self.dragging and to.away_from(self.start) < DRAG_FROM_PX:
            return
        self.dragging = True
        self.drag(to)

    def finish(self, at: Pointer) -> None:
        """The press was released: a drag ends, or it was a click."""
        self.now = at
        if self.dragging:
            self.drop(at)
        else:
            self.click(at)

    def drag(self, to: Pointer) -> None:
        """The pointer is dragged."""

    def drop(self, at: Pointer) -> None:
        """The drag ends here."""

    def click(self, at: Pointer) -> None:
        """It was no drag but a click."""

    def cancel(self) -> None:
        """Leave everything as it was before the press."""

    def paint(self, overlay: Overlay) -> None:
        """Paint what only this gesture shows."""
