"""The canvas's fonts: Inter first where it is installed, with figures that all have one width."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

SMALLEST_PX = 7.5
"""Text below this is not drawn: it could not be read."""

NORMAL = QFont.Weight.Normal
STRONG = QFont.Weight.DemiBold
HEAVY = QFont.Weight.Bold


class Fonts:
    """Fonts by size and weight, made once each; sizes are rounded to whole pixels."""

    def __init__(self) -> None:
        self._families = ["Inter", QGuiApplication.font().family()]
        self._made: dict[tuple[int, QFont.Weight], tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[int, QFont.Weight, str], float] = {}

    def font(self, size_px: float, weight: QFont.Weight = NORMAL) -> QFont:
        """The font of a size and weight."""
        return self._pair(size_px, weight)[0]

    def width(self, text: str, size_px: float, weight: QFont.Weight = NORMAL) -> float:
        """The width of a text in pixels."""
        key = (round(size_px), weight, text)
        if key not in self._widths:
            if len(self._widths) > 4_096:
                self._widths.clear()
            self._widths[key] = self._pair(size_px, weight)[1].horizontalAdvance(text)
        return self._widths[key]

    def elided(self, text: str, size_px: float, weight: QFont.Weight, room_px: float) -> str:
        """The text, or as much of its beginning as fits into `room_px`, and an ellipsis."""
        if self.width(text, size_px, weight) <= room_px:
            return text
        return self._pair(size_px, weight)[1].elidedText(text, Qt.TextElideMode.ElideRight, room_px)

    def _pair(self, size_px: float, weight: QFont.Weight) -> tuple[QFont, QFontMetricsF]:
        key = (max(round(size_px), 1), weight)
        if key not in self._made:
            font = QFont(self._families)
            font.setPixelSize(key[0])
            font.setWeight(weight)
            font.setFeature(QFont.Tag("tnum"), 1)
            # The same letters on kept layers with a transparent ground as on the picture itself.
            font.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
            self._made[key] = (font, QFontMetricsF(font))
        return self._made[key]
