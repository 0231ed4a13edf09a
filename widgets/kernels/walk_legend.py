"""What the colours of slow motion mean: a small cell before each word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import CAPTION_PX, interface_font, theme_of

CELL_PX = 12
GAP_PX = 6
BETWEEN_PX = 18
HIGH_PX = 18


@dataclass(frozen=True, slots=True)
class Swatch:
    """One colour, in both themes' inks, and its word."""

    light: str
    dark: str
    text: str


class WalkLegend(QWidget):
    """Coloured cells with their words in one line; the last ones are left out where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self._swatches: tuple[Swatch, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the colours mean"))

    def set_swatches(self, swatches: Sequence[Swatch]) -> None:
        """Show these colours."""
        if tuple(swatches) != self._swatches:
            self._swatches = tuple(swatches)
            self.setAccessibleDescription(", ".join(swatch.text for swatch in self._swatches))
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Room for all in one line."""
        metrics = QFontMetricsF(interface_font(CAPTION_PX))
        widths = [CELL_PX + GAP_PX + metrics.horizontalAdvance(swatch.text) for swatch in self._swatches]
        return QSize(round(sum(widths)) + BETWEEN_PX * len(widths), HIGH_PX)

    def minimumSizeHint(self) -> QSize:
        """Nothing is asked for."""
        return QSize(80, HIGH_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cells and their words."""
        theme = theme_of(self)
        font = interface_font(CAPTION_PX)
        metrics = QFontMetricsF(font)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            x = 0.0
            for swatch in self._swatches:
                wide = metrics.horizontalAdvance(swatch.text)
                if x + CELL_PX + GAP_PX + wide > self.width():
                    return
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(swatch.dark if theme.is_dark else swatch.light))
                painter.drawRoundedRect(QRectF(x, (HIGH_PX - CELL_PX) / 2, CELL_PX, CELL_PX), 2.5, 2.5)
                x += CELL_PX + GAP_PX
                painter.setPen(QColor(theme.muted))
                painter.drawText(
                    QRectF(x, 0, wide + 1, HIGH_PX), int(Qt.AlignmentFlag.AlignVCenter), swatch.text
                )
                x += wide + BETWEEN_PX
