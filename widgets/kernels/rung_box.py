"""A small box that lets a rung take part in the race, or leaves it out."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QCheckBox

from widgets.style import disabled_ink, theme_of

SIDE_PX = 28
BOX_PX = 16.0
LEFT_PX = 3.0
"""The box begins where titles do, with room for the ring of the focus."""


class RungBox(QCheckBox):
    """A check box without a text of its own; its name is spoken."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIDE_PX, SIDE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_words(self, name: str, tooltip: str) -> None:
        """Say whom it lets take part."""
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)

    def sizeHint(self) -> QSize:
        """All of it can be pressed."""
        return QSize(SIDE_PX, SIDE_PX)

    def hitButton(self, _position: object) -> bool:  # noqa: N802 - Qt's name
        """The room round the box counts as well."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, its tick, and the ring that shows the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        top = (SIDE_PX - BOX_PX) / 2
        box = QRectF(LEFT_PX, top, BOX_PX, BOX_PX)
        is_on = self.isChecked() and self.isEnabled()
        edge = theme.accent if is_on else theme.muted if self.isEnabled() else disabled_ink(theme)
        painter.setPen(QPen(QColor(edge), 1.2))
        painter.setBrush(QColor(theme.accent if is_on else theme.surface))
        painter.drawRoundedRect(box, 4, 4)
        if self.isChecked():
            tick = QColor(theme.on_accent if self.isEnabled() else disabled_ink(theme))
            cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(tick, 2.0, Qt.PenStyle.SolidLine, cap, join))
            points = ((4.2, 8.3), (7.0, 11.0), (11.8, 5.2))
            painter.drawPolyline(QPolygonF([QPointF(LEFT_PX + x, top + y) for x, y in points]))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.ink), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 6, 6)
        painter.end()
