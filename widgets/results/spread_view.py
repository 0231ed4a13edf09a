"""How the values of each layer are spread, moment by moment: one strip of shades for each layer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.histograms import Histograms, LayerHistograms
from playground.model.message import format_number
from resources.theme import Theme
from widgets.style import CAPTION_PX, interface_font, mixed, theme_of
from widgets.text import say

Place = tuple[int, int]
"""A layer and a moment."""

SHADES = 32
MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class SpreadStyle:
    """Sizes of a strip, in pixels."""

    caption: float = 18.0
    strip: float = 54.0
    gap: float = 10.0
    foot: float = 18.0


class SpreadView(QWidget):
    """Strips one below another; time goes to the right, values go upwards, darker is more.

    pointed(object) : the Place under the pointer or chosen by the arrow keys, or None
    """

    pointed = Signal(object)
    sizes = SpreadStyle()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Histograms | None = None
        self._pointed: Place | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Weights over time"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_histograms(self, shown: Histograms | None) -> None:
        """Show these; None shows nothing."""
        old, self._shown = self._shown, shown
        if old is None or shown is None or len(old.layers) != len(shown.layers):
            self._pointed = None
            self.updateGeometry()
        elif self._pointed is not None and self._pointed[1] >= len(shown.epochs):
            self._pointed = None
        self.update()

    def strip_of(self, layer: int) -> QRectF:
        """Where a layer's shades are drawn."""
        top = layer * self._pitch + self.sizes.caption
        return QRectF(0, top, self.width(), self.sizes.strip)

    def sizeHint(self) -> QSize:
        """All strips, one below another."""
        count = 0 if self._shown is None else len(self._shown.layers)
        return QSize(240, round(count * self._pitch + self.sizes.foot))

    def minimumSizeHint(self) -> QSize:
        """All strips; narrow enough for any column."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the strips in sight, and the epochs below the last one."""
        shown = self._shown
        if shown is None or not len(shown.epochs):
            return
        theme = theme_of(self)
        with QPainter(self) as painter:
            painter.setFont(interface_font(CAPTION_PX))
            first = max(0, int(event.rect().top() / self._pitch))
            last = int(event.rect().bottom() / self._pitch) + 1
            for place, layer in enumerate(shown.layers[first:last], start=first):
                self._paint_layer(painter, shown, layer, self.strip_of(place), theme)
            self._paint_epochs(painter, shown, theme)
            self._paint_pointed(painter, shown, theme)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which layer and which moment the pointer is on."""
        self._point(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has gone."""
        super().leaveEvent(event)
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        super().focusOutEvent(event)
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from moment to moment with Left and Right, from layer to layer with Up and Down."""
        key, shown = Qt.Key(event.key()), self._shown
        if key not in MOVES or shown is None or not len(shown.epochs):
            super().keyPressEvent(event)
            return
        layer, moment = self._pointed or (0, len(shown.epochs) - 1)
        if self._pointed is not None:
            layer = min(max(layer + MOVES[key][0], 0), len(shown.layers) - 1)
            moment = min(max(moment + MOVES[key][1], 0), len(shown.epochs) - 1)
        self._point((layer, moment))

    @property
    def _pitch(self) -> float:
        return self.sizes.caption + self.sizes.strip + self.sizes.gap

    def _paint_layer(
        self, painter: QPainter, shown: Histograms, layer: LayerHistograms, strip: QRectF, theme: Theme
    ) -> None:
        painter.setPen(QColor(theme.ink))
        name = layer.name if isinstance(layer.name, str) else say(layer.name)
        head = QRectF(0, strip.top() - self.sizes.caption, self.width(), self.sizes.caption)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        low, high = format_number(float(layer.edges[0])), format_number(float(layer.edges[-1]))
        metrics, text = QFontMetricsF(painter.font()), f"{low} … {high}"
        room = head.width() - metrics.horizontalAdvance(text) - 12
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(head, middle | int(Qt.AlignmentFlag.AlignLeft), cut)
        painter.setPen(QColor(theme.muted))
        painter.drawText(head, middle | int(Qt.AlignmentFlag.AlignRight), text)
        painter.drawImage(strip, self._image(shown, layer, round(strip.width()), theme))
        if layer.edges[0] < 0 < layer.edges[-1]:
            share = float(np.interp(0.0, layer.edges, np.linspace(0.0, 1.0, len(layer.edges))))
            y = strip.bottom() - share * strip.height()
            painter.setPen(QPen(QColor(theme.muted), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(strip.left(), y), QPointF(strip.right(), y))

    def _image(self, shown: Histograms, layer: LayerHistograms, width: int, theme: Theme) -> QImage:
        """The shades: in each pixel's column the moment nearest to it; the lowest bin is at the bottom."""
        columns = nearest_moments(shown.epochs, max(1, width))
        most = layer.counts.max(initial=1)
        shade = np.rint(np.sqrt(layer.counts / max(1, most)) * (SHADES - 1)).astype(np.intp)
        middles = (layer.edges[:-1] + layer.edges[1:]) / 2
        below, above = _ramps(shown, theme)
        colours = np.where(middles < 0, below[shade], above[shade])
        pixels = np.ascontiguousarray(colours[columns, ::-1].T)
        height, across = pixels.shape
        image = QImage(pixels.data, across, height, 4 * across, QImage.Format.Format_RGB32)
        return image.copy()

    def _paint_epochs(self, painter: QPainter, shown: Histograms, theme: Theme) -> None:
        foot = QRectF(0, self.height() - self.sizes.foot, self.width(), self.sizes.foot)
        painter.setPen(QColor(theme.muted))
        for value, side in (
            (shown.epochs[0], Qt.AlignmentFlag.AlignLeft),
            (shown.epochs[-1], Qt.AlignmentFlag.AlignRight),
        ):
            painter.drawText(
                foot, int(side | Qt.AlignmentFlag.AlignVCenter), format_number(round(float(value), 2))
            )

    def _paint_pointed(self, painter: QPainter, shown: Histograms, theme: Theme) -> None:
        if self._pointed is None:
            return
        layer, moment = self._pointed
        strip, x = self.strip_of(layer), self._x_of(shown, moment)
        painter.setPen(QPen(QColor(theme.ink), 1.5))
        painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()))

    def _x_of(self, shown: Histograms, moment: int) -> float:
        first, last = float(shown.epochs[0]), float(shown.epochs[-1])
        share = (float(shown.epochs[moment]) - first) / (last - first) if last > first else 0.5
        return 1 + share * (self.width() - 2)

    def _place_at(self, at: QPointF) -> Place | None:
        shown = self._shown
        if shown is None or not len(shown.epochs):
            return None
        layer = int(at.y() / self._pitch)
        if not 0 <= layer < len(shown.layers) or not 0 <= at.x() < self.width():
            return None
        return layer, int(nearest_moments(shown.epochs, self.width())[int(at.x())])

    def _point(self, place: Place | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.pointed.emit(place)
            self.update()


def nearest_moments(epochs: NDArray[np.float64], width: int) -> NDArray[np.intp]:
    """Return the number of the moment nearest to each of `width` pixels; epochs rise from left to right."""
    places = np.linspace(epochs[0], epochs[-1], width)
    between = (epochs[1:] + epochs[:-1]) / 2
    return np.searchsorted(between, places).astype(np.intp)


def _ramps(shown: Histograms, theme: Theme) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The shades of values below and above 0: signs have colours, gradients that of blame."""
    inks = (theme.negative, theme.positive) if shown.subject == "weights" else (theme.backward,) * 2
    low, high = (
        [QColor(mixed(theme.raised, ink, n / (SHADES - 1))).rgb() for n in range(SHADES)] for ink in inks
    )
    return np.array(low, np.uint32), np.array(high, np.uint32)
