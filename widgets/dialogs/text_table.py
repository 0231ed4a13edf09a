"""A table of texts that is only looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView

from widgets.style import CONTROL_PX, interface_font

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDEST_PX = 220


class TextTableModel(QAbstractTableModel):
    """Texts in rows under a header; the last columns may be set apart as answers."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]], strong_count: int = 0) -> None:
        super().__init__()
        self._names, self._rows = names, rows
        self._first_strong = len(names) - strong_count

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text; answers are bold."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            row = self._rows[index.row()]
            return row[index.column()] if index.column() < len(row) else ""
        if role == Qt.ItemDataRole.FontRole and index.column() >= self._first_strong:
            return interface_font(CONTROL_PX, QFont.Weight.DemiBold)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """A column's name, or a row's number from 1."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._names[section] if orientation == Qt.Orientation.Horizontal else str(section + 1)


class TextTable(QTableView):
    """A view of texts; only what is in sight is drawn, so that a million rows cost no more than ten."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._model: TextTableModel | None = None

    def set_texts(self, names: Sequence[str], rows: Sequence[Sequence[str]], strong_count: int = 0) -> None:
        """Show these rows; the last `strong_count` columns are set apart."""
        self._model = TextTableModel(names, rows, strong_count)
        self.setModel(self._model)
        self.horizontalHeader().setResizeContentsPrecision(50)
        self.resizeColumnsToContents()
        for index in range(len(names)):
            self.setColumnWidth(index, min(WIDEST_PX, self.columnWidth(index) + 8))
