"""The program's own icon: the avocado."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from resources.theme import LIGHT
from widgets.avocado import draw_avocado

SIZES_PX = (16, 24, 32, 48, 64, 128, 256)


def app_icon() -> QIcon:
    """Return the icon of windows and task bars, in the sizes that systems ask for."""
    found = QIcon()
    for size in SIZES_PX:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_avocado(painter, QRectF(0, 0, size, size), 0.6, 0.2, 0.35, LIGHT)
        painter.end()
        found.addPixmap(pixmap)
    return found
