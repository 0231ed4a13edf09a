"""Draws an avocado, cut in half, from the three facts that are known about it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QRadialGradient

from resources.theme import Theme
from widgets.canvas.style import mix

SKIN_PALE, SKIN_DARK = "#8DBE4A", "#2F3B22"
FLESH_EDGE, FLESH_MIDDLE, FLESH_OVERRIPE = "#BFD872", "#F2EDB0", "#D9C27A"
STONE, STONE_LIGHT = "#7A4A2B", "#A66F45"

LOWEST, HIGHEST = 0.62, 1.0
"""Height of the fruit as a share of the rectangle, at height 0 and 1."""


def draw_avocado(
    painter: QPainter,
    rect: QRectF,
    height: float,
    squishiness: float,
    skin_colour: float,
    theme: Theme,
) -> None:
    """Draw an avocado into a rectangle; all three values are clipped to [0, 1].

    A tall one is drawn tall; a squishy one sags, is broader below, and its flesh is darker; the skin goes
    from green at 0 to nearly black at 1.
    """
    tall, soft, dark = (min(max(value, 0.0), 1.0) for value in (height, squishiness, skin_colour))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    high = rect.height() * (LOWEST + (HIGHEST - LOWEST) * tall) * 0.96
    wide = min(rect.height() * (0.50 + 0.10 * tall) * (1.0 + 0.14 * soft), rect.width() * 0.96)
    # All fruits stand on the same ground.
    bottom = rect.center().y() + rect.height() * 0.48
    middle = rect.center().x()

    skin = _pear(middle, bottom, wide, high, soft)
    colour = mix(SKIN_DARK, SKIN_PALE, dark)
    rim = mix("#FFFFFF", colour.name(), 0.35) if theme.is_dark and dark > 0.6 else colour.darker(125)
    painter.setPen(QPen(rim, max(rect.height() / 60, 0.6)))
    painter.setBrush(colour)
    painter.drawPath(skin)

    thick = max(rect.height() * 0.055, 1.2)
    flesh = _pear(middle, bottom - thick, wide - 2 * thick, high - 2 * thick, soft)
    painter.setPen(Qt.PenStyle.NoPen)
    stone = QPointF(middle, bottom - high * 0.335)
    painter.setBrush(_flesh(stone, wide, soft))
    painter.drawPath(flesh)
    _draw_stone(painter, stone, wide * 0.205)
    painter.restore()


def _pear(middle: float, bottom: float, wide: float, high: float, soft: float) -> QPainterPath:
    """The outline of the fruit: narrow above, round below; a soft one is flatter and broader below."""
    half = wide / 2
    neck = half * (0.50 - 0.04 * soft)
    belly = bottom - high * (0.36 - 0.06 * soft)
    top = bottom - high
    shoulder = top + high * 0.22
    round_off = half * (0.56 + 0.14 * soft)
    low = belly + (bottom - belly) * 0.6
    # The right side from the top down as (x from the middle, y); the left side is its mirror image.
    right = (
        (0.0, top), (neck * 0.75, top), (neck, top + high * 0.10), (neck * 1.08, shoulder),
        (neck * 1.22, shoulder + high * 0.13), (half, belly - high * 0.20), (half, belly),
        (half, low), (round_off, bottom), (0.0, bottom),
    )  # fmt: skip
    around = [*right, *((-x, y) for x, y in right[-2::-1])]
    points = [QPointF(middle + x, y) for x, y in around]
    outline = QPainterPath(points[0])
    for first in range(1, len(points), 3):
        outline.cubicTo(*points[first : first + 3])
    return outline


def _flesh(stone: QPointF, wide: float, soft: float) -> QRadialGradient:
    """Pale round the stone, green towards the skin; darker in a soft fruit."""
    overripe = 0.55 * soft * soft
    gradient = QRadialGradient(stone, wide * 0.75)
    gradient.setColorAt(0.0, mix(FLESH_OVERRIPE, FLESH_MIDDLE, overripe))
    gradient.setColorAt(0.55, mix(FLESH_OVERRIPE, FLESH_MIDDLE, overripe))
    gradient.setColorAt(1.0, mix(FLESH_OVERRIPE, FLESH_EDGE, overripe))
    return gradient


def _draw_stone(painter: QPainter, centre: QPointF, radius: float) -> None:
    light = QRadialGradient(centre - QPointF(radius * 0.35, radius * 0.4), radius * 1.3)
    light.setColorAt(0.0, QColor(STONE_LIGHT))
    light.setColorAt(1.0, QColor(STONE))
    painter.setBrush(light)
    painter.drawEllipse(centre, radius, radius * 1.06)
