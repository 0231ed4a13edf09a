"""The course of one weight over a run, as a small curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.histograms import WeightHistory
from playground.model.message import format_number, message
from playground.model.parameters import Floats
from widgets.style import CAPTION_PX, interface_font, theme_of
from widgets.text import say

HEIGHT_PX, HEAD_PX, FOOT_PX = 92, 18.0, 18.0


class WeightCurve(QWidget):
    """A line from the first remembered epoch to the newest; nothing at all before there are two."""

    def __init__(self) -> None:
        super().__init__()
        self._history: WeightHistory | None = None
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Course of this weight"))
        self.setToolTip(self.tr("How this weight has moved while the network learned"))
        self.setVisible(False)

    @property
    def history(self) -> WeightHistory | None:
        """What is drawn."""
        return self._history

    def set_history(self, history: WeightHistory | None) -> None:
        """Draw the course of another weight, or a longer one."""
        has = history is not None and len(history.epochs) > 1
        self._history = history if has else None
        if history is not None and has:
            self.setAccessibleDescription(
                say(
                    message(
                        "From {first} at epoch {start} to {last} at epoch {end}",
                        first=float(history.values[0]),
                        start=round(float(history.epochs[0]), 2),
                        last=float(history.values[-1]),
                        end=round(float(history.epochs[-1]), 2),
                    )
                )
            )
        self.setVisible(has)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the column."""
        return QSize(240, HEIGHT_PX)

    def points(self) -> Floats:
        """Where the curve goes: (n, 2), pixels; values that are not finite are left out."""
        if self._history is None:
            return np.zeros((0, 2))
        told = np.isfinite(self._history.values)
        epochs, values = self._history.epochs[told], self._history.values[told]
        if not len(values):
            return np.zeros((0, 2))
        area, (low, high) = self._area(), _range(values)
        span = max(float(epochs[-1] - epochs[0]), 1e-300)
        across = area.left() + (epochs - epochs[0]) / span * area.width()
        return np.column_stack([across, area.bottom() - (values - low) / (high - low) * area.height()])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the range, the line of 0 and the curve."""
        points = self.points()
        if self._history is None or not len(points):
            return
        theme, area = theme_of(self), self._area()
        values = self._history.values[np.isfinite(self._history.values)]
        low, high = _range(values)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(interface_font(CAPTION_PX))
            painter.setPen(QColor(theme.muted))
            metrics, head = QFontMetricsF(painter.font()), QRectF(0, 0, self.width(), HEAD_PX)
            right, left = int(Qt.AlignmentFlag.AlignRight), int(Qt.AlignmentFlag.AlignLeft)
            ends = f"{format_number(float(values.min()))} … {format_number(float(values.max()))}"
            room = head.width() - metrics.horizontalAdvance(ends) - 8
            title = metrics.elidedText(self.tr("While it learned"), Qt.TextElideMode.ElideRight, room)
            painter.drawText(head, left, title)
            painter.drawText(head, right, ends)
            foot = QRectF(0, self.height() - FOOT_PX, self.width(), FOOT_PX)
            first, last = float(self._history.epochs[0]), float(self._history.epochs[-1])
            painter.drawText(foot, left, format_number(round(first, 2)))
            painter.drawText(foot, right, format_number(round(last, 2)))
            if low < 0 < high:
                y = area.bottom() + low / (high - low) * area.height()
                painter.setPen(QPen(QColor(theme.line), 1.0))
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QPen(QColor(theme.accent), 2.0))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points.tolist()]))

    def _area(self) -> QRectF:
        return QRectF(1, HEAD_PX + 2, self.width() - 2, self.height() - HEAD_PX - FOOT_PX - 4)


def _range(values: Floats) -> tuple[float, float]:
    """From the lowest to the highest value; never nothing."""
    low, high = float(values.min()), float(values.max())
    if high - low <= 1e-12 * max(abs(low), abs(high), 1e-12):
        pad = max(abs(low), 1.0) / 10
        return low - pad, high + pad
    return low, high
