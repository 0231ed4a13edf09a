"""The figures of each class: how often it is right when it says so, and how many it finds."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.style import CAPTION_PX, CONTROL_PX, interface_font, theme_of

ROW_PX, HEAD_PX, MARGIN_PX, GAP_PX = 24.0, 26.0, 10.0, 8.0
LEAST_NAME = 0.25
"""The part of the width that is kept for the names."""
LINE_PX = 15.0


class FiguresTable(QWidget):
    """A painted table: a name and figures in each row, a head above them; only rows in sight are drawn."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._head: tuple[str, ...] = ()
        self._rows: tuple[tuple[str, ...], ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What is shown, without the head."""
        return self._rows

    def set_rows(self, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        """Show rows of texts; the first of each is its name."""
        if (head, rows) == (self._head, self._rows):
            return
        grows = len(rows) != len(self._rows) or head != self._head
        self._head, self._rows = head, rows
        self.setAccessibleDescription(
            "\n".join(
                ", ".join(f"{name} {text}" for name, text in zip(head, row, strict=True)) for row in rows
            )
        )
        if grows:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """All rows, one below another."""
        return QSize(240, round(self._head_px() + ROW_PX * len(self._rows) + MARGIN_PX))

    def minimumSizeHint(self) -> QSize:
        """All rows; narrow enough for any column."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, the head and the rows in sight."""
        if not self._rows:
            return
        theme, head_px = theme_of(self), self._head_px()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.line))
            painter.setBrush(QColor(theme.raised))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
            painter.setFont(interface_font(CAPTION_PX))
            painter.setPen(QColor(theme.muted))
            for place, text in enumerate(self._head):
                painter.drawText(self._box(place, 2, head_px), self._flags(place, wraps=True), text)
            painter.setPen(QColor(theme.line))
            painter.drawLine(
                round(MARGIN_PX), round(head_px), round(self.width() - MARGIN_PX), round(head_px)
            )
            first = max(0, int((event.rect().top() - head_px) / ROW_PX))
            last = int((event.rect().bottom() - head_px) / ROW_PX) + 1
            for index, row in enumerate(self._rows[first:last], start=first):
                self._paint_row(painter, head_px + 2 + ROW_PX * index, row)

    def _paint_row(self, painter: QPainter, top: float, row: tuple[str, ...]) -> None:
        painter.setPen(QColor(theme_of(self).ink))
        for place, text in enumerate(row):
            weight = QFont.Weight.Normal if place else QFont.Weight.DemiBold
            font = interface_font(CONTROL_PX - 1, weight)
            painter.setFont(font)
            box = self._box(place, top, ROW_PX)
            cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() + 1)
            painter.drawText(box, self._flags(place), cut)

    def _head_px(self) -> float:
        """The height of the head: one line, or as many as its longest text needs."""
        metrics, flags = QFontMetricsF(interface_font(CAPTION_PX)), int(Qt.TextFlag.TextWordWrap)
        boxes = (self._box(place, 0, 200) for place in range(len(self._head)))
        heights = [
            metrics.boundingRect(box, flags, text).height()
            for box, text in zip(boxes, self._head, strict=True)
        ]
        return max(HEAD_PX, max(heights, default=0.0) + HEAD_PX - LINE_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The head may need more lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _box(self, place: int, top: float, height: float) -> QRectF:
        widths = self._widths()
        left = MARGIN_PX + sum(widths[:place])
        return QRectF(left, top, widths[place] - (0.0 if place else GAP_PX), height)

    def _widths(self) -> tuple[float, ...]:
        """The widths of the columns: each has room for the words of its head; names get what is left."""
        metrics, figures = (
            QFontMetricsF(interface_font(CAPTION_PX)),
            QFontMetricsF(interface_font(CONTROL_PX)),
        )
        least = figures.horizontalAdvance("0.000") + GAP_PX
        words = ((metrics.horizontalAdvance(word) for word in text.split()) for text in self._head[1:])
        wanted = [max(least, max(mine, default=0.0) + GAP_PX) for mine in words]
        room = self.width() - 2 * MARGIN_PX
        share = min(1.0, (1 - LEAST_NAME) * room / max(1.0, sum(wanted)))
        columns = [width * share for width in wanted]
        return room - sum(columns), *columns

    def _flags(self, place: int, *, wraps: bool = False) -> int:
        side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
        flags = int(side | Qt.AlignmentFlag.AlignVCenter)
        return flags | int(Qt.TextFlag.TextWordWrap) if wraps else flags
