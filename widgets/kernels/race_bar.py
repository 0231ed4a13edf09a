"""One bar of a race: a figure on a logarithmic scale, growing when it arrives, with its spread."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.theme import Theme
from widgets.kernels.race_scale import LogScale
from widgets.style import mixed, theme_of

GROW_MS = 180
LEAST_PX = 76


@dataclass(frozen=True, slots=True)
class BarStyle:
    """Sizes of a bar, in pixels."""

    height: int = 26
    corner: float = 5.0
    least: float = 6.0
    whisker: float = 2.0
    cap: float = 10.0


@dataclass(frozen=True, slots=True)
class Reading:
    """What a bar shows: the median and the quartiles in GFLOP/s, and whether it is the fastest."""

    gflops: float
    low: float
    high: float
    is_fastest: bool = False
    is_right: bool = True


class RaceBar(QWidget):
    """A track with a line at every power of ten, and a bar on it."""

    sizes = BarStyle()

    def __init__(self) -> None:
        super().__init__()
        self._scale = LogScale()
        self._reading: Reading | None = None
        self._limit: float | None = None
        self._shown = 0.0
        self.reduced_motion = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._growth = QVariantAnimation(self)
        self._growth.setDuration(GROW_MS)
        self._growth.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._growth.valueChanged.connect(self._grow)

    @property
    def shown_share(self) -> float:
        """How far the bar reaches now, from 0 to 1."""
        return self._shown

    def sync(self, reading: Reading | None, scale: LogScale, limit: float | None) -> None:
        """Show a reading, or an empty track; `limit` is what the processor can do at all, in GFLOP/s."""
        if (reading, scale, limit) == (self._reading, self._scale, self._limit):
            return
        self._reading, self._scale, self._limit = reading, scale, limit
        self._move_to(0.0 if reading is None else scale.share(reading.gflops))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for a bar that can be told from its neighbours."""
        return QSize(220, self.sizes.height)

    def minimumSizeHint(self) -> QSize:
        """Short, but a bar still."""
        return QSize(LEAST_PX, self.sizes.height)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing grows while nobody looks."""
        super().hideEvent(event)
        self._finish()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, bar, decades, limit and spread."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        self._draw_track(painter, theme)
        if self._reading is not None:
            self._draw_bar(painter, theme)
        self._draw_decades(painter, theme)
        if self._limit is not None:
            self._draw_limit(painter, theme)
        if self._reading is not None and not self._is_growing:
            self._draw_spread(painter, theme)
        painter.end()

    @property
    def _is_growing(self) -> bool:
        return self._growth.state() == QVariantAnimation.State.Running

    def _move_to(self, share: float) -> None:
        self._growth.stop()
        if self.reduced_motion or not self.isVisible() or share <= self._shown:
            self._shown = share
            return
        self._growth.setStartValue(self._shown)
        self._growth.setEndValue(share)
        self._growth.start()

    def _grow(self, share: float) -> None:
        self._shown = float(share)
        self.update()

    def _finish(self) -> None:
        if self._is_growing:
            self._growth.stop()
            self._shown = float(self._growth.endValue())

    def _x(self, share: float) -> float:
        return share * self.width()

    def _draw_track(self, painter: QPainter, theme: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(track_colour(theme)))
        painter.drawRoundedRect(QRectF(self.rect()), self.sizes.corner, self.sizes.corner)

    def _draw_bar(self, painter: QPainter, theme: Theme) -> None:
        wide = max(self._x(self._shown), self.sizes.least)
        painter.setBrush(QColor(self._colour(theme)))
        painter.drawRoundedRect(QRectF(0, 0, wide, self.height()), self.sizes.corner, self.sizes.corner)

    def _draw_decades(self, painter: QPainter, theme: Theme) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        for tick in self._scale.ticks()[1:-1]:
            share = self._scale.share(tick)
            ground = self._colour(theme) if share < self._shown else track_colour(theme)
            ink = theme.stage if share < self._shown else theme.muted
            painter.setPen(QColor(mixed(ground, ink, 0.35)))
            x = round(self._x(share))
            painter.drawLine(x, 0, x, self.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)

    def _draw_limit(self, painter: QPainter, theme: Theme) -> None:
        x = self._x(self._scale.share(self._limit or 0.0))
        painter.setPen(QPen(QColor(theme.ink), 2.0))
        painter.drawLine(QPointF(x, -1), QPointF(x, self.height() + 1))

    def _draw_spread(self, painter: QPainter, theme: Theme) -> None:
        """A thin line from quartile to quartile with a cap at each end."""
        assert self._reading is not None
        low, high = (self._x(self._scale.share(end)) for end in (self._reading.low, self._reading.high))
        middle, half = self.height() / 2, self.sizes.cap / 2
        painter.setPen(QPen(QColor(theme.ink), self.sizes.whisker))
        painter.drawLine(QPointF(low, middle), QPointF(high, middle))
        for x in (low, high):
            painter.drawLine(QPointF(x, middle - half), QPointF(x, middle + half))

    def _colour(self, theme: Theme) -> str:
        if self._reading is None or not self._reading.is_right:
            return mixed(theme.muted, theme.stage, 0.4)
        if self._reading.is_fastest:
            return theme.accent
        return mixed(theme.positive, theme.stage, 0.2)


def track_colour(theme: Theme) -> str:
    """The ground on which bars stand."""
    return mixed(theme.stage, theme.line, 0.45)
