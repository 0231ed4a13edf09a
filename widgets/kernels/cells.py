"""Pictures of grids of rounded cells, made from arrays of colours."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

Colours = NDArray[np.uint32]
"""Colours as 0xRRGGBB."""

FINENESS = 8
"""A pixel's share of a rounded corner is counted over so many points in each direction."""


def colour(text: str) -> int:
    """A colour "#RRGGBB" as 0xRRGGBB."""
    return QColor(text).rgb() & 0xFFFFFF


def gap_of(pitch: int) -> int:
    """The room between cells that are `pitch` pixels apart."""
    return 0 if pitch < 4 else 1 if pitch < 10 else 2


def sharpness(painter: QPainter) -> float:
    """How many pixels of the device one unit of a painter is: enlarged widgets are painted as finely."""
    return max(float(painter.deviceTransform().m11()), 0.1)


def cells_image(colours: Colours, pitch: int, gap: int, filled: NDArray[np.bool_] | None = None) -> QImage:
    """Return a grid of cells with rounded corners on a transparent ground.

    colours : (rows, columns, stripes); a cell of several stripes shows them side by side
    pitch, gap : pixels from cell to cell, and how many of them stay free
    filled : (rows, columns), which cells are there; all where it is None
    """
    rows, columns, stripes = colours.shape
    cell = pitch - gap
    if rows == 0 or columns == 0:
        return QImage()
    parts = np.stack([colours & 0xFF, colours >> 8 & 0xFF, colours >> 16 & 0xFF], axis=-1).astype(np.float32)
    across = parts[:, :, np.arange(cell) * stripes // cell]  # (rows, columns, cell, 3)
    mask = _mask(cell)
    pixels = np.zeros((rows, pitch, columns, pitch, 4), np.uint8)
    inside = pixels[:, :cell, :, :cell]
    inside[..., :3] = across[:, None] * mask[None, :, None, :, None] + 0.5
    inside[..., 3] = (mask * 255 + 0.5)[None, :, None, :]
    if filled is not None:
        pixels *= filled[:, None, :, None, None]
    width, height = columns * pitch, rows * pitch
    flat = pixels.reshape(height, width, 4)
    return QImage(flat.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied).copy()


@lru_cache(maxsize=64)
def _mask(cell: int) -> NDArray[np.float32]:
    """How much of each pixel a rounded square covers: (cell, cell), in [0, 1]."""
    radius = min(cell * 0.18, 6.0) if cell >= 5 else 0.0
    points = (np.arange(cell * FINENESS) + 0.5) / FINENESS
    beyond = np.maximum(np.maximum(radius - points, points - (cell - radius)), 0.0)
    covered = beyond[:, None] ** 2 + beyond[None, :] ** 2 <= radius**2
    shares = covered.reshape(cell, FINENESS, cell, FINENESS).mean(axis=(1, 3))
    mask: NDArray[np.float32] = np.asarray(shares, np.float32)
    mask.flags.writeable = False
    return mask
