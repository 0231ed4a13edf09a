"""The open network as matrices: its tables of weights beside a picture of it, each lighting up the other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from playground.model.keys import Level
from playground.model.matrices import NetworkMatrices
from playground.model.matrix_work import tell_matrix, tell_network
from playground.model.message import Message, message
from playground.model.network import EdgeKey
from playground.model.stage import Stage
from widgets.controls.card import Card, column
from widgets.controls.labels import Label
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.kernels.matrix_layout import READING_PITCH
from widgets.kernels.matrix_tables import MatrixTables
from widgets.kernels.network_picture import NetworkPicture
from widgets.text import say

MARGIN_PX = 24
PICTURE_PX, NARROW_PX = 330, 250
PICTURE_MOST_PX = 400
BESIDE_PX = 700
"""From this width on the picture stands beside the tables, else below them."""

WIDE_PX = 960
"""From this width on there is room for a larger picture."""

NO_LIMIT_PX = (1 << 24) - 1
"""Qt's own greatest size."""


class MatricesView(QWidget):
    """Shows the weights of a stage as matrices; pointing in one place lights up the other.

    element_hovered : the EdgeKey (or a node's id, at its bias) that the pointer or the cursor is on, or None
    element_chosen : the same for a click or Enter, so that the window can select it
    """

    element_hovered = Signal(object)
    element_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._stage: Stage | None = None
        self._level: Level = "words"
        self._number = -1
        self.facts = Label("", "explanation")
        self.tables = MatrixTables()
        self.picture = NetworkPicture()
        self.pointed = Label("", "strong")
        self.details = Label("", "muted")
        self.size_choice = SegmentedControl(
            self.tr("Size of the cells"),
            (
                Segment(
                    "fit", self.tr("See all"), self.tr("Make cells so small that all tables are seen (0)")
                ),
                Segment(
                    "read",
                    self.tr("Read numbers"),
                    self.tr("Make cells so large that their numbers are read"),
                ),
            ),
        )
        self._side = QWidget()
        beside = column(self._side, gap_px=8)
        frame = Card(self.picture)
        frame.rows.setContentsMargins(2, 2, 2, 2)
        frame.setMaximumHeight(PICTURE_MOST_PX)
        beside.addWidget(frame, 100)
        beside.addWidget(self.pointed)
        beside.addWidget(self.details)
        beside.addStretch(1)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(16)
        self._parts.addWidget(self.tables, 1)
        self._parts.addWidget(self._side)
        rows = column(self, gap_px=12, margin_px=MARGIN_PX)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.facts, 1)
        top.addWidget(self.size_choice, 0, Qt.AlignmentFlag.AlignTop)
        rows.addLayout(top)
        rows.addLayout(self._parts, 1)
        self.pointed.setMinimumHeight(2 * self.pointed.fontMetrics().lineSpacing())
        self.pointed.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # connections
        self.tables.element_hovered.connect(self._table_pointed)
        self.tables.element_chosen.connect(self.element_chosen)
        self.tables.table_changed.connect(self._show_table)
        self.tables.size_changed.connect(self._show_size)
        self.size_choice.chosen.connect(self._choose_size)
        self.picture.element_hovered.connect(self._picture_pointed)
        self.picture.element_chosen.connect(self.element_chosen)

    @property
    def matrices(self) -> NetworkMatrices | None:
        """The matrices of the network that is shown."""
        return self.tables.matrices

    def set_stage(self, stage: Stage) -> None:
        """Show a network with its weights."""
        if stage is self._stage:
            return
        self._stage = stage
        self.tables.set_stage(stage)
        self.picture.set_stage(stage)
        matrices = self.tables.matrices
        count = 0 if matrices is None else len(matrices.matrices)
        if self._number >= count:
            self._number = -1
        self._tell()

    def set_level(self, level: Level) -> None:
        """Tell sizes and costs at a level."""
        if level != self._level:
            self._level = level
            self.tables.set_level(level)
            self._tell()

    def set_hovered(self, element: int | EdgeKey | None) -> None:
        """Light up an edge, or a node's bias, in both places."""
        self.tables.set_hovered(element)
        self.picture.set_hovered(element)
        self._tell_pointed(element)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture where there is room."""
        super().resizeEvent(event)
        is_beside = self.width() >= BESIDE_PX
        way = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if self._parts.direction() != way:
            self._parts.setDirection(way)
        if is_beside:
            self._side.setFixedWidth(PICTURE_PX if self.width() >= WIDE_PX else NARROW_PX)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(NO_LIMIT_PX)

    def _table_pointed(self, element: int | EdgeKey | None) -> None:
        self.picture.set_hovered(element)
        self._tell_pointed(element)
        self.element_hovered.emit(element)

    def _picture_pointed(self, element: int | EdgeKey | None) -> None:
        self.tables.set_hovered(element)
        self._tell_pointed(element)
        self.element_hovered.emit(element)

    def _show_table(self, number: int) -> None:
        self._number = number
        self._tell()

    def _choose_size(self, key: str) -> None:
        self.tables.set_pitch(None if key == "fit" else READING_PITCH)

    def _show_size(self) -> None:
        self.size_choice.set_current("fit" if self.tables.is_fitted else "read")

    def _tell(self) -> None:
        matrices, stage = self.tables.matrices, self._stage
        if matrices is None or stage is None:
            return
        batch = stage.experiment.learning.batch_size
        self.facts.set_text(" ".join(say(part) for part in tell_network(matrices, batch, self._level)))
        has_tables = bool(matrices.matrices)
        self._side.setVisible(has_tables)
        self.details.setVisible(has_tables)
        if has_tables:
            matrix = matrices.matrices[max(self._number, 0)]
            told = [*tell_matrix(matrix, batch, self._level), *self._left_out()]
            self.details.set_text("\n".join(say(part) for part in told))
        self._tell_pointed(self.tables.element)

    def _tell_pointed(self, element: int | EdgeKey | None) -> None:
        self.pointed.set_text(say(self._told(element)))

    def _left_out(self) -> tuple[Message, ...]:
        """What the picture leaves out."""
        drawn, total = self.picture.drawn_edges
        if drawn == total:
            return ()
        if self._level == "words":
            return (
                message("The picture has the strongest {drawn} of {total} arrows.", drawn=drawn, total=total),
            )
        return (message("The picture has the strongest {drawn} of {total} edges.", drawn=drawn, total=total),)

    def _told(self, element: int | EdgeKey | None) -> Message:
        stage = self._stage
        if stage is not None and isinstance(element, tuple) and element in stage.network.edges:
            names = stage.network.names
            return message(
                "{source} → {target}: {weight}",
                source=names[element[0]],
                target=names[element[1]],
                weight=stage.parameters.weight(stage.network, element),
            )
        if stage is not None and isinstance(element, int) and element in stage.network.nodes:
            name, bias = stage.network.names[element], stage.parameters.bias(stage.network, element)
            return message("Bias of {node}: {bias}", node=name, bias=bias)
        if self._level == "words":
            return message("Point at a cell, and its arrow lights up.")
        return message("Point at a cell, and its edge lights up.")
