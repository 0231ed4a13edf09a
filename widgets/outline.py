"""The outline: every layer, node, weight and bias as a list to read, search and edit from the keyboard."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from playground.model.message import format_number, parse_number
from playground.model.network import EdgeKey
from playground.model.stage import Selection, Stage
from resources.theme import Theme
from widgets.outline_model import NAME, VALUE, OutlineModel
from widgets.outline_rows import BiasRow, EdgeRow, LayerRow, NodeRow
from widgets.style import TARGET_PX

FOLLOWED_AT_MOST = 500
"""A larger selection is not shown row by row."""

OPENED_AT_MOST = 60
"""Nodes of a network whose layers are open from the start."""

NUMBER_WIDTH_PX = 190
NUMBER_SHARE = 0.36
"""A number in full precision has room at the first width; a narrow outline gives it this share."""

INDENTATION_PX = 14
TEXT_MARGIN_PX = 5
SHORT_DIGITS = 5

EDIT_KEYS = {Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Outline(QWidget):
    """Lists the network and asks for changes; it never makes one itself.

    Signals
    -------
    edit_requested : an Edit; it comes back as a new stage
    selection_changed : the new Selection
    notice : a Message for the person
    """

    edit_requested = Signal(object)
    selection_changed = Signal(object)
    notice = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: Stage | None = None
        self._is_following = False
        self._model = OutlineModel(self)
        self._view = _View(self)
        self._view.setModel(self._model)
        self._view.setAccessibleName(self.tr("Outline of the network"))
        self._view.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._view.header().setSectionResizeMode(VALUE, QHeaderView.ResizeMode.Interactive)
        self._view.header().setStretchLastSection(False)
        self._view.header().setMinimumSectionSize(48)
        self._empty = QLabel(self.tr("Nothing is drawn yet. Nodes and weights are listed here as you draw."))
        self._empty.setWordWrap(True)
        self._empty.setMargin(16)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._empty.setProperty("role", "muted")
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._view)
        self.setFocusProxy(self._view)
        self._model.edit_requested.connect(self.edit_requested)
        self._model.notice.connect(self.notice)
        self._view.selectionModel().selectionChanged.connect(self._choose)

    @property
    def view(self) -> QTreeView:
        """The list."""
        return self._view

    @property
    def model(self) -> OutlineModel:
        """What is listed."""
        return self._model

    def set_stage(self, stage: Stage) -> None:
        """List a stage; while the outline is not seen, it waits until it is."""
        if not self.isVisible():
            self._waiting = stage
            return
        self._waiting = None
        self._is_following = True
        layers = self._model.rowCount()
        self._model.set_stage(stage)
        if self._model.rowCount() != layers and len(stage.network.nodes) <= OPENED_AT_MOST:
            self._open_layers()
        self._model.announce(self._view.rows_in_sight())
        self._pages.setCurrentWidget(self._view if stage.network.nodes else self._empty)
        self._is_following = False
        self._follow(stage.selection)

    def _open_layers(self) -> None:
        """Show the nodes of all layers."""
        for row in range(self._model.rowCount()):
            self._view.expand(self._model.index(row, NAME))

    def set_theme(self, theme: Theme) -> None:
        """Colour numbers for another theme."""
        self._model.set_theme(theme)
        self._view.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while it was not seen."""
        super().showEvent(event)
        if self._waiting is not None:
            self.set_stage(self._waiting)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between names and numbers."""
        super().resizeEvent(event)
        width = min(NUMBER_WIDTH_PX, round(event.size().width() * NUMBER_SHARE))
        self._view.header().resizeSection(VALUE, width)

    def _choose(self, _selected: QItemSelection, _deselected: QItemSelection) -> None:
        if self._is_following:
            return
        selection = self._chosen()
        if selection != self._model.stage.selection:
            self.selection_changed.emit(selection)

    def _chosen(self) -> Selection:
        nodes: set[int] = set()
        edges: set[EdgeKey] = set()
        for index in self._view.selectionModel().selectedRows(NAME):
            row = self._model.row_of(index)
            if isinstance(row, EdgeRow):
                edges.add(row.edge)
            elif isinstance(row, NodeRow | BiasRow):
                nodes.add(row.node)
            else:
                nodes.update(self._nodes_of(row))
        return Selection(frozenset(nodes), frozenset(edges))

    def _nodes_of(self, layer: LayerRow) -> list[int]:
        parent = self._model.index_of(layer)
        rows = (
            self._model.row_of(self._model.index(i, NAME, parent))
            for i in range(self._model.rowCount(parent))
        )
        return [row.node for row in rows if isinstance(row, NodeRow)]

    def _follow(self, selection: Selection) -> None:
        """Select what is selected elsewhere, and bring the first of it into sight."""
        if selection == self._chosen() or len(selection.nodes) + len(selection.edges) > FOLLOWED_AT_MOST:
            return
        indices = [self._model.index_of(NodeRow(node)) for node in sorted(selection.nodes)]
        indices += [self._model.index_of(EdgeRow(edge)) for edge in sorted(selection.edges)]
        indices = [index for index in indices if index.isValid()]
        wanted = QItemSelection()
        for index in indices:
            wanted.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self._is_following = True
        self._view.selectionModel().select(wanted, flags.ClearAndSelect | flags.Rows)
        if indices:
            self._view.selectionModel().setCurrentIndex(indices[0], flags.NoUpdate)
            self._view.scrollTo(indices[0])
        self._is_following = False


class _View(QTreeView):
    """The list as a tree: Enter or F2 edits the name of a node, or the number of anything else."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setUniformRowHeights(True)
        self.setIndentation(INDENTATION_PX)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setExpandsOnDoubleClick(False)
        self.setItemDelegate(_Cell(self))

    def rows_in_sight(self) -> list[QModelIndex]:
        """The rows that are shown now, from top to bottom."""
        found: list[QModelIndex] = []
        index, bottom = self.indexAt(QPoint(0, 0)), self.viewport().height()
        while index.isValid() and self.visualRect(index).top() < bottom:
            found.append(index)
            index = self.indexBelow(index)
        return found

    def event(self, event: QEvent) -> bool:
        """Keep the keys that edit a row, though the window has a use for them too."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in EDIT_KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Edit the current row, whichever column it is in."""
        if self.state() == QAbstractItemView.State.EditingState:
            # The line has taken the key and lets it through to here.
            event.accept()
            return
        index = self.currentIndex()
        if event.key() in EDIT_KEYS and index.isValid():
            for column in (NAME, VALUE):
                cell = index.siblingAtColumn(column)
                if cell.flags() & Qt.ItemFlag.ItemIsEditable:
                    self.edit(cell)
                    return
        super().keyPressEvent(event)


class _Cell(QStyledItemDelegate):
    """A row high enough to be hit, and a line to type in that is as high."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of a cell."""
        return super().sizeHint(option, index).expandedTo(QSize(0, TARGET_PX))

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Round a number that has no room for all of its digits; its tooltip and its editor have them."""
        super().initStyleOption(option, index)
        if index.column() != VALUE:
            return
        text, room = option.text, option.rect.width() - 2 * TEXT_MARGIN_PX
        if option.fontMetrics.horizontalAdvance(text) > room:
            try:
                option.text = format_number(parse_number(text), SHORT_DIGITS)
            except ValueError:
                return

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """The line, named for screen readers by what it changes."""
        editor = QLineEdit(parent)
        editor.setProperty("kind", "inline")
        editor.setAccessibleName(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Fill the line once: what is typed stays, though the number goes on changing while it learns."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The line covers its cell, and as much to the left of it as its number needs."""
        text = str(index.data(Qt.ItemDataRole.EditRole))
        wide = editor.fontMetrics().horizontalAdvance(text) + 28
        place = QRect(option.rect)
        place.setLeft(max(0, min(place.left(), place.right() - wide)))
        editor.setGeometry(place)

    def setModelData(
        self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Hand over what was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
