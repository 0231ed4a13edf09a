"""The outline's items: rows are looked up when a view asks, never built beforehand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from playground.model import edits
from playground.model.experiment import Experiment
from playground.model.message import format_exact, message
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.stage import Stage
from resources.theme import LIGHT, Theme
from widgets.canvas.titles import describe_edge, describe_node
from widgets.controls.number_text import Bounds, complaint, read_number
from widgets.outline_rows import BiasRow, EdgeRow, LayerRow, NodeRow, Row, Rows
from widgets.text import say

NAME, VALUE = 0, 1

Index = QModelIndex | QPersistentModelIndex

NODES_FROM = 1
BELOW_FROM = 1 << 32
"""An index's number: 0 for a layer, then the layer of a node, then the index of a node that it lies below."""


class OutlineModel(QAbstractItemModel):
    """Layers, nodes, biases and weights of a stage; two columns: the name and the number.

    Signals
    -------
    edit_requested : an Edit
    notice : a Message that says why a text is no number
    """

    edit_requested = Signal(object)
    notice = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        network = Network.build()
        self._stage = Stage(Experiment(network), Parameters.zeros(network))
        self._rows = Rows.of(network)
        self._theme = LIGHT

    @property
    def stage(self) -> Stage:
        """The stage that is listed."""
        return self._stage

    def set_stage(self, stage: Stage) -> None:
        """List another stage; rows that stay keep their place in every view.

        Values that changed are not announced, for there may be 200,000; see `announce`.
        """
        old, self._stage = self._stage, stage
        if not _same_rows(old.network, stage.network):
            self._rearrange(stage.network)

    def set_theme(self, theme: Theme) -> None:
        """Colour numbers for another theme, from the next time that they are painted."""
        self._theme = theme

    def announce(self, rows: Iterable[QModelIndex]) -> None:
        """Say that the numbers of some rows may have changed: those that a view shows now."""
        for index in rows:
            cell = index.siblingAtColumn(VALUE)
            self.dataChanged.emit(cell, cell)

    def row_of(self, index: Index) -> Row:
        """What a valid index stands for."""
        number = index.internalId()
        if number == 0:
            return LayerRow(self._rows.layers[index.row()][0])
        if number < BELOW_FROM:
            return NodeRow(self._rows.layers[number - NODES_FROM][2][index.row()])
        return self._rows.below(self._rows.network.node_ids[number - BELOW_FROM], index.row())

    def index_of(self, row: Row, column: int = NAME) -> QModelIndex:
        """Where something stands; an invalid index where it is not listed."""
        if isinstance(row, LayerRow):
            keys = [key for key, _, _ in self._rows.layers]
            return self.createIndex(keys.index(row.key), column, 0) if row.key in keys else QModelIndex()
        node = row.edge[1] if isinstance(row, EdgeRow) else row.node
        if node not in self._rows.places:
            return QModelIndex()
        if isinstance(row, NodeRow):
            layer, place = self._rows.places[node]
            return self.createIndex(place, column, layer + NODES_FROM)
        below = self._rows.place_below(row)
        if below is None:
            return QModelIndex()
        return self.createIndex(below, column, self._rows.network.node_index[node] + BELOW_FROM)

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008  # Qt's own default
        """The index of a row below a parent."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        if not parent.isValid():
            return self.createIndex(row, column, 0)
        above = self.row_of(parent)
        if isinstance(above, LayerRow):
            return self.createIndex(row, column, parent.row() + NODES_FROM)
        assert isinstance(above, NodeRow)
        return self.createIndex(row, column, self._rows.network.node_index[above.node] + BELOW_FROM)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008  # QObject has another parent()
        """The index that a row lies below."""
        number = index.internalId() if index.isValid() else 0
        if number == 0:
            return QModelIndex()
        if number < BELOW_FROM:
            return self.createIndex(number - NODES_FROM, NAME, 0)
        return self.index_of(NodeRow(self._rows.network.node_ids[number - BELOW_FROM]))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """How many rows lie below an index."""
        if not parent.isValid():
            return len(self._rows.layers)
        if parent.column() != NAME:
            return 0
        row = self.row_of(parent)
        if isinstance(row, LayerRow):
            return len(self._rows.layers[parent.row()][2])
        if isinstance(row, NodeRow):
            return self._rows.count_below(row.node)
        return 0

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008  # Qt's own default
        """Whether anything lies below an index."""
        if not parent.isValid():
            return bool(self._rows.layers)
        row = self.row_of(parent)
        if parent.column() != NAME or isinstance(row, BiasRow | EdgeRow):
            return False
        return isinstance(row, LayerRow) or self._rows.count_below(row.node) > 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """The name and the number."""
        return 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What the columns are called."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Name"), self.tr("Number"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Names of nodes can be typed, and every weight and bias."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self._is_editable(index) else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell, in full precision, and what a screen reader says of it."""
        if not index.isValid():
            return None
        row = self.row_of(index)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self._name(row, role) if index.column() == NAME else self._number_text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == VALUE:
            return self._number_text(row)
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == VALUE:
            return self._colour(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == VALUE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for the edit that a typed text means; the new value comes back with the next stage."""
        if role != Qt.ItemDataRole.EditRole or not self._is_editable(index):
            return False
        row, text = self.row_of(index), str(value)
        if isinstance(row, NodeRow):
            if text.strip() != self._stage.network.nodes[row.node].label:
                self.edit_requested.emit(edits.rename(row.node, text.strip()))
            return True
        if text == self._number_text(row):
            return True
        refusal = complaint(text, Bounds())
        if refusal is not None:
            self.notice.emit(refusal)
            return False
        if isinstance(row, BiasRow):
            self.edit_requested.emit(edits.set_bias(row.node, read_number(text)))
        elif isinstance(row, EdgeRow):
            self.edit_requested.emit(edits.set_weight(row.edge, read_number(text)))
        return True

    def _is_editable(self, index: Index) -> bool:
        row = self.row_of(index)
        if isinstance(row, NodeRow):
            return index.column() == NAME
        return index.column() == VALUE and not isinstance(row, LayerRow)

    def _name(self, row: Row, role: int) -> str:
        if isinstance(row, LayerRow):
            return say(next(title for key, title, _ in self._rows.layers if key == row.key))
        if isinstance(row, NodeRow):
            label = self._stage.network.nodes[row.node].label
            return label if role == Qt.ItemDataRole.EditRole else say(self._rows.names[row.node])
        if isinstance(row, BiasRow):
            return self.tr("Bias")
        return say(message("from {source}", source=self._rows.names[row.edge[0]]))

    def _number(self, row: Row) -> float | None:
        """A row's number: of a node, its value in the pass that is shown."""
        stage = self._stage
        if isinstance(row, EdgeRow):
            return stage.parameters.weight(stage.network, row.edge)
        if isinstance(row, BiasRow):
            return stage.parameters.bias(stage.network, row.node)
        trace = stage.trace
        if isinstance(row, LayerRow) or trace is None:
            return None
        place = trace.experiment.network.node_index.get(row.node)
        example = 0 if stage.moment is None else min(stage.moment.row, trace.n_rows - 1)
        return None if place is None else float(trace.activations[example, place])

    def _number_text(self, row: Row) -> str:
        if isinstance(row, LayerRow):
            count = next(len(nodes) for key, _, nodes in self._rows.layers if key == row.key)
            return say(message("1 node") if count == 1 else message("{count} nodes", count=count))
        number = self._number(row)
        return "" if number is None else format_exact(number)

    def _spoken(self, row: Row) -> str:
        if isinstance(row, NodeRow):
            return say(describe_node(self._stage, row.node))
        if isinstance(row, EdgeRow):
            return say(describe_edge(self._stage, row.edge))
        if isinstance(row, BiasRow):
            name = self._rows.names[row.node]
            return say(message("Bias of {name}, {bias}.", name=name, bias=self._number(row) or 0.0))
        return f"{self._name(row, Qt.ItemDataRole.DisplayRole)}, {self._number_text(row)}"

    def _colour(self, row: Row) -> QColor:
        if isinstance(row, LayerRow):
            return QColor(self._theme.muted)
        number = self._number(row) or 0.0
        return QColor(self._theme.negative if number < 0 else self._theme.positive)

    def _rearrange(self, network: Network) -> None:
        """List another network; what views remember of rows goes on with the rows."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self.row_of(index), index.column()) for index in before]
        self._rows = Rows.of(network)
        self.changePersistentIndexList(before, [self.index_of(row, column) for row, column in kept])
        self.layoutChanged.emit()


def _same_rows(old: Network, new: Network) -> bool:
    """Whether two networks have the same rows with the same names."""
    if old is new:
        return True
    return (
        old.node_ids == new.node_ids
        and old.edge_keys == new.edge_keys
        and old.groups == new.groups
        and all(
            node.label == other.label and node.role == other.role and node.group == other.group
            for node, other in zip(old.nodes.values(), new.nodes.values(), strict=True)
        )
    )
