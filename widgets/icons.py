"""The program's line icons, drawn in any colour."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import read_text

SIZES_PX = (16, 20, 24, 32, 40, 48, 64)
"""Sizes that are drawn from the vectors; Qt takes the next larger one for others."""


def icon(name: str, colour: QColor | str) -> QIcon:
    """An icon in one colour. Raises FileNotFoundError when there is none of the name."""
    renderer = vectors(name, colour)
    picture = QIcon()
    for size in SIZES_PX:
        picture.addPixmap(_drawn(renderer, size))
    return picture


def vectors(name: str, colour: QColor | str) -> QSvgRenderer:
    """An icon in one colour, to be drawn in any size. Raises FileNotFoundError when there is none."""
    text = read_text("icons", f"{name}.svg").replace("currentColor", QColor(colour).name())
    return QSvgRenderer(QByteArray(text.encode()))


def _drawn(renderer: QSvgRenderer, size_px: int) -> QPixmap:
    pixmap = QPixmap(size_px, size_px)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size_px, size_px))
    painter.end()
    return pixmap
