"""A view as a picture, to be taken along."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from widgets.style import theme_of

PICTURE_SCALE = 2


def picture_of(view: QWidget) -> QImage:
    """Return a view as it is shown, on the surface of its theme, at twice its size in pixels."""
    image = QImage(view.size() * PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(PICTURE_SCALE)
    image.fill(QColor(theme_of(view).surface))
    with QPainter(image) as painter:
        view.render(painter, QPoint())
    return image
