"""The runs of a sweep as a table that can be sorted."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView

from playground.model.keys import Level
from playground.model.sweep import Outcome
from widgets.style import CONTROL_PX, interface_font
from widgets.sweep.figures import FIGURES, Chosen, ending, figure_text, figure_value
from widgets.sweep.offers import setting_name, value_name

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
WIDEST_PX = 240
SORT_ROLE = Qt.ItemDataRole.UserRole


class RunsModel(QAbstractTableModel):
    """A row for each run: its settings, its figures, how it ended."""

    def __init__(
        self, chosen: Sequence[Chosen], figure_names: Sequence[str], ended: str, level: Level
    ) -> None:
        super().__init__()
        self._chosen = tuple(chosen)
        self._level = level
        self._keys = [key for key, _ in chosen[0]] if chosen else []
        self._names = [*(setting_name(key, level) for key in self._keys), *figure_names, ended]
        self._outcomes: list[Outcome | None] = [None] * len(chosen)
        self._best: int | None = None

    def set_outcome(self, number: int, outcome: Outcome) -> None:
        """Fill a row."""
        self._outcomes[number] = outcome
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._names) - 1))

    def set_best(self, number: int | None) -> None:
        """Set the best row apart."""
        self._best = number
        if self._chosen:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._chosen) - 1, len(self._names) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many runs there are."""
        return 0 if parent.isValid() else len(self._chosen)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Settings, figures, and how it ended."""
        return 0 if parent.isValid() else len(self._names)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text, or what it is sorted by; the best row is bold."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == SORT_ROLE:
            return self._sorted_by(index.row(), index.column())
        if role == Qt.ItemDataRole.FontRole and index.row() == self._best:
            return interface_font(CONTROL_PX, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 <= self._figure(index.column()) < len(FIGURES):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """A column's name, or the run's number from 1, with a star at the best."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._names[section]
        return f"★ {section + 1}" if section == self._best else str(section + 1)

    def _figure(self, column: int) -> int:
        return column - len(self._keys)

    def _text(self, row: int, column: int) -> str:
        if column < len(self._keys):
            key, value = self._chosen[row][column]
            return value_name(key, value, self._level)
        figure = self._figure(column)
        if figure == len(FIGURES):
            return ending(self._outcomes[row])
        return figure_text(FIGURES[figure], self._outcomes[row])

    def _sorted_by(self, row: int, column: int) -> object:
        if column < len(self._keys):
            value = self._chosen[row][column][1]
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
            return self._text(row, column)
        figure = self._figure(column)
        if figure == len(FIGURES):
            return self._text(row, column)
        value = figure_value(FIGURES[figure], self._outcomes[row])
        return math.inf if math.isnan(value) else value  # what has no figure comes last


class SweepTable(QTableView):
    """A click on a head sorts; Enter or a double click on a row opens its run."""

    open_requested = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model: RunsModel | None = None
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSortingEnabled(True)
        self.activated.connect(self._activated)

    def set_points(self, chosen: Sequence[Chosen], level: Level) -> None:
        """Show a row for every point."""
        names = (
            self.tr("Epochs"),
            self.tr("Loss"),
            self.tr("Loss on test rows"),
            self.tr("Right"),
            self.tr("Right on test rows"),
            self.tr("Seconds"),
        )
        model, before = RunsModel(chosen, names, self.tr("How it ended"), level), self._model
        self._model = model
        model.setParent(self)
        self._sorted.setSourceModel(model)
        self._sorted.sort(-1)
        if before is not None:
            before.deleteLater()
        self._fit()

    def set_outcome(self, number: int, outcome: Outcome) -> None:
        """Fill a row."""
        if self._model is not None:
            self._model.set_outcome(number, outcome)
            self._fit()

    def set_best(self, number: int | None) -> None:
        """Set the best row apart."""
        if self._model is not None:
            self._model.set_best(number)

    def row_of(self, row: int) -> int:
        """The number of the run that stands in a row."""
        return self._sorted.mapToSource(self._sorted.index(row, 0)).row()

    def _fit(self) -> None:
        self.resizeColumnsToContents()
        for column in range(self._sorted.columnCount()):
            self.setColumnWidth(column, min(WIDEST_PX, self.columnWidth(column) + 8))

    def _activated(self, index: QModelIndex) -> None:
        self.open_requested.emit(self._sorted.mapToSource(index).row())
