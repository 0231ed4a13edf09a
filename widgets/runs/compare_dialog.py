"""Compares the runs of a window in one table that can be sorted, and copied into a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from playground.model.keys import Level
from playground.model.run import Run
from resources.theme import Theme
from widgets.controls.buttons import Button
from widgets.controls.labels import Label
from widgets.dialogs.dialog import Dialog
from widgets.runs.colours import run_colour
from widgets.runs.comparison import as_csv, comparison, sorted_rows
from widgets.style import CONTROL_PX, interface_font, theme_of

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
MARK_PX = 14
WIDEST_PX = 240
MARGINS_PX = 60
"""What the dialog takes beside its table."""
SORTED_BY_FILE = -1


class ComparisonModel(QAbstractTableModel):
    """The cells of the comparison, in whatever order they are sorted."""

    def __init__(
        self, runs: Sequence[Run], level: Level, theme: Theme, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = comparison(runs, level)
        self.rows = list(range(len(runs)))
        self._runs = runs
        self._marks = [_mark(run_colour(theme, run.colour)) for run in runs]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many runs there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell's text; the best of a column is bold, and a name has its run's colour beside it."""
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.cells[row].text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.name}: {column.cells[row].text}"
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0:
            return self._marks[row]
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_numeric:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole and row in column.best:
            return interface_font(CONTROL_PX, QFont.Weight.DemiBold)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """A column's name."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return self.columns[section].name

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what has no value there comes last."""
        if not 0 <= column < len(self.columns):
            return
        self.layoutAboutToBeChanged.emit()
        self.rows = sorted_rows(self.columns[column], descending=order == Qt.SortOrder.DescendingOrder)
        self.layoutChanged.emit()

    def run(self, row: int) -> Run:
        """The run in a row, as it is sorted now."""
        return self._runs[self.rows[row]]

    def csv(self) -> str:
        """The table as it stands, as CSV."""
        return as_csv(self.columns, self.rows)


class CompareDialog(Dialog):
    """When it is accepted, `opened` is the number of the run to open."""

    copied = Signal()

    def __init__(self, runs: Sequence[Run], level: Level, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Compare runs"), parent, width_px=640)
        self.opened: int | None = None
        self.model = ComparisonModel(runs, level, theme_of(self if parent is None else parent), self)
        self.hint = Label(
            self.tr("Only settings that differ have a column. A click on a column's name sorts by it."),
            "muted",
        )
        self.table = _Table(self.tr("Compare runs"))
        self.table.setModel(self.model)
        self.table.show_whole()
        self.told = Label("", "caption")
        self.copy = Button(
            self.tr("Copy as CSV"), self.tr("Copy the table as it stands, for a spreadsheet (Ctrl+C)")
        )
        self.open_run = Button(
            self.tr("Open this run"), self.tr("Let the network be as the chosen run left it (Enter)")
        )
        self.close_button = Button(self.tr("Close"), self.tr("Close the table (Esc)"), "primary")
        self.add(self.hint)
        self.add(self.table, 1)
        self.add(self.told)
        self.add_button(self.copy, at_left=True)
        self.add_button(self.open_run)
        self.add_button(self.close_button)
        self.copy.clicked.connect(self._copy)
        self.open_run.clicked.connect(self._open)
        self.close_button.clicked.connect(self.reject)
        self.table.copy_requested.connect(self._copy)
        self.table.activated.connect(self._open)
        self.table.setFocus()
        room = self.table.wanted_width() + MARGINS_PX
        self.resize(room if parent is None else min(room, max(self.width(), parent.width() - 80)), 420)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.model.csv())
        self.told.set_text(self.tr("The table is copied. Paste it into a spreadsheet."))
        self.copied.emit()

    def _open(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0:
            self.opened = self.model.run(row).number
            self.accept()


class _Table(QTableView):
    """The table: Space sorts by the column of the chosen cell, Ctrl+C copies all of it."""

    copy_requested = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(self.tr("Space sorts by this column, Enter opens this run"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMinimumHeight(200)
        self.verticalHeader().setVisible(False)
        self.horizontalHeader().setSortIndicator(SORTED_BY_FILE, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def show_whole(self) -> None:
        """Give every column the room that its texts need, within bounds, and choose the first run."""
        self.resizeColumnsToContents()
        for column in range(self.model().columnCount()):
            self.setColumnWidth(column, min(WIDEST_PX, self.columnWidth(column) + 20))
        self.setCurrentIndex(self.model().index(0, 0))

    def wanted_width(self) -> int:
        """The width at which nothing need be scrolled sideways."""
        return self.horizontalHeader().length() + 2 * self.frameWidth()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sort, or copy."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._sort_by(self.currentIndex().column())
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy_requested.emit()
        else:
            super().keyPressEvent(event)

    def _sort_by(self, column: int) -> None:
        header = self.horizontalHeader()
        rises = Qt.SortOrder.AscendingOrder
        again = header.sortIndicatorSection() == column and header.sortIndicatorOrder() == rises
        self.sortByColumn(column, Qt.SortOrder.DescendingOrder if again else rises)


def _mark(colour: str) -> QPixmap:
    """A small square in a run's colour."""
    picture = QPixmap(MARK_PX, MARK_PX)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(1, 1, MARK_PX - 2, MARK_PX - 2, 4, 4)
    painter.end()
    return picture
