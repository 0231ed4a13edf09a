"""The rows of the list of runs."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from playground.model.keys import Level
from playground.model.run import Run
from widgets.runs.run_words import origin, reached, whole_sentence
from widgets.text import say

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
RUN_ROLE = Qt.ItemDataRole.UserRole
"""The Run itself."""
BELOW_ROLE = Qt.ItemDataRole.UserRole + 1
"""What stands below the name."""
PRESENT_ROLE = Qt.ItemDataRole.UserRole + 2
"""Whether it is the present run."""


class RunModel(QAbstractListModel):
    """Runs in the order in which they began; a name can be edited, and a mark says what is drawn.

    rename_requested(number, name), show_requested(number, is_shown)
    """

    rename_requested = Signal(int, str)
    show_requested = Signal(int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._present: int | None = None
        self._level: Level = "words"

    @property
    def runs(self) -> tuple[Run, ...]:
        """What is listed."""
        return self._runs

    @property
    def present(self) -> int | None:
        """The number of the present run."""
        return self._present

    def set_runs(self, runs: tuple[Run, ...], present: int | None, level: Level) -> None:
        """List these runs; rows that stay keep their selection."""
        old, new = [run.number for run in self._runs], [run.number for run in runs]
        if old == new:
            self._runs, self._present, self._level = runs, present, level
            if runs:
                self.dataChanged.emit(self.index(0), self.index(len(runs) - 1))
            return
        self.beginResetModel()
        self._runs, self._present, self._level = runs, present, level
        self.endResetModel()

    def row_of(self, number: int) -> int | None:
        """The row of a run, None where it is not listed."""
        return next((row for row, run in enumerate(self._runs) if run.number == number), None)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many runs there are."""
        return 0 if parent.isValid() else len(self._runs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A run's name, what it says below it, and its mark."""
        if not index.isValid():
            return None
        run = self._runs[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return say(run.title)
        if role == Qt.ItemDataRole.CheckStateRole:
            is_drawn = run.is_shown or run.number == self._present
            return Qt.CheckState.Checked if is_drawn else Qt.CheckState.Unchecked
        if role == BELOW_ROLE:
            return self._below(run)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return whole_sentence(run, self._runs, self._level, is_present=run.number == self._present)
        return {RUN_ROLE: run, PRESENT_ROLE: run.number == self._present}.get(role)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for another name, or for the curve to be drawn or not."""
        run = self._runs[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            if str(value).strip() != say(run.title):
                self.rename_requested.emit(run.number, str(value))
            return True
        if role == Qt.ItemDataRole.CheckStateRole and run.number != self._present:
            self.show_requested.emit(run.number, not run.is_shown)
            return True
        return False

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every run can be chosen and renamed; the present one is always drawn."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
        if index.isValid() and self._runs[index.row()].number != self._present:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def _below(self, run: Run) -> str:
        came = origin(run, self._runs, self._level)
        how = say(reached(run, self._level))
        return how if came is None else f"{how}\n{say(came)}"
