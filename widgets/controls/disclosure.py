"""A part that is folded away until it is asked for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.style import theme_of


class Disclosure(QWidget):
    """A heading that opens and closes what lies below it."""

    opened = Signal(bool)

    def __init__(self, text: str, tooltip: str, *contents: QWidget) -> None:
        super().__init__()
        self.heading = _Heading(text, tooltip)
        self.body = QWidget()
        inner = column(self.body, gap_px=8)
        inner.setContentsMargins(0, 4, 0, 4)
        for part in contents:
            inner.addWidget(part)
        outer = column(self, gap_px=0)
        outer.addWidget(self.heading)
        outer.addWidget(self.body)
        self.body.setVisible(False)
        self.heading.toggled.connect(self._toggled)

    def set_text(self, text: str, tooltip: str) -> None:
        """Call it something else."""
        self.heading.set_text(text)
        self.heading.setToolTip(tooltip)

    def set_open(self, is_open: bool) -> None:
        """Open or close it."""
        self.heading.setChecked(is_open)

    def _toggled(self, is_open: bool) -> None:
        self.body.setVisible(is_open)
        self.opened.emit(is_open)


class _Heading(Button):
    """The heading, with an arrow that shows which way it opens."""

    def __init__(self, text: str, tooltip: str) -> None:
        super().__init__(text, tooltip, "disclosure")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the arrow before it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(QColor(theme_of(self).muted), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        )
        x, y = 11.0, self.height() / 2
        if self.isChecked():
            points = [QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)]
        else:
            points = [QPointF(x - 2, y - 4), QPointF(x + 2, y), QPointF(x - 2, y + 4)]
        painter.drawPolyline(QPolygonF(points))
        painter.end()
