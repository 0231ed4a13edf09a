"""Predicted against true: a point for each row, and the diagonal on which all answers would be right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.message import format_number
from playground.model.parameters import Floats
from playground.model.results import NumberResults
from resources.theme import Theme
from widgets.results.nice_ticks import nice_ticks
from widgets.style import CAPTION_PX, interface_font, mixed, theme_of

MOST_POINTS = 2_000
"""So many points are drawn at most: more cover each other."""

FARTHEST = 1e150
"""Numbers beyond are not drawn: their differences could not be worked out."""


@dataclass(frozen=True, slots=True)
class ScatterStyle:
    """Sizes of the plot, in pixels; `margin` is a share of the range that stays free."""

    height: float = 260.0
    foot: float = 34.0
    top: float = 20.0
    tick_gap: float = 4.0
    point: float = 5.0
    ring: float = 6.0
    reach: float = 14.0
    margin: float = 0.04


class ScatterView(QWidget):
    """Points to be pointed at and clicked: right answers to the right, what was said upwards.

    pointed(int) : the place of a row among the results, or -1
    example_requested(int) : the same, when it is clicked or Enter is pressed
    """

    pointed = Signal(int)
    example_requested = Signal(int)
    sizes = ScatterStyle()

    def __init__(self) -> None:
        super().__init__()
        self._part: NumberResults | None = None
        self._drawn: NDArray[np.int64] = np.zeros(0, np.int64)
        self._low, self._high = 0.0, 1.0
        self._pointed = self._chosen = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Predicted against true"))
        self.setToolTip(self.tr("On the dashed line every answer is right; a click follows an example"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def drawn(self) -> NDArray[np.int64]:
        """Places of the rows that are drawn, from the smallest right answer to the largest."""
        return self._drawn

    def set_part(self, part: NumberResults | None) -> None:
        """Show the rows of one part."""
        self._part = part
        if part is not None:
            self._drawn = _thinned(part)
            self._low, self._high = _range(part, self.sizes.margin)
            if self._pointed not in self._drawn:
                self._pointed = -1
        self.update()

    def set_chosen(self, place: int) -> None:
        """Set apart the row that is walked to; -1 none."""
        if place != self._chosen:
            self._chosen = place
            self.update()

    def position_of(self, place: int) -> QPointF:
        """Where a row is drawn."""
        assert self._part is not None
        return self._position(float(self._part.right[place]), float(self._part.said[place]))

    def sizeHint(self) -> QSize:
        """Wide as the column, a fixed height."""
        return QSize(240, round(self.sizes.height))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(160, round(self.sizes.height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the axes, the diagonal and the points."""
        if self._part is None:
            return
        theme = theme_of(self)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(interface_font(CAPTION_PX))
            self._paint_axes(painter, theme)
            self._paint_points(painter, theme)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which point the pointer is on."""
        self._point(self._nearest(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has gone."""
        super().leaveEvent(event)
        self._point(-1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        super().focusOutEvent(event)
        self._point(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the example of a point."""
        found = self._nearest(event.position())
        if found >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.example_requested.emit(found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from point to point with Left and Right; Enter asks for the example."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and len(self._drawn):
            here = np.flatnonzero(self._drawn == self._pointed)
            step = 1 if key == Qt.Key.Key_Right else -1
            place = int(here[0]) + step if len(here) else 0
            self._point(int(self._drawn[min(max(place, 0), len(self._drawn) - 1)]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._pointed >= 0:
            self.example_requested.emit(self._pointed)
        else:
            super().keyPressEvent(event)

    def _area(self) -> QRectF:
        """Where the points are drawn: beside the figures of the axis at the left."""
        metrics = QFontMetricsF(interface_font(CAPTION_PX))
        widest = max((metrics.horizontalAdvance(format_number(tick)) for tick in self._ticks(5)), default=0.0)
        left = widest + self.sizes.tick_gap
        height = self.height() - self.sizes.foot - self.sizes.top
        return QRectF(left, self.sizes.top, self.width() - left - 6, height)

    def _ticks(self, most: int) -> list[float]:
        return nice_ticks(self._low, self._high, most)

    def _position(self, right: float, said: float) -> QPointF:
        area, span = self._area(), self._high - self._low
        return QPointF(
            area.left() + (right - self._low) / span * area.width(),
            area.bottom() - (said - self._low) / span * area.height(),
        )

    def _positions(self) -> Floats:
        """Where the drawn points are: (n_drawn, 2)."""
        assert self._part is not None
        area, span = self._area(), self._high - self._low
        across = (self._part.right[self._drawn] - self._low) / span
        up = (self._part.said[self._drawn] - self._low) / span
        return np.column_stack([area.left() + across * area.width(), area.bottom() - up * area.height()])

    def _paint_axes(self, painter: QPainter, theme: Theme) -> None:
        area, gap = self._area(), self.sizes.tick_gap
        painter.setPen(QColor(theme.muted))
        right, centre = int(Qt.AlignmentFlag.AlignRight), int(Qt.AlignmentFlag.AlignHCenter)
        middle, top = int(Qt.AlignmentFlag.AlignVCenter), int(Qt.AlignmentFlag.AlignTop)
        painter.drawText(QRectF(0, 0, self.width(), 16), int(Qt.AlignmentFlag.AlignLeft), self.tr("It says"))
        foot = QRectF(area.left(), self.height() - 17, area.width(), 16)
        painter.drawText(foot, right, self.tr("Right is"))
        for tick in self._ticks(5):
            at = self._position(tick, tick)
            painter.setPen(QColor(theme.line))
            painter.drawLine(QPointF(area.left(), at.y()), QPointF(area.right(), at.y()))
            painter.setPen(QColor(theme.muted))
            text = format_number(tick)
            painter.drawText(QRectF(0, at.y() - 9, area.left() - gap, 18), right | middle, text)
            painter.drawText(QRectF(at.x() - 40, area.bottom() + 2, 80, 16), centre | top, text)
        painter.setPen(QPen(QColor(theme.muted), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(self._position(self._low, self._low), self._position(self._high, self._high))

    def _paint_points(self, painter: QPainter, theme: Theme) -> None:
        places = self._positions()
        ink = mixed(theme.surface, theme.positive, 0.75)
        pen = QPen(QColor(ink), self.sizes.point, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(QPolygonF([QPointF(x, y) for x, y in places.tolist()]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, colour in ((self._pointed, theme.ink), (self._chosen, theme.accent)):
            if place in self._drawn:
                painter.setPen(QPen(QColor(colour), 2.0))
                painter.drawEllipse(self.position_of(place), self.sizes.ring, self.sizes.ring)

    def _nearest(self, at: QPointF) -> int:
        """The place of the nearest point within reach, or -1."""
        if self._part is None or not len(self._drawn):
            return -1
        away = np.hypot(*(self._positions() - (at.x(), at.y())).T)
        best = int(away.argmin())
        return int(self._drawn[best]) if away[best] <= self.sizes.reach else -1

    def _point(self, place: int) -> None:
        if place != self._pointed:
            self._pointed = place
            self.pointed.emit(place)
            self.update()


def _thinned(part: NumberResults) -> NDArray[np.int64]:
    """Places of the rows to draw, by right answer: all, or of very many an even choice of them."""
    told = np.flatnonzero(_drawable(part))
    order = told[np.argsort(part.right[told], kind="stable")].astype(np.int64)
    if len(order) <= MOST_POINTS:
        return order
    return order[np.linspace(0, len(order) - 1, MOST_POINTS).astype(np.intp)]


def _drawable(part: NumberResults) -> NDArray[np.bool_]:
    """Which rows have numbers that can be drawn."""
    return np.asarray((np.abs(part.said) < FARTHEST) & (np.abs(part.right) < FARTHEST))


def _range(part: NumberResults, margin: float) -> tuple[float, float]:
    """From the smallest to the largest of all numbers, and a little more; never nothing."""
    told = _drawable(part)
    every = np.concatenate([part.right[told], part.said[told]])
    if not len(every):
        return 0.0, 1.0
    low, high = float(every.min()), float(every.max())
    span = high - low
    if span <= 1e-12 * max(abs(low), abs(high)):
        span = max(abs(low), 1.0)
    return low - margin * span, high + margin * span
