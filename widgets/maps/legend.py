"""Says which colour of a map means what."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.maps import NO_VALUE, Answer
from playground.model.message import format_number
from resources.theme import Theme
from widgets.maps.map_painting import filling
from widgets.maps.shades import STRENGTH, answer_colours, image_of, ramp
from widgets.style import CAPTION_PX, interface_font, theme_of

LINE_PX, DOT_PX, GAP_PX = 20.0, 10.0, 6.0
BAR_PX = 10.0


class Legend(QWidget):
    """A bar between two words, or a dot and a word for each class."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._words: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_answer(self, answer: Answer | None) -> None:
        """Explain the colours of an answer."""
        if answer == self._answer:
            return
        self._answer = answer
        self._words = () if answer is None else legend_words(answer)
        self.setAccessibleName(", ".join(self._words))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Many classes take several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the words need."""
        if self._answer is None:
            return 0
        if self._answer.kind != "classes":
            return round(LINE_PX)
        return round(LINE_PX * (1 + self._places(width)[-1][1]))

    def sizeHint(self) -> QSize:
        """One line, or several."""
        width = max(self.width(), 200)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw colours and words."""
        if self._answer is None:
            return
        theme = theme_of(self)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(interface_font(CAPTION_PX))
            if self._answer.kind == "classes":
                self._paint_classes(painter, self._answer, theme)
            else:
                self._paint_bar(painter, self._answer, theme)

    def _paint_bar(self, painter: QPainter, answer: Answer, theme: Theme) -> None:
        metrics = QFontMetricsF(interface_font(CAPTION_PX))
        most = 0.36 * self.width()
        low, high = (metrics.elidedText(word, Qt.TextElideMode.ElideRight, most) for word in self._words)
        left, right = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
        whole = QRectF(0, 0, self.width(), LINE_PX)
        painter.setPen(QColor(theme.ink))
        painter.drawText(whole, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), low)
        painter.drawText(whole, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), high)
        first, last = answer_colours(answer, theme)
        shades = ramp(first, theme.surface, last, STRENGTH)
        levels = np.arange(NO_VALUE, dtype=np.uint8)[np.newaxis]
        bar = QRectF(left + 8, (LINE_PX - BAR_PX) / 2, self.width() - left - right - 16, BAR_PX)
        painter.setPen(QColor(theme.line))
        painter.setBrush(filling(image_of(levels, shades), bar))
        painter.drawRoundedRect(bar, 4, 4)

    def _paint_classes(self, painter: QPainter, answer: Answer, theme: Theme) -> None:
        places = self._places(self.width())
        for word, colour, (x, line) in zip(self._words, answer_colours(answer, theme), places, strict=True):
            top = line * LINE_PX
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QRectF(x, top + (LINE_PX - DOT_PX) / 2, DOT_PX, DOT_PX))
            painter.setPen(QColor(theme.ink))
            room = QRectF(x + DOT_PX + GAP_PX, top, self.width(), LINE_PX)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), word)

    def _places(self, width: float) -> list[tuple[float, int]]:
        """Where each word begins, and in which line."""
        metrics = QFontMetricsF(interface_font(CAPTION_PX))
        places, x, line = [], 0.0, 0
        for word in self._words:
            wide = DOT_PX + GAP_PX + metrics.horizontalAdvance(word)
            if x and x + wide > width:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += wide + 2 * GAP_PX
        return places


def legend_words(answer: Answer) -> tuple[str, ...]:
    """Return the names of the classes, or the lowest and the highest number."""
    if answer.kind == "value":
        return format_number(answer.middle - answer.reach), format_number(answer.middle + answer.reach)
    return answer.classes
