"""The small curve of an activation inside a node, with a dot that moves from the sum to what it becomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.model.keys import Activation
from playground.model.parameters import Floats
from widgets.canvas.style import Style

LEAKY_SLOPE = 0.01
POINTS = 33

CURVES: Mapping[Activation, Callable[[Floats], Floats]] = {
    "linear": lambda z: z,
    "sigmoid": lambda z: np.asarray(0.5 * (1.0 + np.tanh(z / 2))),
    "tanh": lambda z: np.asarray(np.tanh(z)),
    "relu": lambda z: np.asarray(np.maximum(z, 0.0)),
    "leaky_relu": lambda z: np.asarray(np.where(z > 0, z, LEAKY_SLOPE * z)),
    "softplus": lambda z: np.asarray(np.logaddexp(0.0, z)),
    "sine": lambda z: np.asarray(np.sin(z)),
}
"""What each activation makes of a sum, for the drawing only."""


def reach(z: float) -> float:
    """How far to either side the curve is drawn, so that the sum lies on it."""
    return max(3.5, 1.25 * abs(z)) if np.isfinite(z) else 3.5


def drawn_curve(activation: Activation, half_width: float) -> tuple[Floats, float, float]:
    """The curve's points within ±half_width: (POINTS, 2), and its lowest and highest value."""
    z = np.linspace(-half_width, half_width, POINTS)
    a = CURVES[activation](z)
    return np.stack((z, a), axis=1), min(float(a.min()), 0.0), max(float(a.max()), 0.0)


def paint_activation_curve(
    painter: QPainter,
    activation: Activation,
    centre: tuple[float, float],
    size: tuple[float, float],
    style: Style,
    dot: tuple[float, float] | None = None,
) -> None:
    """Draw the curve into the box `size` round `centre` (pixels).

    dot : the sum z, and how far in [0, 1] it has become the activation; it rises from the axis to the curve
    """
    half_width = reach(dot[0]) if dot else 3.5
    points, low, high = drawn_curve(activation, half_width)
    scale_x, scale_y = size[0] / 2 / half_width, size[1] / max(high - low, 1e-9)
    middle = (high + low) / 2

    def place(z: float, a: float) -> QPointF:
        return QPointF(centre[0] + z * scale_x, centre[1] - (a - middle) * scale_y)

    width = max(size[1] / 14, 1.0)
    painter.setPen(QPen(style.line, max(width / 2, 1.0)))
    painter.drawLine(place(-half_width, 0.0), place(half_width, 0.0))
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(style.muted, width, Qt.PenStyle.SolidLine, round_cap, round_join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([place(z, a) for z, a in points.tolist()]))
    if dot is not None and np.isfinite(dot[0]):
        z, progress = dot
        a = float(CURVES[activation](np.array([z]))[0])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.accent)
        painter.drawEllipse(place(z, a * progress), 2.1 * width, 2.1 * width)
