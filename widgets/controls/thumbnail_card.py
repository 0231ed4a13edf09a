"""A small picture of data that can be chosen; the name stands below it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from playground.model.thumbnail import Thumbnail
from resources.theme import Theme
from widgets.style import CAPTION_PX, interface_font, mixed, theme_of

PICTURE_PX = 62
NAME_LINES = 2
MARGIN_PX = 7
GAP_PX = 3
DOT_PX = 1.7


class ThumbnailCard(QAbstractButton):
    """One of several data sets; the chosen one has an accent frame. Its picture may come later."""

    def __init__(self, title: str, sentence: str, thumbnail: Thumbnail | None = None) -> None:
        super().__init__()
        self._thumbnail = thumbnail
        self.setText(title)
        self.setCheckable(True)
        self.setToolTip(f"{title}. {sentence}")
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_thumbnail(self, thumbnail: Thumbnail) -> None:
        """Show another picture."""
        if thumbnail is not self._thumbnail:
            self._thumbnail = thumbnail
            self.update()

    def sizeHint(self) -> QSize:
        """The picture, and one or two lines for the name."""
        font = interface_font(CAPTION_PX)
        line = QFontMetrics(font).lineSpacing()
        room = QRect(0, 0, PICTURE_PX, NAME_LINES * line)
        name = QFontMetrics(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text()).height()
        return QSize(PICTURE_PX, PICTURE_PX + GAP_PX + name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the picture and the name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        frame = QRectF(0, 0, PICTURE_PX, PICTURE_PX)
        self._draw_frame(painter, theme, frame)
        if self._thumbnail is not None:
            paint_thumbnail(painter, self._thumbnail, frame.adjusted(*_inwards(MARGIN_PX)), theme)
        painter.setPen(QColor(theme.accent if self.isChecked() else theme.ink))
        painter.setFont(interface_font(CAPTION_PX))
        room = QRectF(0, PICTURE_PX + GAP_PX, self.width(), self.height() - PICTURE_PX - GAP_PX)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self.text())
        painter.end()

    def _draw_frame(self, painter: QPainter, theme: Theme, frame: QRectF) -> None:
        strong = self.isChecked() or self.hasFocus()
        edge = theme.ink if self.hasFocus() else theme.accent if self.isChecked() else theme.line
        hovered = self.underMouse() or self.isDown()
        painter.setPen(QPen(QColor(edge), 2.0 if strong else 1.0))
        painter.setBrush(QColor(mixed(theme.surface, theme.accent_soft, 0.55) if hovered else theme.surface))
        painter.drawRoundedRect(frame.adjusted(*_inwards(1.0 if strong else 0.5)), 8, 8)


def paint_thumbnail(painter: QPainter, thumbnail: Thumbnail, room: QRectF, theme: Theme) -> None:
    """Paint data into a square: dots in the colours of their classes or values, or a picture."""
    if thumbnail.picture is not None:
        grey = (255 * (1 - thumbnail.picture)).astype(np.uint8)
        if theme.is_dark:
            grey = 255 - grey
        rows, columns = grey.shape
        image = QImage(grey.tobytes(), columns, rows, columns, QImage.Format.Format_Grayscale8)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(room, image)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    places = thumbnail.points * (room.width(), -room.height()) + (room.left(), room.bottom())
    for (x, y), colour in zip(places.tolist(), colours(thumbnail, theme), strict=True):
        painter.setBrush(QBrush(QColor(colour)))
        painter.drawEllipse(QPointF(x, y), DOT_PX, DOT_PX)


def colours(thumbnail: Thumbnail, theme: Theme) -> list[str]:
    """Return the colour of each point: of its class, or between the negative and the positive one."""
    if thumbnail.classes is not None:
        known = theme.class_colours
        return [known[int(index) % len(known)] for index in thumbnail.classes]
    values = np.zeros(len(thumbnail.points)) if thumbnail.values is None else thumbnail.values
    return [
        mixed(theme.surface, theme.positive if value >= 0 else theme.negative, 0.25 + 0.75 * abs(value))
        for value in values.tolist()
    ]


def _inwards(margin: float) -> tuple[float, float, float, float]:
    return margin, margin, -margin, -margin
