"""Asks which settings to try, and shows the runs as they finish."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QStackedWidget, QWidget

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.sweep import Outcome
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.disclosure import Disclosure
from widgets.controls.labels import Label
from widgets.controls.named_field import NamedField
from widgets.controls.number_field import NumberField
from widgets.controls.number_text import Bounds
from widgets.controls.segmented import Segment, SegmentedControl
from widgets.controls.side_column import SideColumn
from widgets.dialogs.dialog import Dialog
from widgets.sweep.figures import Cell, Chosen, saved_rows
from widgets.sweep.offers import SweepOffer, caption
from widgets.sweep.setting_choice import NOTHING, SettingChoice
from widgets.sweep.small_multiples import SmallMultiples
from widgets.sweep.sweep_table import SweepTable
from widgets.text import pick, say

WIDTH_PX, HEIGHT_PX = 1000, 664
LEFT_PX = 296
RESULTS_PX = 440


class SweepDialog(Dialog):
    """Stands beside the window, which can be used meanwhile. Esc ends the runs, and then closes it."""

    changed = Signal()
    """Something else is to be tried."""
    start_requested = Signal()
    cancel_requested = Signal()
    open_requested = Signal(int)
    """Somebody wants to see the run of this number in the window."""
    save_requested = Signal(str)
    """`png` for the pictures, `csv` for the table."""

    def __init__(
        self, offers: Sequence[SweepOffer], epochs: int, level: Level, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Try several settings"), parent, width_px=WIDTH_PX)
        self._level = level
        self._chosen: tuple[Chosen, ...] = ()
        self._is_running = False
        self.setModal(False)
        self.first = SettingChoice(
            self.tr("Setting to try"), self.tr("The network learns once with each value"), offers, level
        )
        self.second = SettingChoice(
            self.tr("Together with"),
            self.tr("Every value of the one with every value of the other"),
            offers,
            level,
            nothing=self.tr("Nothing else"),
        )
        self.epochs = NumberField(
            pick(level, self.tr("Rounds for each"), self.tr("Epochs for each")),
            self.tr("How often each run goes through all examples"),
            Bounds(minimum=1, maximum=10**6, whole=True),
        )
        self.epochs.set_number(epochs)
        self.address = QLineEdit()
        self.address.setAccessibleName(self.tr("Address of a Dask cluster"))
        self.address.setToolTip(
            self.tr("Where the scheduler of a Dask cluster listens; empty for the cores of this computer")
        )
        self.address.setPlaceholderText("tcp://…")
        self.elsewhere = Disclosure(
            self.tr("On other computers"),
            self.tr("Let a Dask cluster do the runs instead of this computer"),
            NamedField(self.address.accessibleName(), self.address),
        )
        self.plan = Label("", "muted")
        self.start = Button(self.tr("Start"), self.tr("Let the network learn with each of them"), "primary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("How many runs are done"))
        self.told = Label("", "muted")
        self.view = SegmentedControl(
            self.tr("How the runs are shown"),
            (
                Segment("cards", self.tr("Pictures"), self.tr("Every run as a small picture of its losses")),
                Segment("table", self.tr("Table"), self.tr("Every run as a row that can be sorted")),
            ),
        )
        self.cards = SmallMultiples(self.tr("Runs as pictures"))
        self.table = SweepTable(self.tr("Runs as a table"))
        self.empty = Label(
            self.tr(
                "Choose what to try at the left. Each run becomes a small picture here: press one to see it "
                "in the window."
            ),
            "muted",
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.save_picture = Button(self.tr("Save picture…"), self.tr("Keep all runs as a picture (PNG)"))
        self.save_table = Button(self.tr("Save table…"), self.tr("Keep all figures as a table (CSV)"))
        self.close_button = Button(self.tr("Close"), self.tr("Close this; runs under way are ended (Esc)"))
        self._shown = QStackedWidget()
        for page in (self.empty, self.cards, self.table):
            self._shown.addWidget(page)
        self._arrange()
        self._connect()
        self._show_state()
        self.resize(WIDTH_PX, HEIGHT_PX)

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """The settings to try: each key, and its values with commas between them."""
        rows = (self.first, self.second)
        return tuple((row.key, row.text) for row in rows if row.key is not None)

    @property
    def cluster(self) -> str:
        """The address of the cluster that does the runs; empty for this computer."""
        return self.address.text().strip()

    @property
    def is_running(self) -> bool:
        """Whether runs are under way."""
        return self._is_running

    def set_plan(self, plan: Message, *, is_ready: bool) -> None:
        """Say what would be done, or why nothing can be."""
        self.plan.set_text(say(plan))
        self.plan.setProperty("role", "muted" if is_ready else "complaint")
        self.plan.style().unpolish(self.plan)
        self.plan.style().polish(self.plan)
        self.start.setEnabled(is_ready or self._is_running)

    def tell(self, text: Message | None) -> None:
        """Say how it goes."""
        self.told.set_text("" if text is None else say(text))
        self.told.setVisible(text is not None)

    def begin(self, chosen: Sequence[Chosen], epochs: float) -> None:
        """Show an empty place for every run."""
        self._chosen = tuple(chosen)
        self._is_running = True
        self.cards.set_points([caption(one, self._level) for one in chosen], epochs)
        self.table.set_points(chosen, self._level)
        self._show_progress(0)
        self._show_state()

    def set_started(self, number: int) -> None:
        """Show that a run has begun."""
        self.cards.cards[number].set_state("running")

    def set_outcome(self, number: int, outcome: Outcome, best: int | None) -> None:
        """Show how a run ended, and which is the best so far."""
        self.cards.set_outcome(number, outcome)
        self.table.set_outcome(number, outcome)
        self.table.set_best(best)
        for card in self.cards.cards:
            card.set_best(card.number == best)
        self._show_progress(len(self.cards.outcomes()))
        self._show_state()

    def set_opened(self, number: int | None) -> None:
        """Mark the run that the window shows."""
        for card in self.cards.cards:
            card.set_opened(card.number == number)

    def end(self) -> None:
        """Show that no run is under way any more."""
        self._is_running = False
        for card in self.cards.cards:
            card.set_state("left out")
        self._show_state()

    def figures(self) -> list[tuple[Cell, ...]]:
        """The figures of all runs, to be saved."""
        outcomes: Mapping[int, Outcome] = self.cards.outcomes()
        return saved_rows(self._chosen, [outcomes.get(number) for number in range(len(self._chosen))])

    def picture(self) -> QImage:
        """All runs as a picture."""
        return self.cards.picture()

    def reject(self) -> None:
        """End the runs; where none is under way, close."""
        if self._is_running:
            self.cancel_requested.emit()
        else:
            super().reject()

    def _arrange(self) -> None:
        length = NamedField(self.epochs.accessibleName(), self.epochs)
        choices = SideColumn(self.tr("What to try"), LEFT_PX, self.first, self.second, length, self.elsewhere)
        left = QWidget()
        left.setFixedWidth(LEFT_PX)
        beside = column(left, gap_px=10)
        beside.addWidget(choices, 1)
        for part in (self.plan, self.start, self.progress, self.told):
            beside.addWidget(part)
        right = QWidget()
        rows = column(right, gap_px=8)
        head = QHBoxLayout()
        head.addWidget(self.view)
        head.addStretch(1)
        rows.addLayout(head)
        rows.addWidget(self._shown, 1)
        body = QWidget()
        sides = QHBoxLayout(body)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        sides.addWidget(left)
        sides.addWidget(right, 1)
        self._shown.setMinimumHeight(RESULTS_PX)
        self.add(body, 1)
        self.add_button(self.save_table, at_left=True)
        self.add_button(self.save_picture, at_left=True)
        self.add_button(self.close_button)

    def _connect(self) -> None:
        for row in (self.first, self.second):
            row.changed.connect(self.changed)
        self.epochs.entered.connect(self._epochs_entered)
        self.address.textEdited.connect(self._address_edited)
        self.start.clicked.connect(self._pressed)
        self.view.chosen.connect(self._show_view)
        self.cards.open_requested.connect(self.open_requested)
        self.table.open_requested.connect(self.open_requested)
        self.save_picture.clicked.connect(self._picture_wanted)
        self.save_table.clicked.connect(self._table_wanted)
        self.close_button.clicked.connect(self._close)

    def _show_state(self) -> None:
        has = bool(self.cards.outcomes())
        self.progress.setVisible(self._is_running)
        for part in (self.first, self.second, self.epochs, self.elsewhere):
            part.setEnabled(not self._is_running)
        self.start.set_text(self.tr("Cancel the runs") if self._is_running else self.tr("Start"))
        if self._is_running:
            self.start.setEnabled(True)
        for button in (self.save_picture, self.save_table):
            button.setEnabled(has)
        self.view.setVisible(bool(self._chosen))
        self._show_view(self.view.current)

    def _show_view(self, key: str) -> None:
        page: QWidget = {"cards": self.cards, "table": self.table}[key] if self._chosen else self.empty
        self._shown.setCurrentWidget(page)

    def _show_progress(self, done: int) -> None:
        self.progress.setRange(0, max(1, len(self._chosen)))
        self.progress.setValue(done)
        self.tell(message("{done} of {total} runs are done.", done=done, total=len(self._chosen)))

    def _address_edited(self, _text: str) -> None:
        self.changed.emit()

    def _epochs_entered(self, _number: float) -> None:
        self.changed.emit()

    def _pressed(self) -> None:
        if self._is_running:
            self.cancel_requested.emit()
        else:
            self.start_requested.emit()

    def _close(self) -> None:
        if self._is_running:
            self.cancel_requested.emit()
        super().reject()

    def _picture_wanted(self) -> None:
        self.save_requested.emit("png")

    def _table_wanted(self) -> None:
        self.save_requested.emit("csv")


__all__ = ["NOTHING", "SweepDialog"]
