"""Paints a decision map, or with one column a curve, with the points of the data on it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen, QPolygonF

from playground.model.maps import Answer, DecisionMap, middles
from playground.model.parameters import Floats
from resources.theme import Theme
from widgets.maps.shades import answer_colours

CORNER_PX = 6.0
MARK_PX = 7.0
CURVE_MARGIN = 0.12
"""Room above the highest and below the lowest value of a curve, in shares of the height."""


def paint_picture(painter: QPainter, image: QImage, room: QRectF, theme: Theme) -> None:
    """Paint a decision map; where the network has no answer, hatched."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(room, CORNER_PX, CORNER_PX)
    painter.setBrush(QBrush(QColor(theme.muted), Qt.BrushStyle.BDiagPattern))
    painter.drawRoundedRect(room, CORNER_PX, CORNER_PX)
    painter.setBrush(filling(image, room))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawRoundedRect(room, CORNER_PX, CORNER_PX)
    painter.restore()


def filling(image: QImage, room: QRectF) -> QBrush:
    """Return a brush that stretches a picture over a rectangle."""
    brush = QBrush(image)
    form = brush.transform()
    form.translate(room.left(), room.top())
    form.scale(room.width() / image.width(), room.height() / image.height())
    brush.setTransform(form)
    return brush


def value_span(decision: DecisionMap, answer: Answer) -> tuple[float, float]:
    """Return the lowest and the highest value that a curve shows: of its answers and of the data."""
    values = decision.values[list(answer.outputs)]
    finite = values[np.isfinite(values)]
    low, high = answer.middle - abs(answer.reach), answer.middle + abs(answer.reach)
    if answer.kind == "classes":
        low, high = 0.0, 1.0
    if finite.size:
        low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    room = CURVE_MARGIN * (high - low or 1.0)
    return low - room, high + room


def paint_curves(
    painter: QPainter, decision: DecisionMap, answer: Answer, room: QRectF, theme: Theme
) -> None:
    """Paint what the network answers along one column: a curve for each output, broken where it has none."""
    low, high = value_span(decision, answer)
    painter.save()
    painter.setPen(QPen(QColor(theme.line), 1.0))
    painter.setBrush(QColor(theme.raised))
    painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), CORNER_PX, CORNER_PX)
    painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DotLine))
    level = room.bottom() - (answer.middle - low) / (high - low) * room.height()
    painter.drawLine(QPointF(room.left(), level), QPointF(room.right(), level))
    inks = answer_colours(answer, theme) if answer.kind == "classes" else (theme.ink,)
    across = room.left() + middles(0.0, 1.0, decision.values.shape[2]) * room.width()
    for output, ink in zip(answer.outputs, inks, strict=True):
        values = decision.values[output, 0].astype(np.float64)
        down = room.bottom() - (values - low) / (high - low) * room.height()
        painter.setPen(QPen(QColor(ink), 2.2))
        for run in _runs(np.isfinite(values)):
            dots = np.column_stack([across[run], down[run]]).tolist()
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in dots]))
    painter.restore()


def right_values(answers: Floats, answer: Answer, decision: DecisionMap) -> Floats:
    """Return how high the points of a curve stand, as shares from the top: at their right answers."""
    low, high = value_span(decision, answer)
    if answer.kind == "pair":
        ends = answer.middle + answer.reach * np.array([-1.0, 1.0])
        values = ends[(answers == answer.colours[1]).astype(np.intp)]
    elif answer.kind == "classes":
        values = np.ones(len(answers))
    else:
        values = answers
    return np.asarray((high - values) / (high - low))


def paint_mark(painter: QPainter, at: QPointF, theme: Theme) -> None:
    """Mark the example that flows through the network."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((theme.surface, 4.5), (theme.ink, 2.0)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(at, MARK_PX, MARK_PX)


def _runs(known: np.ndarray) -> list[slice]:
    """The stretches of neighbours that are known."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], known, [False]]).astype(np.int8)))
    return [slice(int(begin), int(end)) for begin, end in edges.reshape(-1, 2)]
