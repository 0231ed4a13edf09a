"""The outlines of pills, chips and tags."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF


def draw_pill(painter: QPainter, rect: QRectF) -> None:
    """Draw a rectangle with half-round ends, with the painter's pen and brush."""
    round_px = min(rect.width(), rect.height()) / 2
    painter.drawRoundedRect(rect, round_px, round_px)


def tag_outline(rect: QRectF, *, to_left: bool) -> QPolygonF:
    """A tag with a tip at its left or right side; the tip lies within the rectangle."""
    tip = min(rect.height() * 0.42, rect.width() / 2)
    middle = rect.center().y()
    left, right, top, bottom = rect.left(), rect.right(), rect.top(), rect.bottom()
    if to_left:
        corners = ((left, middle), (left + tip, top), (right, top), (right, bottom), (left + tip, bottom))
    else:
        corners = ((right, middle), (right - tip, bottom), (left, bottom), (left, top), (right - tip, top))
    return QPolygonF([QPointF(x, y) for x, y in corners])
