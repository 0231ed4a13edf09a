"""Saves a stage as a picture: pixels or vectors."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from playground.model.errors import PlaygroundError
from playground.model.message import message
from playground.model.stage import Stage
from playground.share.application import painting
from playground.share.whole_file import whole_file
from resources.theme import Theme
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.paint import paint

LARGEST_PX = 16_384
MARGIN = 0.05
"""The part of the picture's smaller side that stays empty round the network."""


def save_png(stage: Stage, path: Path, theme: Theme, size: tuple[int, int], scale: float = 1.0) -> None:
    """Save a stage as a PNG picture of `size` pixels; `scale` enlarges nodes and texts.

    Raises PlaygroundError with a sentence when the size is impossible or the file cannot be written.
    """
    _check(size, scale)
    with painting():
        data = png(painted(stage, theme, size, scale))
    _write(path, data)


def save_svg(stage: Stage, path: Path, theme: Theme, size: tuple[int, int], scale: float = 1.0) -> None:
    """Save a stage as an SVG drawing of `size`; `scale` enlarges nodes and texts.

    Raises PlaygroundError with a sentence when the size is impossible or the file cannot be written.
    """
    _check(size, scale)
    with painting():
        data = svg(stage, theme, size, scale)
    _write(path, data)


def fitted_camera(stage: Stage, size: tuple[float, float], scale: float) -> Camera:
    """The camera that shows the whole network in a picture of a size."""
    bounds = Geometry.of(stage.network, stage.parameters, scale).bounds
    return Camera.fitted(bounds, size[0], size[1], MARGIN * min(size))


def painted(stage: Stage, theme: Theme, size: tuple[int, int], scale: float = 1.0) -> QImage:
    """Return a stage as an image of `size` pixels; an application that can paint must be there."""
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.stage))
    with QPainter(image) as painter:
        paint(painter, stage, fitted_camera(stage, size, scale), theme, scale)
    return image


def png(image: QImage) -> bytes:
    """Return an image as a PNG file. Raises PlaygroundError where it cannot be made."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs want the format as bytes, Qt a text
        raise PlaygroundError(message("The picture could not be made."))
    return bytes(data.data())


def svg(stage: Stage, theme: Theme, size: tuple[int, int], scale: float = 1.0) -> bytes:
    """Return a stage as an SVG drawing of `size`; an application that can paint must be there."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawing = QSvgGenerator()
    drawing.setOutputDevice(buffer)
    drawing.setSize(QSize(*size))
    drawing.setViewBox(QRect(0, 0, *size))
    drawing.setResolution(96)
    drawing.setTitle("Neural Playground")
    with QPainter(drawing) as painter:
        paint(painter, stage, fitted_camera(stage, size, scale), theme, scale)
    buffer.close()
    return _for_viewers(bytes(data.data()).decode(), size).encode()


def _for_viewers(drawing: str, size: tuple[int, int]) -> str:
    """The drawing with its size in pixels, not in millimetres, and with families that browsers know."""
    head = f'<svg width="{size[0]}" height="{size[1]}"'
    drawing = re.sub(r'<svg width="[^"]*" height="[^"]*"', head, drawing, count=1)
    return re.sub(r'font-family="[^"]*"', 'font-family="Inter, sans-serif"', drawing)


def _check(size: tuple[int, int], scale: float) -> None:
    width, height = size
    if not (1 <= width <= LARGEST_PX and 1 <= height <= LARGEST_PX):
        raise PlaygroundError(
            message(
                "A picture of {width} by {height} pixels cannot be made; at most {most} by {most} can.",
                width=width,
                height=height,
                most=LARGEST_PX,
            )
        )
    if not 0.1 <= scale <= 10.0:
        raise PlaygroundError(message("The scale must be between 0.1 and 10, not {scale}.", scale=scale))


def _write(path: Path, data: bytes) -> None:
    with whole_file(path) as file:
        file.write(data)
