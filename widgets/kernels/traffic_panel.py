"""How many bytes each level of the memory hands up while a schedule is walked, beside plain loops."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from playground.model.message import Message, message
from playground.model.speed import Schedule
from resources.theme import Theme
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.kernels.traffic import TrafficRow, compare, spoken_bytes, traffic_rows
from widgets.style import CONTROL_PX, interface_font, mixed, theme_of
from widgets.text import say

LEVEL_NAMES: dict[str, Message] = {
    "registers": message("Registers"),
    "L1": message("L1 cache"),
    "L2": message("L2 cache"),
    "L3": message("L3 cache"),
    "memory": message("Memory"),
}
ROW_PX = 22
BAR_PX, THIN_PX = 10, 5
NAME_PX = 78
WAITING = 0.3
"""The ink of what is shown while something else is waited for."""


class TrafficPanel(QWidget):
    """The comparison in a sentence, and a pair of bars for each level."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TrafficRow, ...] = ()
        self.comparison = Label("", "strong", wraps=False)
        self.bars = TrafficBars()
        self.note = Label("", "caption")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        lines = column(self, gap_px=4)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.comparison)
        top.addWidget(self.note, 1)
        lines.addLayout(top)
        lines.addWidget(self.bars)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[TrafficRow, ...]:
        """What is shown."""
        return self._rows

    def sync(self, schedule: Schedule, reference: Schedule | None) -> None:
        """Show a schedule's traffic beside that of plain loops."""
        self._rows = traffic_rows(schedule, reference)
        is_reference = reference is not None and reference.kernel == schedule.kernel
        has_reference = any(row.reference is not None for row in self._rows)
        if has_reference or is_reference:
            self.comparison.set_text(say(compare(self._rows, is_reference=is_reference)))
        else:
            self.comparison.set_text(self.tr("Bytes that move"))
        self.bars.set_rows(self._rows, shows_reference=has_reference and not is_reference)
        if has_reference and not is_reference:
            note = message("Modelled from the schedule, with small caches. Thin bars: plain loops.")
        else:
            note = message("Modelled from the schedule, with small caches.")
        self.note.set_text(say(note))
        self.setVisible(bool(self._rows))


class TrafficBars(QWidget):
    """One row for each level: its name, its bar, the bar of plain loops below, and the amount."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[TrafficRow, ...] = ()
        self._shows_reference = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Bytes that move at each level"))

    def set_rows(self, rows: tuple[TrafficRow, ...], *, shows_reference: bool) -> None:
        """Show these levels."""
        if (rows, shows_reference) == (self._rows, self._shows_reference):
            return
        self._rows, self._shows_reference = rows, shows_reference
        spoken = [
            say(message("{level}: {amount}", level=_name(row), amount=spoken_bytes(row.n_bytes)))
            for row in rows
        ]
        self.setAccessibleDescription(". ".join(spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each level."""
        return QSize(360, ROW_PX * max(len(self._rows), 1))

    def minimumSizeHint(self) -> QSize:
        """Room for short bars."""
        return QSize(260, ROW_PX * max(len(self._rows), 1))

    def shares(self, row: TrafficRow) -> tuple[float, float]:
        """How much of the room the bars of a row take: its own, and that of plain loops; in [0, 1].

        Beside plain loops each row has a scale of its own, else all rows have one.
        """
        if self._shows_reference:
            most = max(row.n_bytes, row.reference or 0, 1)
        else:
            most = max((other.n_bytes for other in self._rows), default=1) or 1
        return row.n_bytes / most, (row.reference or 0) / most if self._shows_reference else 0.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        theme = theme_of(self)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setOpacity(1.0 if self.isEnabled() else WAITING)
            for number, row in enumerate(self._rows):
                self._draw_row(painter, theme, number * ROW_PX, row)

    def _draw_row(self, painter: QPainter, theme: Theme, top: int, row: TrafficRow) -> None:
        amount = self._amount(row)
        strong = interface_font(CONTROL_PX, QFont.Weight.DemiBold)
        metrics = QFontMetricsF(strong)
        wide = max(metrics.horizontalAdvance(self._amount(other)) for other in self._rows) + 4
        room = max(self.width() - NAME_PX - wide - 12, 20.0)
        own, reference = self.shares(row)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(interface_font(CONTROL_PX))
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(0, top, NAME_PX, ROW_PX), left, _name(row))
        painter.setPen(Qt.PenStyle.NoPen)
        high = BAR_PX + THIN_PX + 1 if self._shows_reference else BAR_PX
        y = top + (ROW_PX - high) / 2
        self._draw_bar(painter, QRectF(NAME_PX, y, room, BAR_PX), own, theme.accent, theme)
        if self._shows_reference:
            grey = QRectF(NAME_PX, y + BAR_PX + 1, room, THIN_PX)
            self._draw_bar(painter, grey, reference, theme.muted, theme)
        painter.setFont(strong)
        painter.setPen(QColor(theme.ink))
        painter.drawText(QRectF(NAME_PX + room + 10, top, wide, ROW_PX), left, amount)

    def _amount(self, row: TrafficRow) -> str:
        amount = spoken_bytes(row.n_bytes)
        if not self._shows_reference or row.reference is None:
            return amount
        reference = spoken_bytes(row.reference)
        return say(message("{amount} instead of {reference}", amount=amount, reference=reference))

    def _draw_bar(self, painter: QPainter, room: QRectF, share: float, ink: str, theme: Theme) -> None:
        radius = room.height() / 2
        painter.setBrush(QColor(mixed(theme.stage, theme.line, 0.7)))
        painter.drawRoundedRect(room, radius, radius)
        if share > 0:
            painter.setBrush(QColor(ink))
            bar = QRectF(room.x(), room.y(), max(room.width() * share, room.height()), room.height())
            painter.drawRoundedRect(bar, radius, radius)


def _name(row: TrafficRow) -> str:
    return say(LEVEL_NAMES[row.level]) if row.level in LEVEL_NAMES else row.level
