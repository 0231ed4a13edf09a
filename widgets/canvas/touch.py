"""Touch: one finger is the pointer, two fingers pan and zoom."""

from __future__ import annotations

from math import hypot
from typing import Protocol

from PySide6.QtCore import QEvent
from PySide6.QtGui import QEventPoint, QTouchEvent

from widgets.canvas.camera import Camera
from widgets.canvas.gestures.surface import Point, Pointer


class Pressing(Protocol):
    """What fingers do on a canvas."""

    def press(self, at: Pointer) -> None:
        """The pointer went down."""

    def drag(self, to: Pointer) -> None:
        """The pointer moved while down."""

    def release(self, at: Pointer) -> None:
        """The pointer went up."""

    def cancel_gesture(self) -> bool:
        """Leave the gesture that is under way; says whether there was one."""

    def see(self, camera: Camera) -> None:
        """See another part of the scene."""

    @property
    def seen(self) -> Camera:
        """What part of the scene is seen."""


class Touch:
    """Follows the fingers from the first to the last."""

    def __init__(self, canvas: Pressing) -> None:
        self._canvas = canvas
        self._one = False
        self._two: tuple[Point, float] | None = None

    def handle(self, event: QTouchEvent) -> None:
        """Take one touch event."""
        points = [p for p in event.points() if p.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._canvas.cancel_gesture()
            self._one, self._two = False, None
        elif len(points) >= 2:
            self._pinch(_place(points[0]), _place(points[1]))
        elif len(points) == 1 and self._two is None:
            at = Pointer(*_place(points[0]))
            if event.type() == QEvent.Type.TouchBegin:
                self._one = True
                self._canvas.press(at)
            elif self._one:
                self._canvas.drag(at)
        elif not points:
            if self._one:
                self._canvas.release(Pointer(*_place(event.points()[0])))
            self._one, self._two = False, None

    def _pinch(self, first: Point, second: Point) -> None:
        if self._one:
            self._canvas.cancel_gesture()
            self._one = False
        middle = ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
        width = max(hypot(first[0] - second[0], first[1] - second[1]), 1.0)
        if self._two is not None:
            (x, y), before = self._two
            camera = self._canvas.seen.panned(middle[0] - x, middle[1] - y)
            self._canvas.see(camera.zoomed(width / before, middle))
        self._two = (middle, width)


def _place(point: QEventPoint) -> Point:
    return (point.position().x(), point.position().y())
