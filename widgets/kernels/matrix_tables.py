"""The weight matrices of a network side by side: cells to point at, to walk over and to choose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

from playground.model.keys import Level
from playground.model.matrices import Cell, NetworkMatrices
from playground.model.stage import Stage
from widgets.kernels.matrix_cells import Element, cells_of, describe_cell, element_at, moved
from widgets.kernels.matrix_picture import Shown
from widgets.kernels.matrix_surface import MatrixSurface
from widgets.text import say

ARROWS = {
    Qt.Key.Key_Left.value: (0, -1),
    Qt.Key.Key_Right.value: (0, 1),
    Qt.Key.Key_Up.value: (-1, 0),
    Qt.Key.Key_Down.value: (1, 0),
}


class MatrixTables(MatrixSurface):
    """Shows every weight in a cell of its level's table; the biases of a level stand below.

    element_hovered : the EdgeKey (or at a bias the node's id) that the pointer or the cursor is on, or None
    element_chosen : the same for a click or Enter
    table_changed : which table the pointer or the cursor is in, counted from 0
    """

    element_hovered = Signal(object)
    element_chosen = Signal(object)
    table_changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._level: Level = "words"
        self._pointed: Cell | None = None
        self._element: Element | None = None
        self._cursor: Cell | None = None
        self._table = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Weight matrices"))
        self.viewport().setMouseTracking(True)
        self.setAccessibleDescription(
            self.tr("Arrow keys go from cell to cell, Enter selects. Plus, minus and 0 change the size.")
        )

    @property
    def element(self) -> Element | None:
        """The edge or node whose cell is lit."""
        return self._element

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
            chosen=cells_of(matrices, [*stage.selection.edges, *stage.selection.nodes]),
        )
        if is_new:
            self._forget(stage)
        if is_new or (old is not None and old.batch_size != self._shown.batch_size):
            self.measure_again()
        self._light()

    def set_level(self, level: Level) -> None:
        """Name tables and costs at a level."""
        if level == self._level:
            return
        self._level = level
        if self._shown is not None:
            self._shown = replace(self._shown, level=level)
            self.measure_again()

    def set_hovered(self, element: Element | None) -> None:
        """Light the cell of an edge, or of a node's bias, and bring it in sight."""
        if element == self._element or self._shown is None:
            return
        self._element = element
        self._light()
        for cell in self._shown.lit[:1]:
            self._set_table(cell.matrix)
            self.bring_in_sight(cell)

    def cell_of(self, element: Element) -> Cell | None:
        """The cell of an edge or of a node's bias; None where there is none."""
        found = () if self._shown is None else cells_of(self._shown.matrices, [element])
        return found[0] if found else None

    def element_at(self, cell: Cell) -> Element | None:
        """The edge in a cell, or the node whose bias it is; None where the cell is empty."""
        return None if self._shown is None else element_at(self._shown.matrices, cell)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what the pointer is on."""
        self._point(self.cell_under(event.position()))

    def viewportEvent(self, event: QEvent) -> bool:
        """The pointer that leaves is on nothing."""
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what the pointer is on."""
        cell = self.cell_under(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self._cursor = cell
            element = self.element_at(cell)
            if element is not None:
                self.element_chosen.emit(element)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The click ends here."""
        event.accept()

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

    def _forget(self, stage: Stage) -> None:
        """Let go of what another network had."""
        self._pointed = self._cursor = None
        if self._element not in stage.network.nodes and self._element not in stage.network.edges:
            self._announce(None)

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
            lit = cells_of(self._shown.matrices, elements)
            if self._cursor is not None and self.hasFocus() and not lit:
                lit = (self._cursor,)
            self._shown = replace(self._shown, lit=lit)
        self.viewport().update()

    def _move_cursor(self, down: int, right: int) -> None:
        shown = self._shown
        if shown is None or not shown.matrices.matrices:
            return
        if self._cursor is not None:
            self._cursor = moved(shown.matrices, self._cursor, down, right)
        else:
            self._cursor = shown.lit[0] if shown.lit else Cell(0, 0, 0)
        self._set_table(self._cursor.matrix)
        self._element = self.element_at(self._cursor)
        self._light()
        self.element_hovered.emit(self._element)
        self.bring_in_sight(self._cursor)
        self.setAccessibleDescription(say(describe_cell(shown.matrices, shown.parameters, self._cursor)))


def _largest(values: np.ndarray) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max(initial=0.0))
