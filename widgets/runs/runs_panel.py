"""The runs of the window: what each has reached, and what can be done with one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import message
from playground.model.run import Run
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.runs.run_list import RunList
from widgets.runs.run_model import RunModel
from widgets.text import say


class RunsPanel(QWidget):
    """A list, and below it what can be done with the run that is chosen; unseen while there is no run.

    rename_requested(number, name), show_requested(number, is_shown) and the others with the run's number
    """

    open_requested = Signal(int)
    same_start_requested = Signal(int)
    rename_requested = Signal(int, str)
    show_requested = Signal(int, bool)
    delete_requested = Signal(int)
    restore_requested = Signal()
    compare_requested = Signal()
    chosen_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = Label(self.tr("Runs"), "heading")
        self.model = RunModel(self)
        self.list = RunList(self.model, self.tr("Runs"))
        self.list.setToolTip(
            self.tr("Enter opens a run, F2 renames it, Space draws its curve or not, Delete takes it out")
        )
        self.open = Button(
            self.tr("Open"), self.tr("Let the network be as this run left it; one step that can be undone")
        )
        self.same_start = Button(
            self.tr("Same start, other setting"),
            self.tr(
                "Go back to the first weights of this run, to change a setting and learn again from there"
            ),
        )
        self.delete = Button(self.tr("Delete"), self.tr("Take this run out of the list (Delete)"))
        self.compare = Button(
            self.tr("Compare…"), self.tr("See all runs in one table: what differs, and what came of it")
        )
        self.deleted = Label("", "caption")
        self.restore = Button(self.tr("Bring back"), self.tr("Put the deleted run back (Ctrl+Z in the list)"))
        self.kept = Label(self.tr("Runs are kept while this window is open."), "caption")
        self._restoring = FlowRow(self.deleted, self.restore)
        rows = column(self, gap_px=8)
        rows.addWidget(self.heading)
        rows.addWidget(self.list)
        rows.addWidget(FlowRow(self.open, self.same_start, self.compare, self.delete))
        rows.addWidget(self._restoring)
        rows.addWidget(self.kept)
        self._connect()
        self.set_runs((), None, None, "words")

    @property
    def chosen(self) -> Run | None:
        """The run that is chosen in the list."""
        return self.list.chosen

    def set_runs(self, runs: tuple[Run, ...], present: int | None, deleted: Run | None, level: Level) -> None:
        """List these runs; the chosen one stays chosen, and a new present one is chosen."""
        chosen = None if self.chosen is None else self.chosen.number
        is_new_present = present != self.model.present
        self.model.set_runs(runs, present, level)
        numbers = [run.number for run in runs]
        wanted = present if is_new_present or chosen not in numbers else chosen
        if wanted is None and numbers:
            wanted = numbers[-1]
        if wanted is not None:
            self.list.choose(wanted)
        self.list.can_restore = deleted is not None
        self._restoring.setVisible(deleted is not None)
        if deleted is not None:
            self.deleted.set_text(say(message("{run} was deleted.", run=deleted.title)))
        self.setVisible(bool(runs) or deleted is not None)
        self._fit()
        self._enable()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines that wrap otherwise need another height."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self.model.rename_requested.connect(self.rename_requested)
        self.model.show_requested.connect(self.show_requested)
        self.list.open_requested.connect(self.open_requested)
        self.list.delete_requested.connect(self.delete_requested)
        self.list.restore_requested.connect(self.restore_requested)
        self.list.chosen_changed.connect(self._enable)
        self.list.chosen_changed.connect(self.chosen_changed)
        self.restore.clicked.connect(self.restore_requested)
        self.compare.clicked.connect(self.compare_requested)
        self.open.clicked.connect(self._open)
        self.same_start.clicked.connect(self._same_start)
        self.delete.clicked.connect(self._delete)

    def _fit(self) -> None:
        self.list.setFixedHeight(max(self.list.wanted_height(), 24))

    def _enable(self) -> None:
        chosen = self.chosen
        is_other = chosen is not None and chosen.number != self.model.present
        self.open.setEnabled(is_other)
        self.delete.setEnabled(is_other)
        self.same_start.setEnabled(chosen is not None)
        self.compare.setEnabled(len(self.model.runs) > 1)

    def _open(self) -> None:
        if self.chosen is not None:
            self.open_requested.emit(self.chosen.number)

    def _same_start(self) -> None:
        if self.chosen is not None:
            self.same_start_requested.emit(self.chosen.number)

    def _delete(self) -> None:
        if self.chosen is not None:
            self.delete_requested.emit(self.chosen.number)
