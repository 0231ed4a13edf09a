"""Draws a value that changes: the old one, and below it the new one."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen

from widgets.canvas.fonts import SMALLEST_PX, STRONG
from widgets.canvas.frame import Frame
from widgets.canvas.numbers import ARROW

OLD_SHARE = 0.86
CHANGE_HEIGHT = 3.3
"""The card's height, in sizes of its text."""


def paint_change(frame: Frame, text: str, pill: QRectF, size_px: float) -> None:
    """Draw a card from the top of `pill` downwards, over what hangs below it; `text` is both values."""
    unit, style = frame.unit, frame.style
    before, after = text.split(ARROW)
    after = f"{ARROW.lstrip()}{after}"
    wide = max(frame.fonts.width(after, size_px, STRONG) + 14 * unit, pill.width())
    card = QRectF(pill.center().x() - wide / 2, pill.top(), wide, CHANGE_HEIGHT * size_px)
    frame.painter.setPen(QPen(style.accent, max(2.0 * unit, 1.0)))
    frame.painter.setBrush(style.accent_soft)
    frame.painter.drawRoundedRect(card, 0.75 * size_px, 0.75 * size_px)
    upper, lower = QRectF(card), QRectF(card)
    upper.setBottom(card.top() + 0.48 * card.height())
    lower.setTop(card.top() + 0.44 * card.height())
    frame.write(before, upper, max(OLD_SHARE * size_px, SMALLEST_PX), style.muted, STRONG)
    frame.write(after, lower, size_px, style.accent, STRONG)
