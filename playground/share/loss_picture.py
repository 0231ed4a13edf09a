"""The curve of learning, painted by itself: below a film of a run, and as a picture of its own."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from playground.model.message import Message, format_number, message
from playground.model.parameters import Floats
from resources.theme import Theme
from widgets.canvas.fonts import STRONG, Fonts
from widgets.log_ticks import log_ticks
from widgets.text import say

TICKS = 4
"""About how many round numbers stand at an axis."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the curves and the axes are called at a level; `unit` is one step along the lower axis."""

    practice: Message
    unseen: Message
    below: Message
    left: Message
    unit: Message


PLAIN = Names(message("training"), message("test"), message("epochs"), message("loss"), message("Epoch"))


@dataclass(frozen=True, slots=True, eq=False)
class LossPicture:
    """The two losses over the epochs.

    points : (n_points, 5), as `Snapshot.history`; what is not finite leaves a gap
    is_log : draws equal ratios equally high
    """

    points: Floats
    theme: Theme
    names: Names = PLAIN
    is_log: bool = False

    def paint(self, painter: QPainter, area: QRectF, unit: float, fonts: Fonts, until: float) -> None:
        """Paint axes and curves up to an epoch into an area; the axes are always those of the whole run.

        unit : how many pixels a pixel of the window takes
        """
        text_px = 12 * unit
        room = area.adjusted(56 * unit, text_px, -12 * unit, -2.8 * text_px)
        heights = self._heights()
        if not np.isfinite(heights).any() or room.width() <= 0 or room.height() <= 0:
            return
        first, last = (
            float(self.points[0, 0]),
            max(float(self.points[-1, 0]), float(self.points[0, 0]) + 1e-9),
        )
        low, high = self._range(heights)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_axes(painter, area, room, (first, last), (low, high), text_px, fonts)
        across = room.left() + (self.points[:, 0] - first) / (last - first) * room.width()
        down = room.bottom() - (heights - low) / (high - low) * room.height()
        shown = self.points[:, 0] <= until + 1e-9
        inks = ((self.theme.muted, 1.6, self.names.unseen), (self.theme.ink, 2.2, self.names.practice))
        lines: list[tuple[str, str]] = []
        for column, (ink, width, name) in zip((1, 0), inks, strict=True):
            painter.setPen(QPen(QColor(ink), width * unit))
            for stretch in _stretches(np.column_stack([across, down[:, column]])[shown]):
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in stretch.tolist()]))
            finite = np.flatnonzero(np.isfinite(heights[:, column]) & shown)
            if len(finite):
                loss = float(self.points[finite[-1], column + 1])
                lines.append((f"{say(name)} {format_number(loss)}", ink))
                place = QPointF(float(across[finite[-1]]), float(down[finite[-1], column]))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ink))
                painter.drawEllipse(place, 3.5 * unit, 3.5 * unit)
        # The end of a falling curve is low, and above it there is room; else there is below.
        end = heights[across > room.left() + 0.7 * room.width()]
        is_low = not np.isfinite(end).any() or float(np.nanmean(end)) < (low + high) / 2
        names_top = room.top() if is_low else room.bottom() - 1.6 * text_px * len(lines)
        for index, (text, ink) in enumerate(lines):
            painter.setFont(fonts.font(text_px, STRONG))
            painter.setPen(QColor(ink))
            line = QRectF(room.left(), names_top + index * 1.5 * text_px, room.width(), 1.5 * text_px)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignRight), text)

    def image(self, size: tuple[int, int]) -> QImage:
        """Return the whole of it as an image of `size` pixels, on the ground of a panel."""
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor(self.theme.surface))
        unit = size[1] / 360
        with QPainter(image) as painter:
            inside = QRectF(0, 0, *size).adjusted(8 * unit, 8 * unit, -8 * unit, -8 * unit)
            self.paint(painter, inside, unit, Fonts(), math.inf)
        return image

    def _paint_axes(
        self,
        painter: QPainter,
        area: QRectF,
        room: QRectF,
        across: tuple[float, float],
        up: tuple[float, float],
        text_px: float,
        fonts: Fonts,
    ) -> None:
        painter.setFont(fonts.font(text_px))
        ticks = (
            log_ticks(*up, room.height(), 2.4 * text_px)
            if self.is_log
            else [(value, format_number(value)) for value in _ticks(*up)]
        )
        for value, text in ticks:
            y = room.bottom() - (value - up[0]) / (up[1] - up[0]) * room.height()
            painter.setPen(QPen(QColor(self.theme.line), text_px / 12))
            painter.drawLine(QLineF(room.left(), y, room.right(), y))
            painter.setPen(QColor(self.theme.muted))
            place = QRectF(area.left(), y - text_px, room.left() - area.left() - 0.6 * text_px, 2 * text_px)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        for value in _ticks(*across):
            x = room.left() + (value - across[0]) / (across[1] - across[0]) * room.width()
            place = QRectF(x - 5 * text_px, room.bottom() + 0.3 * text_px, 10 * text_px, 1.4 * text_px)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter), format_number(value))
        foot = QRectF(room.left(), room.bottom() + 1.6 * text_px, room.width(), 1.4 * text_px)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter), say(self.names.below))
        head = QRectF(area.left(), area.top() - 0.4 * text_px, room.left() - area.left(), 1.4 * text_px)
        painter.drawText(head, int(Qt.AlignmentFlag.AlignLeft), say(self.names.left))

    def _heights(self) -> Floats:
        """Both losses as they are drawn: (n_points, 2), logarithms on the logarithmic scale."""
        losses = np.asarray(self.points[:, 1:3], np.float64)
        usable = np.isfinite(losses) & ((losses > 0) | (not self.is_log))
        with np.errstate(divide="ignore", invalid="ignore"):
            drawn = np.log10(losses) if self.is_log else losses
        return np.asarray(np.where(usable, drawn, np.nan))

    def _range(self, heights: Floats) -> tuple[float, float]:
        low, high = float(np.nanmin(heights)), float(np.nanmax(heights))
        if not self.is_log and low >= 0:
            low = 0.0
        if high <= low:
            low, high = low - 0.5, high + 0.5
        margin = 0.06 * (high - low)
        return (low if low == 0 and not self.is_log else low - margin), high + margin


def _stretches(places: Floats) -> list[Floats]:
    """The parts of a curve between its gaps: (n, 2) each."""
    finite = np.isfinite(places).all(axis=1)
    ends = np.flatnonzero(np.diff(finite.astype(np.int8))) + 1
    return [part for part in np.split(places, ends) if len(part) and np.isfinite(part).all()]


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between two numbers, from low to high."""
    raw = (high - low) / TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    return [round(index * step, 12) for index in range(math.ceil(low / step), math.floor(high / step) + 1)]
