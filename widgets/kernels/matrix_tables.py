"""The weight matrices of a network side by side: cells to point at, to walk over and to choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from math import ceil

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy

from playground.model.keys import Level
from playground.model.matrices import Cell, NetworkMatrices
from playground.model.message import Message, message
from playground.model.network import EdgeKey
from playground.model.stage import Stage
from widgets.canvas.fonts import NORMAL, STRONG, Fonts
from widgets.kernels.matrix_layout import LEAST_PITCH, MOST_PITCH, TablesLayout, Wanted, fitted, laid_out
from widgets.kernels.matrix_picture import Shown, TablesPainter, table_caption
from widgets.style import CAPTION_PX, theme_of
from widgets.text import say

NAME_MOST_PX = 96
MEASURED = 400
"""Names that are measured to give them room; of more, the first."""

MOST_RINGS = 200
ZOOM_STEP = 1.25
NOTCH = 120

ARROWS = {
    Qt.Key.Key_Left.value: (0, -1),
    Qt.Key.Key_Right.value: (0, 1),
    Qt.Key.Key_Up.value: (-1, 0),
    Qt.Key.Key_Down.value: (1, 0),
}

Element = int | EdgeKey


class MatrixTables(QAbstractScrollArea):
    """Shows every weight in a cell of its level's table; the biases of a level stand below.

    element_hovered : the EdgeKey (or at a bias the node's id) that the pointer or the cursor is on, or None
    element_chosen : the same for a click or Enter
    table_changed : which table the pointer or the cursor is in, counted from 0
    size_changed : cells have been made larger or smaller, or fitted to the room
    """

    element_hovered = Signal(object)
    element_chosen = Signal(object)
    table_changed = Signal(int)
    size_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None
        self._fonts = Fonts()
        self._level: Level = "words"
        self._pitch: int | None = None
        self._measured: Wanted | None = None
        self._layout: TablesLayout | None = None
        self._pointed: Cell | None = None
        self._element: Element | None = None
        self._cursor: Cell | None = None
        self._table = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Weight matrices"))
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.setAccessibleDescription(
            self.tr("Arrow keys go from cell to cell, Enter selects. Plus, minus and 0 change the size.")
        )

    @property
    def matrices(self) -> NetworkMatrices | None:
        """What is shown."""
        return None if self._shown is None else self._shown.matrices

    @property
    def element(self) -> Element | None:
        """The edge or node whose cell is lit."""
        return self._element

    @property
    def placed(self) -> TablesLayout | None:
        """Where the tables lie, before scrolling."""
        return self._laid_out()

    def set_stage(self, stage: Stage) -> None:
        """Show the weights of a stage; only values are looked at again where the network is the same."""
        matrices = self.matrices
        if matrices is None or matrices.network is not stage.network:
            matrices = NetworkMatrices.of(stage.network)
        old = self._shown
        is_new = old is None or matrices is not old.matrices
        weights = stage.parameters.edge_weights(stage.network)
        biases = stage.parameters.biases
        self._shown = Shown(
            matrices,
            stage.parameters,
            weights,
            (_largest(weights), _largest(biases)),
            stage.experiment.learning.batch_size,
            self._level,
            chosen=self._cells(matrices, [*stage.selection.edges, *stage.selection.nodes]),
        )
        if is_new:
            self._forget(stage)
        if is_new or (old is not None and old.batch_size != self._shown.batch_size):
            self._measured = None
            self._relayout()
        self._light()

    def set_level(self, level: Level) -> None:
        """Name tables and costs at a level."""
        if level == self._level:
            return
        self._level = level
        if self._shown is not None:
            self._shown = replace(self._shown, level=level)
            self._measured = None
            self._relayout()

    def set_hovered(self, element: Element | None) -> None:
        """Light the cell of an edge, or of a node's bias, and bring it in sight."""
        if element == self._element or self._shown is None:
            return
        self._element = element
        self._light()
        for cell in self._shown.lit[:1]:
            self._set_table(cell.matrix)
            self._bring_in_sight(cell)

    def cell_of(self, element: Element) -> Cell | None:
        """The cell of an edge or of a node's bias; None where there is none."""
        found = () if self._shown is None else self._cells(self._shown.matrices, [element])
        return found[0] if found else None

    def element_at(self, cell: Cell) -> Element | None:
        """The edge in a cell, or the node whose bias it is; None where the cell is empty."""
        if self._shown is None:
            return None
        matrix = self._shown.matrices.matrices[cell.matrix]
        network = self._shown.matrices.network
        if cell.row == matrix.n_rows:
            return network.node_ids[int(matrix.targets[cell.column])]
        edge = matrix.edge_at(cell.row, cell.column)
        return None if edge is None else network.edge_keys[edge]

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
                self._bring_in_sight(cell)
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

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the pointer is on."""
        self._point(self._cell_under(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        """The pointer that leaves is on nothing."""
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what the pointer is on."""
        cell = self._cell_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._cursor = cell
            element = self.element_at(cell)
            if element is not None:
                self.element_chosen.emit(element)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click ends here."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl make cells larger or smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(event.angleDelta().y() / NOTCH)
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor from cell to cell, choose, or change the size of cells."""
        key = event.key()
        if key in ARROWS:
            self._move_cursor(*ARROWS[key])
        elif key in (Qt.Key.Key_Return.value, Qt.Key.Key_Enter.value):
            if self._element is not None:
                self.element_chosen.emit(self._element)
        elif event.text() in ("+", "-"):
            self.zoom_by(1 if event.text() == "+" else -1)
        elif event.text() == "0":
            self.set_pitch(None)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The cursor is on nothing for a while."""
        super().focusOutEvent(event)
        if self._cursor is not None and self._pointed is None:
            self._announce(None)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Paint anew."""
        self.viewport().update()

    def _forget(self, stage: Stage) -> None:
        """Let go of what another network had."""
        self._pointed = self._cursor = None
        if self._element not in stage.network.nodes and self._element not in stage.network.edges:
            self._announce(None)

    def _cells(self, matrices: NetworkMatrices, elements: list[Element]) -> tuple[Cell, ...]:
        """The cells of edges and of nodes' biases, as many as are worth a ring."""
        network = matrices.network
        found = []
        for element in elements[:MOST_RINGS]:
            if isinstance(element, tuple):
                if element in network.edge_index:
                    found.append(matrices.cell_of(network.edge_index[element]))
            elif element in network.node_index:
                found.extend(_bias_cell(matrices, network.node_index[element]))
        return tuple(found)

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
            captions = [line for table in largest[:3] for line in table_caption(table, batch, self._level)]
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

    def _cell_under(self, position: QPointF) -> Cell | None:
        layout = self._laid_out()
        spot = position + QPointF(self._origin())
        return None if layout is None else layout.cell_at(spot.x(), spot.y())

    def _point(self, cell: Cell | None) -> None:
        self._pointed = cell
        if cell is not None:
            self._set_table(cell.matrix)
        self._announce(None if cell is None else self.element_at(cell))

    def _announce(self, element: Element | None) -> None:
        if element != self._element:
            self._element = element
            self._light()
            self.element_hovered.emit(element)

    def _set_table(self, number: int) -> None:
        if number != self._table:
            self._table = number
            self.table_changed.emit(number)

    def _light(self) -> None:
        if self._shown is not None:
            elements = [] if self._element is None else [self._element]
            lit = self._cells(self._shown.matrices, elements)
            if self._cursor is not None and self.hasFocus() and not lit:
                lit = (self._cursor,)
            self._shown = replace(self._shown, lit=lit)
        self.viewport().update()

    def _move_cursor(self, down: int, right: int) -> None:
        matrices = self.matrices
        if matrices is None or not matrices.matrices:
            return
        if self._cursor is None:
            lit = () if self._shown is None else self._shown.lit
            self._cursor = lit[0] if lit else Cell(0, 0, 0)
        else:
            self._cursor = moved(matrices, self._cursor, down, right)
        self._set_table(self._cursor.matrix)
        self._element = None
        element = self.element_at(self._cursor)
        self._element = element
        self._light()
        self.element_hovered.emit(element)
        self._bring_in_sight(self._cursor)
        self.setAccessibleDescription(say(self._described(self._cursor)))

    def _described(self, cell: Cell) -> Message:
        assert self._shown is not None
        network, parameters = self._shown.matrices.network, self._shown.parameters
        element = self.element_at(cell)
        if isinstance(element, tuple):
            return message(
                "From {source} to {target}: weight {weight}.",
                source=network.names[element[0]],
                target=network.names[element[1]],
                weight=parameters.weight(network, element),
            )
        if element is not None:
            return message(
                "Bias of {node}: {bias}.", node=network.names[element], bias=parameters.bias(network, element)
            )
        matrix = self._shown.matrices.matrices[cell.matrix]
        return message(
            "No edge from {source} to {target}.",
            source=network.names[network.node_ids[int(matrix.sources[cell.row])]],
            target=network.names[network.node_ids[int(matrix.targets[cell.column])]],
        )

    def _bring_in_sight(self, cell: Cell) -> None:
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


def moved(matrices: NetworkMatrices, cell: Cell, down: int, right: int) -> Cell:
    """The cell beside a cell; past a table's side comes the next table, its ends are the last."""
    number, row, column = cell.matrix, cell.row + down, cell.column + right
    count = len(matrices.matrices)
    if column < 0 and number > 0:
        number -= 1
        column = matrices.matrices[number].n_columns - 1
    elif column >= matrices.matrices[number].n_columns and number + 1 < count:
        number, column = number + 1, 0
    matrix = matrices.matrices[number]
    return Cell(number, min(max(row, 0), matrix.n_rows), min(max(column, 0), matrix.n_columns - 1))


def _bias_cell(matrices: NetworkMatrices, node: int) -> list[Cell]:
    into = np.flatnonzero(matrices.network.topology.targets == node)[:1]
    if len(into) == 0:
        return []
    cell = matrices.cell_of(int(into[0]))
    return [Cell(cell.matrix, matrices.matrices[cell.matrix].n_rows, cell.column)]


def _largest(values: np.ndarray) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max(initial=0.0))
