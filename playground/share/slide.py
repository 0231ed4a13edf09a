"""Paints one picture of a presented pass: the stage, the sentence below it, and how far the pass has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from playground.engine.timeline import PhaseSpan
from playground.model.stage import Stage
from resources.theme import Theme
from widgets.canvas.cache import PaintCache
from widgets.canvas.camera import Camera
from widgets.canvas.fonts import STRONG, Fonts
from widgets.canvas.paint import paint
from widgets.canvas.style import mix
from widgets.phases import PHASE_NAMES, phase_colours, shared_out
from widgets.text import say

STAGE_SHARE, SENTENCE_SHARE = 0.76, 0.125
"""The parts of the height that stage and sentence take; the rest is for the phases."""

LEAST_NAME_PX = 9.0
WRAPPED = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True, slots=True)
class Slide:
    """The fixed parts of an animation's pictures.

    size : pixels; camera : of the stage's part; spans, duration_s : the phases of the pass
    """

    size: tuple[int, int]
    camera: Camera
    theme: Theme
    scale: float
    spans: Sequence[PhaseSpan]
    duration_s: float

    def paint(self, painter: QPainter, stage: Stage, sentence: str, cache: PaintCache) -> None:
        """Paint the picture of a stage that has a moment."""
        width, height = self.size
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, 0, width, height, QColor(self.theme.stage))
        paint(painter, stage, self.camera, self.theme, self.scale, cache)
        room = QRectF(0.07 * width, STAGE_SHARE * height, 0.86 * width, SENTENCE_SHARE * height)
        self._write(painter, sentence, room, cache.fonts)
        if stage.moment is not None:
            self._paint_phases(painter, stage.moment.time_s, cache.fonts)

    def _write(self, painter: QPainter, sentence: str, room: QRectF, fonts: Fonts) -> None:
        """Write the sentence as large as it fits, at most at a presenter's size."""
        size = max(round(self.size[1] * 0.038), 9)
        while size > 9 and not _fits(fonts.font(size, STRONG), sentence, room):
            size -= 1
        painter.setFont(fonts.font(size, STRONG))
        painter.setPen(QColor(self.theme.ink))
        painter.drawText(room, WRAPPED, sentence)

    def _paint_phases(self, painter: QPainter, time_s: float, fonts: Fonts) -> None:
        width, height = self.size
        unit = height / 900
        thick, gap, name_px = 12 * unit, 4 * unit, max(19 * unit, LEAST_NAME_PX)
        left, room, y = 0.22 * width, 0.56 * width, 0.905 * height
        lengths = [span.end_s - span.start_s for span in self.spans]
        names = [say(PHASE_NAMES[span.phase]) for span in self.spans]
        wanted = [fonts.width(name, name_px, STRONG) + 10 * unit for name in names]
        room -= gap * (len(names) - 1)
        least = wanted if sum(wanted) <= room else [0.0] * len(names)
        handle = left
        for span, name, wide in zip(self.spans, names, shared_out(room, lengths, least), strict=True):
            colour = phase_colours(self.theme)[span.phase]
            length = span.end_s - span.start_s
            done = min(max((time_s - span.start_s) / length, 0.0), 1.0) if length > 0 else 1.0
            bar = QRectF(left, y - thick / 2, wide, thick)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mix(colour, self.theme.stage, 0.30))
            painter.drawRoundedRect(bar, min(thick, wide) / 2, min(thick, wide) / 2)
            if done > 0:
                bar.setWidth(max(done * wide, min(thick, wide)))
                painter.setBrush(QColor(colour))
                painter.drawRoundedRect(bar, min(thick, wide) / 2, min(thick, wide) / 2)
                handle = left + done * wide
            if fonts.width(name, name_px, STRONG) <= wide:
                painter.setFont(fonts.font(name_px, STRONG))
                painter.setPen(QColor(colour))
                painter.drawText(QPointF(left + 2 * unit, y + thick / 2 + 1.35 * name_px), name)
            left += wide + gap
        painter.setPen(QPen(QColor(self.theme.ink), 2.4 * unit))
        painter.setBrush(QColor(self.theme.surface))
        painter.drawEllipse(QPointF(handle, y), 13 * unit, 13 * unit)


def _fits(font: QFont, text: str, room: QRectF) -> bool:
    needed = QFontMetricsF(font).boundingRect(room, WRAPPED, text)
    return bool(needed.height() <= room.height() and needed.width() <= room.width())
