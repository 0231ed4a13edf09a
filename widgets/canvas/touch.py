"""Touch: one finger is the pointer, two fingers pan and zoom, a finger held opens the menu."""

from __future__ import annotations

from math import hypot

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEventPoint, QTouchEvent

from widgets.canvas.gestures.surface import Point, Pointer
from widgets.canvas.pointing import Pointing

HOLD_MS = 600
DOUBLE_TAP_MS = 400
STAYS_PX = 12.0
"""A finger that moves less stays where it is."""


class Touch(QObject):
    """Follows the fingers from the first to the last.

    Signals
    -------
    held : a finger has stayed on a point of the view, a pair of pixels
    double_tapped : a finger has tapped a point twice
    """

    held = Signal(object)
    double_tapped = Signal(object)

    def __init__(self, pointing: Pointing, parent: QObject) -> None:
        super().__init__(parent)
        self._pointing = pointing
        self._one: Point | None = None
        self._two: tuple[Point, float] | None = None
        self._tapped: Point | None = None
        self._since_tap = QElapsedTimer()
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_MS)
        self._hold.timeout.connect(self._open)

    def handle(self, event: QTouchEvent) -> None:
        """Take one touch event."""
        points = [p for p in event.points() if p.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._pointing.cancel_gesture()
            self._end()
        elif len(points) >= 2:
            self._pinch(_place(points[0]), _place(points[1]))
        elif len(points) == 1 and self._two is None:
            self._point(_place(points[0]), begins=event.type() == QEvent.Type.TouchBegin)
        elif not points:
            if self._one is not None:
                self._lift(_place(event.points()[0]))
            self._end()

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._hold.stop()

    def _point(self, at: Point, *, begins: bool) -> None:
        if begins:
            self._one = at
            self._hold.start()
            self._pointing.press(Pointer(*at))
        elif self._one is not None:
            if _apart(at, self._one) > STAYS_PX:
                self._hold.stop()
            self._pointing.drag(Pointer(*at))

    def _lift(self, at: Point) -> None:
        self._pointing.release(Pointer(*at))
        stayed = self._one is not None and _apart(at, self._one) <= STAYS_PX
        again = self._tapped is not None and _apart(at, self._tapped) <= 2 * STAYS_PX
        soon = self._since_tap.isValid() and self._since_tap.elapsed() < DOUBLE_TAP_MS
        if stayed and again and soon:
            self._tapped = None
            self.double_tapped.emit(at)
            return
        self._tapped = at if stayed else None
        self._since_tap.start()

    def _pinch(self, first: Point, second: Point) -> None:
        if self._one is not None:
            self._pointing.cancel_gesture()
            self._one = None
            self._hold.stop()
        middle = ((first[0] + second[0]) / 2, (first[1] + second[1]) / 2)
        width = max(_apart(first, second), 1.0)
        if self._two is not None:
            (x, y), before = self._two
            camera = self._pointing.seen.panned(middle[0] - x, middle[1] - y)
            self._pointing.see(camera.zoomed(width / before, middle))
        self._two = (middle, width)

    def _open(self) -> None:
        at = self._one
        if at is not None:
            self._pointing.cancel_gesture()
            self._end()
            self.held.emit(at)

    def _end(self) -> None:
        self._one, self._two = None, None
        self._hold.stop()


def _place(point: QEventPoint) -> Point:
    return (point.position().x(), point.position().y())


def _apart(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
