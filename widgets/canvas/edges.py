"""Draws edges: curves coloured by sign and as thick as the weight is large."""

from __future__ import annotations

from typing import cast

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from playground.model.parameters import Floats
from widgets.canvas import curve
from widgets.canvas.dots import draw_discs
from widgets.canvas.style import Style
from widgets.canvas.topology import Indices

MOST_CURVES = 640
"""Edges up to which true curves are stroked where nothing moves; more are drawn as straight pieces."""

MOST_LIVE_CURVES = 100
"""The same for edges that change from one picture to the next."""

MOST_PLUS_SIGNS = 60
PIECES = 14
FINEST_PX = 0.8
FARTHEST_PX = 20_000.0
"""Curves that reach farther out than this are cut at the picture's border before Qt sees them."""


def visible(curves: Floats, width: float, height: float, margin: float = 8.0) -> Indices:
    """Indices of the curves (n, 4, 2; pixels) whose control points' box touches the picture."""
    if len(curves) == 0:
        return np.zeros(0, np.intp)
    low, high = curves.min(axis=1), curves.max(axis=1)
    return np.flatnonzero(
        (high[:, 0] > -margin)
        & (low[:, 0] < width + margin)
        & (high[:, 1] > -margin)
        & (low[:, 1] < height + margin)
    )


def paint_curves(
    painter: QPainter,
    curves: Floats,
    widths_px: Floats,
    colours: tuple[QColor, ...],
    which: NDArray[np.intp],
    most_curves: int,
) -> None:
    """Draw curves in order; `which` gives each one's place in `colours`.

    curves : (n, 4, 2), pixels; up to `most_curves` are stroked as true curves
    """
    widths_px = np.maximum(widths_px, FINEST_PX)
    far = np.abs(curves).max(axis=(1, 2), initial=0.0) > FARTHEST_PX
    if far.any():
        _paint_far(painter, curves[far], widths_px[far], colours, which[far])
        curves, widths_px, which = curves[~far], widths_px[~far], which[~far]
    if len(curves) <= most_curves:
        _paint_true(painter, curves, widths_px, colours, which)
    else:
        points = curve.sampled(curves, PIECES)
        _paint_pieces(
            painter, np.concatenate((points[:, :-1], points[:, 1:]), axis=2), widths_px, colours, which
        )


def paint_signs(
    painter: QPainter, places: Floats, values: Floats, unit: float, style: Style, soft: NDArray[np.bool_]
) -> None:
    """Draw a small + or − at each place: (n, 2), pixels; the second sign of a weight beside its colour.

    Where there are very many, only the − is drawn.
    """
    size = 3.1 * unit
    if len(places) > MOST_PLUS_SIGNS:
        places, soft, values = places[values < 0], soft[values < 0], values[values < 0]
    if len(places) == 0 or size < 1.6:
        return
    draw_discs(painter, places, 4.3 * size, style.stage)
    right, below = np.array([size, 0.0]), np.array([0.0, size])
    across = np.concatenate((places - right, places + right), axis=1)
    down = np.concatenate((places - below, places + below), axis=1)
    for faint in (True, False):
        for minus in (True, False):
            chosen = (soft == faint) & ((values < 0) == minus)
            sign = -1.0 if minus else 1.0
            painter.setPen(
                _pen(
                    style.soft_of(sign) if faint else style.ink_of(sign),
                    max(1.5 * unit, 1.2),
                    Qt.PenCapStyle.FlatCap,
                )
            )
            draw_lines(painter, across[chosen] if minus else np.concatenate((across[chosen], down[chosen])))


def draw_lines(painter: QPainter, lines: Floats) -> None:
    """Draw many lines with the painter's pen in one call: float64, (n, 4)."""
    lines = np.ascontiguousarray(lines, dtype=np.float64)
    if len(lines):
        # One call over the array's own memory, instead of one Python object for each line.
        painter.drawLines(cast("QLineF", shiboken6.wrapInstance(lines.ctypes.data, QLineF)), len(lines))


def path_of(control: list[float]) -> QPainterPath:
    """The path of one curve from its eight numbers."""
    path = QPainterPath(QPointF(control[0], control[1]))
    path.cubicTo(*control[2:])
    return path


def _paint_true(
    painter: QPainter, curves: Floats, widths_px: Floats, colours: tuple[QColor, ...], which: NDArray[np.intp]
) -> None:
    numbers = (curves.reshape(-1, 8).tolist(), widths_px.tolist(), which.tolist())
    for control, width, colour in zip(*numbers, strict=True):
        painter.strokePath(path_of(control), _pen(colours[colour], width, Qt.PenCapStyle.FlatCap))


def _paint_pieces(
    painter: QPainter, pieces: Floats, widths_px: Floats, colours: tuple[QColor, ...], which: NDArray[np.intp]
) -> None:
    """Draw straight pieces (n, k, 4), thinner ones first, one call for each pen."""
    thickness = np.round(widths_px * 4).astype(np.intp)
    pens = thickness * len(colours) + which
    for pen in np.unique(pens):
        painter.setPen(_pen(colours[pen % len(colours)], (pen // len(colours)) / 4, Qt.PenCapStyle.FlatCap))
        draw_lines(painter, pieces[pens == pen].reshape(-1, 4))


def _paint_far(
    painter: QPainter, curves: Floats, widths_px: Floats, colours: tuple[QColor, ...], which: NDArray[np.intp]
) -> None:
    for control, width, colour in zip(curves, widths_px, which, strict=True):
        points = curve.sampled(control[None], 256)[0]
        pieces = clipped(np.concatenate((points[:-1], points[1:]), axis=1), FARTHEST_PX)
        painter.setPen(_pen(colours[colour], float(width), Qt.PenCapStyle.FlatCap))
        draw_lines(painter, pieces)


def clipped(lines: Floats, limit: float) -> Floats:
    """The parts of lines (n, 4) within the square of ±limit: Liang and Barsky's clipping, (m, 4)."""
    start, step = lines[:, :2], lines[:, 2:] - lines[:, :2]
    enter, leave = np.zeros(len(lines)), np.ones(len(lines))
    with np.errstate(divide="ignore", invalid="ignore"):
        for axis in (0, 1):
            for side in (-limit, limit):
                cut = (side - start[:, axis]) / step[:, axis]
                inward = (step[:, axis] > 0) == (side < 0)
                still = step[:, axis] == 0
                enter = np.where(~still & inward, np.maximum(enter, cut), enter)
                leave = np.where(~still & ~inward, np.minimum(leave, cut), leave)
                leave = np.where(still & (np.abs(start[:, axis]) > limit), -1.0, leave)
    kept = enter < leave
    first = start[kept] + enter[kept, None] * step[kept]
    last = start[kept] + leave[kept, None] * step[kept]
    return np.concatenate((first, last), axis=1)


def _pen(colour: QColor, width: float, cap: Qt.PenCapStyle) -> QPen:
    return QPen(colour, float(width), Qt.PenStyle.SolidLine, cap)
