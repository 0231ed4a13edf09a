"""The figures at the lines of a race's scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.message import format_number
from widgets.kernels.race_bar import LEAST_PX
from widgets.kernels.race_scale import LogScale
from widgets.style import CAPTION_PX, interface_font, theme_of


class RaceAxis(QWidget):
    """Powers of ten below the bars, each under its line."""

    def __init__(self) -> None:
        super().__init__()
        self._scale = LogScale()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Scale in GFLOP/s, from line to line ten times faster"))

    def sync(self, scale: LogScale) -> None:
        """Show the lines of a scale."""
        if scale != self._scale:
            self._scale = scale
            self.update()

    def sizeHint(self) -> QSize:
        """Room for one line of figures."""
        return QSize(220, 18)

    def minimumSizeHint(self) -> QSize:
        """As narrow as a bar."""
        return QSize(LEAST_PX, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the figures that have room."""
        painter = QPainter(self)
        font = interface_font(CAPTION_PX)
        painter.setFont(font)
        painter.setPen(QColor(theme_of(self).muted))
        metrics, free_from = QFontMetricsF(font), 0.0
        for tick in self._scale.ticks():
            text = format_number(tick if tick < 1 else int(tick))
            wide = metrics.horizontalAdvance(text)
            centre = self._scale.share(tick) * self.width()
            left = min(max(0.0, centre - wide / 2), self.width() - wide)
            if left >= free_from:
                painter.drawText(QRectF(left, 0, wide + 2, 18), int(Qt.AlignmentFlag.AlignVCenter), text)
                free_from = left + wide + 6
        painter.end()
