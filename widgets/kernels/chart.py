"""Draws the content of a plot. Importing this file loads the plotting library."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from playground.model.parameters import Floats
from resources.theme import Theme
from widgets.controls.card import column
from widgets.kernels.chart_axes import ends, ticks
from widgets.kernels.plot_content import GLYPHS, Content, Line, Mark, spread_out
from widgets.plot import Plot
from widgets.style import CAPTION_PX, interface_font, theme_of
from widgets.text import say

SYMBOLS: dict[Mark, str | None] = {
    "": None,
    "circle": "o",
    "square": "s",
    "up": "t1",
    "down": "t",
    "diamond": "d",
    "star": "star",
}
NAME_PX = 17.0
"""The height that a line's name takes."""
GAP_PX = 6.0
"""The room between a line and its name."""
REACH_PX = 40.0
"""A point is pointed at from this far away."""
PICTURE_SCALE = 2

Place = tuple[int, int]
"""The number of a line, and of a point on it."""


class Chart(QWidget):
    """Lines with their names at their ends; points answer to the pointer and to the arrow keys."""

    pointed_at = Signal(object)
    """The `Place` that is pointed at, or None."""

    def __init__(self, height_px: int, ground: str = "surface") -> None:
        super().__init__()
        self._ground = ground
        self._content: Content | None = None
        self._curves: list[pg.PlotDataItem] = []
        self._names: list[pg.TextItem] = []
        self._pointed: Place | None = None
        self.plot = Plot()
        self.ring = pg.ScatterPlotItem(size=15, symbol="o", brush=None)
        self.plot.addItem(self.ring, ignoreBounds=True)
        column(self).addWidget(self.plot)
        self.setFixedHeight(height_px)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.plot.moved.connect(self._moved)
        self.plot.left.connect(self._left)
        self.plot.getViewBox().sigResized.connect(self._resized)
        self._renew_theme()

    @property
    def pointed(self) -> Place | None:
        """What is pointed at now."""
        return self._pointed

    @property
    def name_texts(self) -> list[str]:
        """The names that stand at the lines."""
        return [name.toPlainText() for name in self._names]

    def set_content(self, content: Content) -> None:
        """Show other lines."""
        if content != self._content:
            self._content = content
            self._point(None)
            self.plot.set_axes(say(content.below.name), say(content.left.name))
            self._draw()

    def picture(self) -> QImage:
        """The plot as it is shown, at twice its size in pixels."""
        image = QImage(self.size() * PICTURE_SCALE, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(PICTURE_SCALE)
        image.fill(QColor(getattr(theme_of(self), self._ground)))
        painter = QPainter(image)
        self.render(painter, QPoint())
        painter.end()
        return image

    def changeEvent(self, event: QEvent) -> None:
        """Take on the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._renew_theme()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along a line with Left and Right, from line to line with Up and Down."""
        ways = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        way = ways.get(Qt.Key(event.key()))
        if way is None or self._content is None or self._content.is_empty:
            super().keyPressEvent(event)
            return
        self._point(self._beside(way))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Without the keyboard nothing is pointed at."""
        super().focusOutEvent(event)
        self._point(None)

    def _renew_theme(self) -> None:
        """Draw in the colours of the theme that the widget is shown in."""
        theme = theme_of(self)
        self.plot.set_theme(theme, getattr(theme, self._ground))
        self.ring.setPen(pg.mkPen(theme.ink, width=2))
        self._draw()

    def _beside(self, way: tuple[int, int]) -> Place:
        """The point one step away; the first one where none is pointed at."""
        assert self._content is not None
        told = [index for index, line in enumerate(self._content.lines) if line.told]
        if self._pointed is None:
            return told[0], 0
        line = told[(told.index(self._pointed[0]) + way[0]) % len(told)]
        return line, min(max(0, self._pointed[1] + way[1]), len(self._content.lines[line].told) - 1)

    def _draw(self) -> None:
        """Draw all lines anew; a plot of this room has few, and they change seldom."""
        for item in (*self._curves, *self._names):
            self.plot.removeItem(item)
        self._curves, self._names = [], []
        if self._content is None:
            return
        theme = theme_of(self)
        for line in self._content.lines:
            self._curves.append(self._drawn(line, theme))
            name = pg.TextItem(color=getattr(theme, line.look.ink), anchor=line.beside or (0, 0.5))
            name.setFont(interface_font(CAPTION_PX))
            glyph = GLYPHS[line.look.mark] if line.beside is None else ""
            name.setText(f"{glyph} {say(line.name)}".strip())
            self.plot.addItem(name, ignoreBounds=True)
            self._names.append(name)
        self._fit()

    def _drawn(self, line: Line, theme: Theme) -> pg.PlotDataItem:
        assert self._content is not None
        colour = getattr(theme, line.look.ink)
        style = Qt.PenStyle.DashLine if line.look.is_dashed else Qt.PenStyle.SolidLine
        xs, ys = self._places(line)
        return self.plot.plot(
            xs,
            ys,
            pen=pg.mkPen(colour, width=line.look.width, style=style) if line.is_joined else None,
            symbol=SYMBOLS[line.look.mark],
            symbolSize=8 if line.is_joined else 12,
            symbolPen=None,
            symbolBrush=colour,
            antialias=True,
        )

    def _places(self, line: Line) -> tuple[Floats, Floats]:
        """The points of a line in the measures of the axes."""
        assert self._content is not None
        below, left = self._content.below, self._content.left
        return (
            np.array([below.place(x) for x, _ in line.points], dtype=np.float64),
            np.array([left.place(y) for _, y in line.points], dtype=np.float64),
        )

    def _fit(self) -> None:
        """Show all points, leave room for the names at the right, and name round numbers."""
        area = self.plot.getViewBox().size()
        if self._content is None or area.width() <= 0 or area.height() <= 0:
            return
        every = [self._places(line) for line in self._content.lines]
        if not every:
            return
        low, high = ends(np.concatenate([xs for xs, _ in every]), self._content.below)
        bottom, top = ends(np.concatenate([ys for _, ys in every]), self._content.left)
        room = min(0.6, self._widest() / area.width())
        margin = 0.02 * (high - low)
        right = low + (high - low + 2 * margin) / (1 - room)
        self.plot.setRange(xRange=(low - margin, right), yRange=(bottom, top), padding=0)
        below = ticks(self._content.below, low, high, area.width() * (1 - room), self._apart())
        left = ticks(self._content.left, bottom, top, area.height(), NAME_PX)
        self.plot.getAxis("bottom").setTicks([below])
        self.plot.getAxis("left").setTicks([left])
        self._place_names(bottom, top, area.height())

    def _place_names(self, bottom: float, top: float, room_px: float) -> None:
        """Put each name at the end of its line, moved up or down where names would cover each other."""
        assert self._content is not None
        at_right = []
        for index, line in enumerate(self._content.lines):
            xs, ys = self._places(line)
            if line.beside is not None:
                self._names[index].setPos(float(xs[-1]), float(ys[-1]))
            else:
                at_right.append((float(ys[-1]), index))
        at_right.sort()
        per_px = (top - bottom) / room_px
        half = NAME_PX / 2 * per_px
        heights = spread_out(
            [height for height, _ in at_right],
            NAME_PX * per_px,
            bottom + half,
            max(bottom + half, top - half),
        )
        if not at_right:
            return
        furthest = max(float(self._places(self._content.lines[index])[0][-1]) for _, index in at_right)
        furthest += GAP_PX * self.plot.getViewBox().viewPixelSize()[0]
        for height, (_, index) in zip(heights, at_right, strict=True):
            self._names[index].setPos(furthest, height)

    def _widest(self) -> float:
        """The width of the widest name in the column at the right, in pixels."""
        assert self._content is not None
        metrics = QFontMetricsF(interface_font(CAPTION_PX))
        pairs = zip(self._content.lines, self.name_texts, strict=True)
        widths = [metrics.horizontalAdvance(text) for line, text in pairs if line.beside is None]
        return max(widths, default=0.0) + 14 + GAP_PX if widths else 0.0

    def _apart(self) -> float:
        """How far the figures below the plot must stand apart, in pixels."""
        return QFontMetricsF(interface_font(CAPTION_PX)).horizontalAdvance("10,000") + 6

    def _resized(self, _box: object) -> None:
        self._fit()

    def _moved(self, position: QPointF) -> None:
        self._point(self._nearest(position))

    def _left(self) -> None:
        self._point(None)

    def _nearest(self, position: QPointF) -> Place | None:
        """The nearest point that has something to tell, within reach."""
        if self._content is None:
            return None
        box, best, found = self.plot.getViewBox(), REACH_PX, None
        for index, line in enumerate(self._content.lines):
            if not line.told:
                continue
            for number, (x, y) in enumerate(zip(*self._places(line), strict=True)):
                place = box.mapViewToScene(QPointF(float(x), float(y)))
                away = math.hypot(place.x() - position.x(), place.y() - position.y())
                if away < best:
                    best, found = away, (index, number)
        return found

    def _point(self, place: Place | None) -> None:
        if place == self._pointed:
            return
        self._pointed = place
        if place is None or self._content is None:
            self.ring.setData([], [])
        else:
            xs, ys = self._places(self._content.lines[place[0]])
            self.ring.setData([xs[place[1]]], [ys[place[1]]])
        self.pointed_at.emit(place)
