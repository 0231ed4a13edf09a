"""The columns of a table, one per row: what each holds, and what the network is to make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView

from playground.model.experiment import ColumnKind
from playground.model.message import Message, format_number, message
from playground.model.table_facts import ColumnFacts, Use, becomes, holds
from widgets.style import CONTROL_PX, interface_font
from widgets.text import capital, say

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDEST_PX = 200

KIND_WORDS: Mapping[ColumnKind, Message] = {"number": message("Numbers"), "class": message("Texts")}
USE_WORDS: Mapping[Use, Message] = {
    "read": message("Read it"),
    "answer": message("Learn to answer it"),
    "leave": message("Leave it out"),
}

CELLS: tuple[tuple[Message, Callable[[ColumnFacts, Use], str]], ...] = (
    (message("Column"), lambda facts, _use: facts.name),
    (message("What to do"), lambda _facts, use: say(USE_WORDS[use])),
    (message("Kind"), lambda facts, _use: say(KIND_WORDS[facts.kind])),
    (
        message("Holds"),
        lambda facts, _use: say(holds(facts)) if facts.classes else capital(say(holds(facts))),
    ),
    (message("Missing"), lambda facts, _use: format_number(facts.missing) if facts.missing else "—"),
    (message("Becomes"), lambda facts, use: capital(say(becomes(facts, use)))),
)
"""Heading and text of each cell."""


class ColumnModel(QAbstractTableModel):
    """The facts of all columns; those to answer are bold."""

    def __init__(self, facts: Sequence[ColumnFacts], uses: Mapping[str, Use]) -> None:
        super().__init__()
        self._facts, self._uses = tuple(facts), dict(uses)

    def set_facts(self, facts: Sequence[ColumnFacts], uses: Mapping[str, Use]) -> None:
        """Show other facts of the same columns."""
        self._facts, self._uses = tuple(facts), dict(uses)
        if self._facts:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._facts) - 1, len(CELLS) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many columns the table has."""
        return 0 if parent.isValid() else len(self._facts)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many facts there are of each."""
        return 0 if parent.isValid() else len(CELLS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A fact as text."""
        facts = self._facts[index.row()]
        use = self._uses[facts.name]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return CELLS[index.column()][1](facts, use)
        if role == Qt.ItemDataRole.FontRole and use == "answer":
            return interface_font(CONTROL_PX, QFont.Weight.DemiBold)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a fact is, or the number of the column from 1."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return say(CELLS[section][0]) if orientation == Qt.Orientation.Horizontal else str(section + 1)


class ColumnTable(QTableView):
    """Lists the columns; several can be chosen at once.

    chosen_changed() : other columns are chosen
    """

    chosen_changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._names: tuple[str, ...] = ()
        self._model = ColumnModel((), {})
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setStretchLastSection(True)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the columns that are chosen, in the table's order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._names[row] for row in rows)

    def set_facts(self, facts: Sequence[ColumnFacts], uses: Mapping[str, Use]) -> None:
        """Show columns; the same ones keep their place and stay chosen."""
        names = tuple(column.name for column in facts)
        if names == self._names:
            self._model.set_facts(facts, uses)
            return
        self._names = names
        self._model = ColumnModel(facts, uses)
        self.setModel(self._model)
        self.selectionModel().selectionChanged.connect(self._announce)
        self.horizontalHeader().setResizeContentsPrecision(50)
        self.resizeColumnsToContents()
        for section in range(len(CELLS) - 1):
            self.setColumnWidth(section, min(WIDEST_PX, self.columnWidth(section) + 26))

    def choose(self, name: str) -> None:
        """Choose one column, and have it in sight."""
        row = self._names.index(name)
        self.selectRow(row)
        self.scrollTo(self._model.index(row, 0))

    def _announce(self) -> None:
        self.chosen_changed.emit()
