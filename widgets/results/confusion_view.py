"""The confusion matrix: rows of each class by what the network said, as cells to be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.model.results import ClassResults
from resources.theme import Theme
from widgets.style import CAPTION_PX, interface_font, mixed, theme_of

Cell = tuple[int, int]
"""The right class and the class that was said."""

MOVES = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


@dataclass(frozen=True, slots=True)
class MatrixStyle:
    """Sizes of the matrix, in pixels, and its faintest shade."""

    most_cell: float = 72.0
    most_height: float = 44.0
    least_text: float = 17.0
    tall: float = 36.0
    label_share: float = 0.32
    label_gap: float = 6.0
    caption: float = 18.0
    most_label: float = 84.0
    faintest: float = 0.10
    strongest: float = 0.80


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the cells stand: the corner, the size of one, and whether names above are upright."""

    left: float
    top: float
    width: float
    height: float
    is_upright: bool

    def rect(self, cell: Cell) -> QRectF:
        """The place of a cell."""
        return QRectF(
            self.left + cell[1] * self.width, self.top + cell[0] * self.height, self.width, self.height
        )


class ConfusionView(QWidget):
    """A square of cells: a row for each right class, a column for each answer; the diagonal is right.

    pointed(object) : the Cell under the pointer or the keyboard's ring, or None
    cell_requested(int, int) : its examples are wanted
    """

    pointed = Signal(object)
    cell_requested = Signal(int, int)
    sizes = MatrixStyle()

    def __init__(self) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._part: ClassResults | None = None
        self._pointed: Cell | None = None
        self._chosen: Cell | None = None
        self._key: Cell = (0, 0)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Answers by class"))
        self.setToolTip(
            self.tr("Rows are the right classes, columns are the answers; a click walks through the examples")
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_part(self, names: tuple[str, ...], part: ClassResults | None) -> None:
        """Show the counts of one part; `names` are those of the classes."""
        if names != self._names:
            self._names, self._key = names, (0, 0)
            self._pointed = self._chosen = None
            self.updateGeometry()
        self._part = part
        self.update()

    def set_chosen(self, cell: Cell | None) -> None:
        """Set apart the cell whose examples are walked through."""
        if cell != self._chosen:
            self._chosen = cell
            self.update()

    def rect_of(self, cell: Cell) -> QRectF:
        """Where a cell is drawn."""
        return self._grid(self.width()).rect(cell)

    def hasHeightForWidth(self) -> bool:
        """Cells are as high as they are wide, up to a height."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of names and cells at a width."""
        if not self._names:
            return 0
        grid = self._grid(width)
        return round(grid.top + grid.height * len(self._names) + 1)

    def sizeHint(self) -> QSize:
        """The height at the present width."""
        width = max(self.width(), 240)
        return QSize(240, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(160, self.heightForWidth(max(160, self.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw names, cells and what is chosen."""
        if self._part is None or not self._names:
            return
        theme, grid = theme_of(self), self._grid(self.width())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(interface_font(CAPTION_PX))
            self._paint_names(painter, grid, theme)
            self._paint_cells(painter, grid, theme, self._part)
            self._paint_rings(painter, grid, theme)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell which cell the pointer is on."""
        self._point(self._cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer has gone."""
        super().leaveEvent(event)
        self._point(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the examples of a cell."""
        cell = self._cell_at(event.position())
        if cell is not None and event.button() == Qt.MouseButton.LeftButton:
            self._key = cell
            self.cell_requested.emit(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell with the arrow keys; Enter asks for the examples."""
        key = Qt.Key(event.key())
        if not self._names:
            super().keyPressEvent(event)
        elif key in MOVES:
            down, across = MOVES[key]
            last = len(self._names) - 1
            self._key = (min(max(self._key[0] + down, 0), last), min(max(self._key[1] + across, 0), last))
            self._point(self._key)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.cell_requested.emit(*self._key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard stands."""
        super().focusInEvent(event)
        if self._names:
            self._point(self._key)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Point at nothing."""
        super().focusOutEvent(event)
        self._point(None)

    def _grid(self, width: float) -> _Grid:
        sizes, metrics = self.sizes, QFontMetricsF(interface_font(CAPTION_PX))
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        left = min(widest, sizes.label_share * width) + sizes.label_gap
        cell = min((width - left - 1) / max(1, len(self._names)), sizes.most_cell)
        is_upright = widest + 4 > cell
        above = min(widest, sizes.most_label) + sizes.label_gap if is_upright else sizes.caption
        if cell < sizes.least_text:
            above = 0.0  # nothing can be read at columns as narrow as these
        return _Grid(left, sizes.caption + above, cell, min(cell, sizes.most_height), is_upright)

    def _paint_names(self, painter: QPainter, grid: _Grid, theme: Theme) -> None:
        sizes, metrics = self.sizes, QFontMetricsF(interface_font(CAPTION_PX))
        painter.setPen(QColor(theme.muted))
        middle, right = int(Qt.AlignmentFlag.AlignVCenter), int(Qt.AlignmentFlag.AlignRight)
        head = QRectF(0, 0, self.width(), sizes.caption)
        said = self.tr("Down: what is right. Across: what it says.")
        cut = metrics.elidedText(said, Qt.TextElideMode.ElideRight, head.width())
        painter.drawText(head, middle | int(Qt.AlignmentFlag.AlignLeft), cut)
        if grid.height < sizes.least_text - 4:
            return
        painter.setPen(QColor(theme.ink))
        for place, name in enumerate(self._names):
            side = QRectF(0, grid.top + place * grid.height, grid.left - sizes.label_gap, grid.height)
            cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, side.width() + 1)
            painter.drawText(side, middle | right, cut)
            if grid.top > sizes.caption:
                self._paint_above(painter, grid, place, name)

    def _paint_above(self, painter: QPainter, grid: _Grid, place: int, name: str) -> None:
        sizes, metrics = self.sizes, QFontMetricsF(interface_font(CAPTION_PX))
        x, room = grid.left + place * grid.width, grid.top - sizes.caption
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if not grid.is_upright:
            box = QRectF(x, sizes.caption, grid.width, room)
            painter.drawText(box, middle | int(Qt.AlignmentFlag.AlignHCenter), name)
            return
        painter.save()
        painter.translate(x, grid.top - sizes.label_gap / 2)
        painter.rotate(-90)
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(0, 0, room, grid.width), middle | int(Qt.AlignmentFlag.AlignLeft), cut)
        painter.restore()

    def _paint_cells(self, painter: QPainter, grid: _Grid, theme: Theme, part: ClassResults) -> None:
        sizes = self.sizes
        gap = 2.0 if grid.width >= 10 else 0.0
        corner = min(6.0, grid.height / 5)
        for right, row in enumerate(part.counts.tolist()):
            support = part.figures[right].support
            for said, count in enumerate(row):
                box = grid.rect((right, said)).adjusted(0, 0, -gap, -gap)
                share = count / support if support else 0.0
                ink = theme.positive if right == said else theme.negative
                strength = sizes.faintest + (sizes.strongest - sizes.faintest) * share if count else 0.0
                ground = mixed(theme.raised, ink, strength)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(ground))
                painter.drawRoundedRect(box, corner, corner)
                if grid.width >= sizes.least_text and grid.height >= sizes.least_text - 4:
                    text_ink = legible(ground, theme) if count else theme.muted
                    self._paint_count(painter, box, count, share, text_ink)

    def _paint_count(self, painter: QPainter, box: QRectF, count: int, share: float, ink: str) -> None:
        """Write how many rows a cell has and, where there is room, their share of the row."""
        text = str(count)
        if QFontMetricsF(painter.font()).horizontalAdvance(text) > box.width():
            return
        painter.setPen(QColor(ink))
        centre = int(Qt.AlignmentFlag.AlignCenter)
        if count and box.height() >= self.sizes.tall and box.width() >= self.sizes.tall:
            half = QRectF(box.x(), box.y() + 3, box.width(), box.height() / 2 - 3)
            painter.drawText(half, centre, text)
            painter.drawText(
                half.translated(0, half.height()), centre, f"{round(100 * share)}\N{NO-BREAK SPACE}%"
            )
        else:
            painter.drawText(box, centre, text)

    def _paint_rings(self, painter: QPainter, grid: _Grid, theme: Theme) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = self._key if self.hasFocus() else self._pointed
        for cell, colour, width in ((ring, theme.ink, 1.5), (self._chosen, theme.accent, 2.5)):
            if cell is not None:
                painter.setPen(QPen(QColor(colour), width))
                box = grid.rect(cell).adjusted(0.5, 0.5, -2.5, -2.5)
                painter.drawRoundedRect(box, 5, 5)

    def _cell_at(self, place: QPointF) -> Cell | None:
        grid, count = self._grid(self.width()), len(self._names)
        if self._part is None or place.x() < grid.left or place.y() < grid.top:
            return None
        said = int((place.x() - grid.left) / grid.width)
        right = int((place.y() - grid.top) / grid.height)
        return (right, said) if right < count and said < count else None

    def _point(self, cell: Cell | None) -> None:
        if cell != self._pointed:
            self._pointed = cell
            self.pointed.emit(cell)
            self.update()


def legible(ground: str, theme: Theme) -> str:
    """Return the ink or the surface of a theme, whichever stands out more from a ground.

    Contrast after WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of the relative luminances.
    """
    under = luminance(ground)

    def contrast(colour: str) -> float:
        over = luminance(colour)
        return (max(over, under) + 0.05) / (min(over, under) + 0.05)

    return max((theme.ink, theme.surface), key=contrast)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour #RRGGBB, in [0, 1], after WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
