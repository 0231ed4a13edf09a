"""Paints the tables of a network: cells, signs, numbers and names, only where they are seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from playground.model.keys import Level
from playground.model.matrices import Cell, NetworkMatrices, WeightMatrix
from playground.model.matrix_work import one_batch, one_pass
from playground.model.message import Message, message
from playground.model.parameters import Floats, Parameters
from resources.theme import Theme
from widgets.canvas.fonts import NORMAL, STRONG, Fonts
from widgets.canvas.numbers import plain
from widgets.kernels.cells import cells_image, gap_of, sharpness
from widgets.kernels.heat import Heat, is_deep
from widgets.kernels.matrix_layout import CAPTION_LINE_PX, NAME_GAP_PX, TablePlace, TablesLayout
from widgets.style import CAPTION_PX, CONTROL_PX
from widgets.text import say

SIGNED_PITCH = 9
"""From this pitch on negative cells bear a −."""

NUMBER_SHARE = 0.27
LARGEST_NUMBER_PX = 17
"""Numbers are so high as a share of the cells' pitch, up to a size."""

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Everything that a picture of the tables depends on.

    weights : (n_edges,), the weight of every edge
    most : the largest magnitude of all weights and of all biases
    lit, chosen : cells that are pointed at, and cells of what is selected
    """

    matrices: NetworkMatrices
    parameters: Parameters
    weights: Floats
    most: tuple[float, float]
    batch_size: int
    level: Level
    lit: tuple[Cell, ...] = ()
    chosen: tuple[Cell, ...] = ()


class TablesPainter:
    """One picture of the tables on a painter whose origin is their upper left corner.

    seen : the part that is painted, in pixels of the tables
    """

    def __init__(
        self, painter: QPainter, shown: Shown, layout: TablesLayout, seen: QRectF, theme: Theme, fonts: Fonts
    ) -> None:
        self._painter, self._shown, self._layout = painter, shown, layout
        self._seen, self._theme, self._fonts = seen, theme, fonts
        self._heat = Heat.of(theme)
        self._ratio = sharpness(painter)

    def paint(self) -> None:
        """Draw all tables that are seen, then what is chosen and pointed at."""
        matrices = self._shown.matrices.matrices
        for number in self._layout.within(self._seen.left(), self._seen.right()):
            place, matrix = self._layout.places[number], matrices[number]
            self._draw_titles(matrix, place)
            rows, columns = self._window(place)
            if len(rows) and len(columns):
                edges = matrix.window(slice(rows.start, rows.stop), slice(columns.start, columns.stop))
                values = np.where(edges >= 0, self._shown.weights[edges], np.nan)
                self._draw_cells(place, values, rows.start, columns.start, self._shown.most[0])
            if len(columns):
                biases = self._shown.parameters.biases[matrix.targets[columns.start : columns.stop]]
                self._draw_cells(place, biases[None], place.rows, columns.start, self._shown.most[1])
            if self._layout.has_names:
                self._draw_names(matrix, place, rows, columns)
        for cell in self._shown.chosen:
            self._ring(cell, self._theme.accent)
        for cell in self._shown.lit:
            self._ring(cell, self._theme.ink)

    def _window(self, place: TablePlace) -> tuple[range, range]:
        """The rows and columns of a table that are seen."""
        pitch = place.pitch
        top = max(int((self._seen.top() - place.y) // pitch), 0)
        bottom = min(int((self._seen.bottom() - place.y) // pitch) + 1, place.rows)
        left = max(int((self._seen.left() - place.x) // pitch), 0)
        right = min(int((self._seen.right() - place.x) // pitch) + 1, place.columns)
        return range(top, max(bottom, top)), range(left, max(right, left))

    def _draw_cells(self, place: TablePlace, values: Floats, row: int, column: int, most: float) -> None:
        pitch = max(round(place.pitch * self._ratio), 1)
        colours = self._heat.colours(values, most)[:, :, None]
        image = cells_image(colours, pitch, round(gap_of(place.pitch) * self._ratio))
        if image.isNull():
            return
        image.setDevicePixelRatio(pitch / place.pitch)
        left, top, _, _ = place.box(row, column)
        self._painter.drawImage(QPointF(left, top), image)
        if self._layout.has_numbers:
            self._draw_numbers(place, values, row, column, most)
        elif place.pitch >= SIGNED_PITCH:
            self._draw_signs(place, values, row, column, most)

    def _draw_numbers(self, place: TablePlace, values: Floats, row: int, column: int, most: float) -> None:
        deep = is_deep(values, most)
        pixels = min(max(round(place.pitch * NUMBER_SHARE), CAPTION_PX), LARGEST_NUMBER_PX)
        for (i, j), value in np.ndenumerate(values):
            if np.isfinite(value):
                ink = QColor(self._theme.stage if deep[i, j] else self._theme.ink)
                box = QRectF(*place.box(row + i, column + j))
                self._write(plain(float(value)), box, pixels, ink, int(Qt.AlignmentFlag.AlignCenter))

    def _draw_signs(self, place: TablePlace, values: Floats, row: int, column: int, most: float) -> None:
        """Draw a − into every negative cell."""
        found = np.argwhere(values < 0)
        if len(found) == 0:
            return
        deep = is_deep(values, most)
        left, top, side, _ = place.box(row, column)
        pen = QPen(QColor(self._theme.ink), max(1.0, side / 9))
        for is_light, ink in ((True, self._theme.stage), (False, self._theme.ink)):
            lines = []
            for i, j in found.tolist():
                if bool(deep[i, j]) == is_light:
                    x, y = left + j * place.pitch, top + i * place.pitch + side / 2
                    lines.append(QLineF(x + side * 0.28, y, x + side * 0.72, y))
            pen.setColor(QColor(ink))
            self._painter.setPen(pen)
            self._painter.drawLines(lines)

    def _draw_titles(self, matrix: WeightMatrix, place: TablePlace) -> None:
        theme = self._theme
        left, wide = place.x - self._layout.names_px, 400
        self._write(
            say(table_title(matrix, self._shown.level)),
            QRectF(left, 0, wide, 22),
            CONTROL_PX,
            QColor(theme.ink),
            LEFT,
            STRONG,
        )
        for line, text in enumerate(table_caption(matrix, self._shown.batch_size, self._shown.level)):
            top = place.bottom + 6 + line * CAPTION_LINE_PX
            self._write(
                say(text), QRectF(left, top, wide, CAPTION_LINE_PX), CAPTION_PX, QColor(theme.muted), LEFT
            )

    def _draw_names(self, matrix: WeightMatrix, place: TablePlace, rows: range, columns: range) -> None:
        lit_rows = {cell.row for cell in self._shown.lit if cell.matrix == matrix.number - 1}
        lit_columns = {cell.column for cell in self._shown.lit if cell.matrix == matrix.number - 1}
        room = self._layout.names_px - NAME_GAP_PX
        for row in rows:
            text = self._name(int(matrix.sources[row]), room, row in lit_rows)
            _, top, _, high = place.box(row, 0)
            box = QRectF(place.x - self._layout.names_px, top, room, high)
            self._write_name(text, box, RIGHT, row in lit_rows)
        bias = say(message("Bias"))
        box = QRectF(place.x - self._layout.names_px, place.bias_y, room, place.pitch)
        self._write_name(bias, box, RIGHT, place.rows in lit_rows)
        for column in columns:
            self._draw_head(matrix, place, column, column in lit_columns)

    def _draw_head(self, matrix: WeightMatrix, place: TablePlace, column: int, is_lit: bool) -> None:
        node = int(matrix.targets[column])
        left, top, side, _ = place.box(0, column)
        high = self._layout.heads_px - NAME_GAP_PX
        if not self._layout.turned:
            text = self._name(node, place.pitch, is_lit)
            box = QRectF(left - 2, top - high - 4, side + 4, high)
            self._write_name(text, box, int(Qt.AlignmentFlag.AlignCenter), is_lit)
            return
        painter = self._painter
        painter.save()
        painter.translate(left, top - 4)
        painter.rotate(-90)
        self._write_name(self._name(node, high, is_lit), QRectF(0, 0, high, side), LEFT, is_lit)
        painter.restore()

    def _name(self, index: int, room: float, is_lit: bool) -> str:
        network = self._shown.matrices.network
        text = say(network.names[network.node_ids[index]])
        return self._fonts.elided(text, CAPTION_PX, STRONG if is_lit else NORMAL, room)

    def _write_name(self, text: str, box: QRectF, align: int, is_lit: bool) -> None:
        ink = QColor(self._theme.ink if is_lit else self._theme.muted)
        self._write(text, box, CAPTION_PX, ink, align, STRONG if is_lit else NORMAL)

    def _write(
        self, text: str, box: QRectF, size_px: float, ink: QColor, align: int, weight: QFont.Weight = NORMAL
    ) -> None:
        self._painter.setFont(self._fonts.font(size_px, weight))
        self._painter.setPen(ink)
        self._painter.drawText(box, align | int(Qt.TextFlag.TextDontClip | Qt.TextFlag.TextSingleLine), text)

    def _ring(self, cell: Cell, ink: str) -> None:
        x, y, width, height = self._layout.places[cell.matrix].box(cell.row, cell.column)
        grow = 2.0 if width >= 10 else 3.0
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.setPen(QPen(QColor(ink), 2.0))
        box = QRectF(x, y, width, height).adjusted(-grow + 1, -grow + 1, grow - 1, grow - 1)
        self._painter.drawRoundedRect(box, 3, 3)


def table_title(matrix: WeightMatrix, level: Level) -> Message:
    """What a table is called above it."""
    if level == "words":
        return message("Table {number}", number=matrix.number)
    if level == "numbers":
        return message("Matrix {number}", number=matrix.number)
    return message("W({number})", number=matrix.number)


def table_caption(matrix: WeightMatrix, batch_size: int, level: Level) -> tuple[Message, ...]:
    """What stands below a table: its size, and what a pass and a batch cost."""
    rows, columns = matrix.n_rows, matrix.n_columns
    gemv, gemm = one_pass(matrix).flops, one_batch(matrix, batch_size).flops
    if level == "words":
        return (
            message("{rows} × {columns} arrows", rows=rows, columns=columns),
            message("One example: {flops} steps", flops=gemv),
            message("{b} examples: {flops} steps", b=batch_size, flops=gemm),
        )
    if level == "numbers":
        return (
            message("{rows} × {columns} weights", rows=rows, columns=columns),
            message("One pass: {flops} operations", flops=gemv),
            message("Batch of {b}: {flops} operations", b=batch_size, flops=gemm),
        )
    return (
        message("W: {rows} × {columns}, A: {b} × {rows}", rows=rows, columns=columns, b=batch_size),
        message("gemv: {flops} FLOP", flops=gemv),
        message("gemm: {flops} FLOP", flops=gemm),
    )
