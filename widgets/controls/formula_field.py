"""A field for a formula that underlines the part that is wrong."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, Qt
from PySide6.QtWidgets import QLineEdit

from widgets.style import theme_of

WAVE_PX, STEP_PX = 1.5, 3.0
LEAST_PX = 7.0
"""A single sign is underlined at least this far."""
LONGEST = 1_000


class FormulaField(QLineEdit):
    """Asks to take the formula with Enter; Esc empties the field."""

    taken = Signal()

    def __init__(self, name: str, tooltip: str) -> None:
        super().__init__()
        self._wrong: tuple[int, int] | None = None
        self.setAccessibleName(name)
        self.setToolTip(tooltip)
        self.setAccessibleDescription(tooltip)
        self.setMaxLength(LONGEST)

    @property
    def wrong(self) -> tuple[int, int] | None:
        """Start and end of the part that is wrong, in characters; None where nothing is."""
        return self._wrong

    def set_wrong(self, part: tuple[int, int] | None) -> None:
        """Underline a part of the text."""
        if part != self._wrong:
            self._wrong = part
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the formula, or empty the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and a wave under what is wrong."""
        super().paintEvent(event)
        if self._wrong is None:
            return
        left, right = self.underlined()
        points, x, is_up = [], left, False
        bottom = self.height() - 7.0
        while x <= right:
            points.append(QPointF(x, bottom - (WAVE_PX if is_up else -WAVE_PX)))
            x, is_up = x + STEP_PX, not is_up
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme_of(self).negative), 1.4))
            painter.drawPolyline(QPolygonF(points))

    def underlined(self) -> tuple[float, float]:
        """Left and right end of the wave, in pixels of the field; both 0 without one."""
        if self._wrong is None:
            return 0.0, 0.0
        metrics, text = self.fontMetrics(), self.text()
        # The text may be scrolled: where it begins is seen from where the cursor stands.
        cursor = metrics.horizontalAdvance(text[: self.cursorPosition()])
        begin = self.cursorRect().center().x() - cursor
        left = float(begin + metrics.horizontalAdvance(text[: self._wrong[0]]))
        right = float(begin + metrics.horizontalAdvance(text[: self._wrong[1]]))
        room_left, room_right = 5.0, self.width() - 5.0
        left = min(max(left, room_left), room_right - LEAST_PX)
        return left, min(max(right, left + LEAST_PX), room_right)
