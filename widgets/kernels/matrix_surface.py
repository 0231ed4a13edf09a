"""The surface on which the tables lie: fitted to the room or as large as wanted, scrolled and painted."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy

from playground.model.matrices import Cell, NetworkMatrices
from playground.model.message import Message, message
from widgets.canvas.fonts import NORMAL, STRONG, Fonts
from widgets.kernels.matrix_layout import LEAST_PITCH, MOST_PITCH, TablesLayout, Wanted, fitted, laid_out
from widgets.kernels.matrix_picture import Shown, TablesPainter, table_caption
from widgets.style import CAPTION_PX, theme_of
from widgets.text import say

NAME_MOST_PX = 96
MEASURED = 400
"""Names that are measured to give them room; of more, the first."""

ZOOM_STEP = 1.25
NOTCH = 120


class MatrixSurface(QAbstractScrollArea):
    """Paints what is seen of the tables and nothing else.

    size_changed : cells have been made larger or smaller, or fitted to the room
    """

    size_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._fonts = Fonts()
        self._pitch: int | None = None
        self._measured: Wanted | None = None
        self._layout: TablesLayout | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)

    @property
    def matrices(self) -> NetworkMatrices | None:
        """What is shown."""
        return None if self._shown is None else self._shown.matrices

    def measure_again(self) -> None:
        """Texts have another length, or tables another size: place them anew."""
        self._measured = None
        self._relayout()

    @property
    def placed(self) -> TablesLayout | None:
        """Where the tables lie, before scrolling."""
        return self._laid_out()

    @property
    def is_fitted(self) -> bool:
        """Whether cells are as large as there is room for, and no larger."""
        return self._pitch is None

    def zoom_by(self, steps: float) -> None:
        """Make cells larger or smaller, by a quarter for each step."""
        layout = self._laid_out()
        if layout is not None:
            pitch = round(layout.pitch * ZOOM_STEP**steps)
            self.set_pitch(max(pitch, layout.pitch + 1) if steps > 0 else pitch)

    def set_pitch(self, pitch: int | None) -> None:
        """Make cells so many pixels large; None fits them to the room again."""
        if pitch is not None:
            pitch = min(max(pitch, LEAST_PITCH), MOST_PITCH)
        if pitch != self._pitch:
            self._pitch = pitch
            self._relayout()
            for cell in () if self._shown is None else self._shown.lit[:1]:
                self.bring_in_sight(cell)
            self.size_changed.emit()

    def sizeHint(self) -> QSize:
        """Roomy, but it scrolls."""
        return QSize(640, 360)

    def minimumSizeHint(self) -> QSize:
        """A few cells."""
        return QSize(240, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what is seen of the tables."""
        layout = self._laid_out()
        if layout is None or self._shown is None:
            return
        left, top = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        with QPainter(self.viewport()) as painter:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.translate(-left, -top)
            seen = QRectF(left, top, self.viewport().width(), self.viewport().height())
            TablesPainter(painter, self._shown, layout, seen, theme_of(self), self._fonts).paint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells to the room."""
        super().resizeEvent(event)
        self._relayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl make cells larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / NOTCH)
        else:
            super().wheelEvent(event)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Paint anew."""
        self.viewport().update()

    def _shapes(self) -> list[tuple[int, int]]:
        matrices = self.matrices
        return [] if matrices is None else [(table.n_rows, table.n_columns) for table in matrices.matrices]

    def _fitted(self) -> TablesLayout:
        room = self.maximumViewportSize()
        return fitted(self._shapes(), room.width(), room.height(), self._wanted())

    def _laid_out(self) -> TablesLayout | None:
        if self._layout is None and self._shown is not None:
            if self._pitch is None:
                self._layout = self._fitted()
            else:
                self._layout = laid_out(self._shapes(), self._pitch, self._wanted())
        return self._layout

    def _wanted(self) -> Wanted:
        """How much room the longest name and the longest caption take."""
        if self._measured is None and self._shown is not None:
            matrices, batch = self._shown.matrices, self._shown.batch_size
            names = [message("Bias"), *islice(matrices.network.names.values(), MEASURED)]
            largest = sorted(matrices.matrices, key=lambda matrix: -matrix.n_rows * matrix.n_columns)
            captions = [
                line for table in largest[:3] for line in table_caption(table, batch, self._shown.level)
            ]
            self._measured = Wanted(
                min(self._widest(names, STRONG) + 4, NAME_MOST_PX), self._widest(captions, NORMAL) + 4
            )
        return self._measured or Wanted(0, 0)

    def _widest(self, texts: Iterable[Message], weight: QFont.Weight) -> int:
        return ceil(max((self._fonts.width(say(text), CAPTION_PX, weight) for text in texts), default=0.0))

    def _relayout(self) -> None:
        """Place the tables anew, and let the bars scroll as far as there is something to see."""
        self._layout = None
        layout = self._laid_out()
        room = self.maximumViewportSize()
        width, height = (0, 0) if layout is None else (layout.width, layout.height)
        sideways, down = self.horizontalScrollBar(), self.verticalScrollBar()
        has_bar = width > room.width()
        high = room.height() - (sideways.sizeHint().height() if has_bar else 0)
        wide = room.width() - (down.sizeHint().width() if height > high else 0)
        sideways.setRange(0, max(width - wide, 0))
        sideways.setPageStep(max(wide, 1))
        sideways.setSingleStep(40)
        down.setRange(0, max(height - high, 0))
        down.setPageStep(max(high, 1))
        down.setSingleStep(40)
        self.viewport().update()

    def _origin(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def cell_under(self, position: QPointF) -> Cell | None:
        """The cell under a point of the viewport; None beside all tables."""
        layout = self._laid_out()
        spot = position + QPointF(self._origin())
        return None if layout is None else layout.cell_at(spot.x(), spot.y())

    def bring_in_sight(self, cell: Cell) -> None:
        """Scroll as little as is needed to see a cell."""
        layout = self._laid_out()
        if layout is None:
            return
        x, y, width, height = layout.places[cell.matrix].box(cell.row, cell.column)
        for bar, start, length, room in (
            (self.horizontalScrollBar(), x, width, self.viewport().width()),
            (self.verticalScrollBar(), y, height, self.viewport().height()),
        ):
            if start < bar.value():
                bar.setValue(start - length)
            elif start + length > bar.value() + room:
                bar.setValue(start + 2 * length - room)
