"""The rows of arithmetic behind a number: label, calculation, result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.message import format_number
from playground.model.narration import ArithmeticRow
from widgets.style import CONTROL_PX, interface_font, theme_of
from widgets.text import say


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Sizes of the table, in pixels."""

    margin: float = 12.0
    row_gap: float = 6.0
    column_gap: float = 8.0
    rule_gap: float = 8.0
    corner: float = 10.0


@dataclass(frozen=True, slots=True)
class _Line:
    """One row as it is drawn: its texts, where it begins, and whether its label has a line of its own."""

    label: str
    calculation: str
    result: str
    strong: bool
    top: float
    label_height: float
    height: float
    rule_above: bool


class ArithmeticTable(QWidget):
    """Rows with right-aligned figures in a card; results are bold, sums are set apart by a hairline.

    A calculation that does not fit beside its label gets a line of its own. Bare figures are all beside
    their labels or, where one does not fit, all below them, so that they stay in line. Only the rows in sight
    are drawn, so that a node with hundreds of arrows costs no more than one with three.
    """

    sizes = TableStyle()

    def __init__(self, name: str, number: Callable[[float], str] = format_number) -> None:
        super().__init__()
        self._number = number
        self._rows: tuple[ArithmeticRow, ...] = ()
        self._lines: tuple[_Line, ...] = ()
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def rows(self) -> tuple[ArithmeticRow, ...]:
        """The rows that are shown."""
        return self._rows

    def set_rows(self, rows: Sequence[ArithmeticRow]) -> None:
        """Show these rows."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        self.setVisible(bool(self._rows))
        self.setAccessibleDescription("\n".join(_spoken(row, self._number) for row in self._rows))
        self._arrange()
        self.updateGeometry()
        self.update()

    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """Label, calculation and result of every row, as they are drawn."""
        return tuple((line.label, line.calculation, line.result) for line in self._lines)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width, because labels may need lines of their own."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all rows at a width."""
        lines = self._laid_out(width)
        return round(lines[-1].top + lines[-1].height + self.sizes.margin) if lines else 0

    def sizeHint(self) -> QSize:
        """The height at the present width."""
        width = max(240, self.width())
        return QSize(240, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the rows anew."""
        super().resizeEvent(event)
        self._arrange()
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Take on other fonts."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and the rows in sight."""
        if not self._lines:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self)
        painter.setPen(QColor(theme.line))
        painter.setBrush(QColor(theme.raised))
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(frame, self.sizes.corner, self.sizes.corner)
        top, bottom = event.rect().top(), event.rect().bottom()
        for line in self._lines:
            if line.top + line.height >= top and line.top - self.sizes.rule_gap <= bottom:
                self._draw_line(painter, line)
        painter.end()

    def _arrange(self) -> None:
        self._lines = self._laid_out(self.width())

    def _laid_out(self, width: int) -> tuple[_Line, ...]:
        plain = QFontMetricsF(interface_font(CONTROL_PX))
        bold = QFontMetricsF(interface_font(CONTROL_PX, QFont.Weight.Bold))
        inside = width - 2 * self.sizes.margin
        top, lines = self.sizes.margin, []
        is_stacked = self._is_stacked(inside, plain, bold)
        for index, row in enumerate(self._rows):
            label = say(row.label)
            calculation = f"{say(row.calculation)} =" if row.calculation is not None else ""
            result = self._number(row.result)
            metrics = bold if row.strong else plain
            figures = bold.horizontalAdvance(result)
            if calculation:
                figures += plain.horizontalAdvance(calculation) + self.sizes.column_gap / 2
            rule = row.strong and index > 0 and not self._rows[index - 1].strong
            if rule:
                top += self.sizes.rule_gap
            room = inside - figures - self.sizes.column_gap
            own_line = is_stacked or metrics.horizontalAdvance(label) > room
            label_height = plain.height()
            if own_line:
                bounds = QRectF(0, 0, max(1.0, inside), 10_000)
                flags = int(Qt.TextFlag.TextWordWrap)
                label_height = metrics.boundingRect(bounds, flags, label).height()
            height = label_height + plain.height() if own_line else label_height
            lines.append(_Line(label, calculation, result, row.strong, top, label_height, height, rule))
            top += height + self.sizes.row_gap
        return tuple(lines)

    def _is_stacked(self, inside: float, plain: QFontMetricsF, bold: QFontMetricsF) -> bool:
        """Whether all labels stand above their figures: where all are bare, and one does not fit beside."""
        if any(row.calculation is not None or row.strong for row in self._rows):
            return False
        return any(
            (bold if row.strong else plain).horizontalAdvance(say(row.label))
            > inside - bold.horizontalAdvance(self._number(row.result)) - self.sizes.column_gap
            for row in self._rows
        )

    def _draw_line(self, painter: QPainter, line: _Line) -> None:
        theme = theme_of(self)
        left, right = self.sizes.margin, self.width() - self.sizes.margin
        if line.rule_above:
            painter.setPen(QColor(theme.line))
            y = line.top - self.sizes.rule_gap / 2 - self.sizes.row_gap / 2
            painter.drawLine(round(left), round(y), round(right), round(y))
        bold = interface_font(CONTROL_PX, QFont.Weight.Bold)
        plain = interface_font(CONTROL_PX)
        painter.setPen(QColor(theme.ink))
        painter.setFont(bold if line.strong else plain)
        label = QRectF(left, line.top, right - left, line.label_height)
        painter.drawText(label, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), line.label)
        figures = QRectF(left, line.top + line.height - QFontMetricsF(plain).height(), right - left, 0)
        figures.setHeight(QFontMetricsF(plain).height())
        aligned = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(bold)
        painter.drawText(figures, aligned, line.result)
        if line.calculation:
            taken = QFontMetricsF(bold).horizontalAdvance(line.result) + self.sizes.column_gap / 2
            painter.setFont(plain)
            painter.setPen(QColor(theme.muted if not line.strong else theme.ink))
            painter.drawText(figures.adjusted(0, 0, -taken, 0), aligned, line.calculation)


def _spoken(row: ArithmeticRow, number: Callable[[float], str]) -> str:
    """A row as a screen reader says it."""
    if row.calculation is None:
        return f"{say(row.label)}: {number(row.result)}"
    return f"{say(row.label)}: {say(row.calculation)} = {number(row.result)}"
