"""The race: every way to multiply, timed on this computer, as bars that grow when their timing arrives."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import MachineFacts, RungFacts, Timing
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.kernels.race_choices import RaceChoice, RaceChoices
from widgets.kernels.race_grid import RaceGrid
from widgets.kernels.race_records import RaceRecords
from widgets.kernels.race_request import RaceRequest
from widgets.kernels.race_row import Course, RaceRow, Rank, RowState
from widgets.kernels.race_scale import scale_for
from widgets.kernels.race_summary import summary, winner
from widgets.kernels.race_words import cannot
from widgets.text import say


class RacePanel(QWidget):
    """Shows who can race, asks for a race, and shows each timing as it arrives.

    Timings stay with the choice that they were measured for: coming back to a size shows them again.
    """

    race_requested = Signal(object)
    cancel_requested = Signal()
    choice_changed = Signal(object)
    """The `RaceChoice` that now holds."""

    def __init__(self) -> None:
        super().__init__()
        self._rungs: tuple[RungFacts, ...] = ()
        self._machine: MachineFacts | None = None
        self._cores = 1
        self._level: Level = "words"
        self._reduced_motion = False
        self._is_running = False
        self._is_presented = False
        self._under_way: tuple[str, Course] | None = None
        self._records = RaceRecords()
        self.title = Label(self.tr("How fast can this computer multiply?"), "title")
        self.lead = Label("", "muted")
        self.choices = RaceChoices()
        self.empty = Label("", "muted")
        self.told = Label("", "explanation")
        self.grid = RaceGrid(self, self.told, self.empty)
        rows = column(self, gap_px=14)
        heading = QWidget()
        lines = column(heading, gap_px=4)
        lines.addWidget(self.title)
        lines.addWidget(self.lead)
        rows.addWidget(heading)
        rows.addWidget(self.choices)
        rows.addLayout(self.grid)
        for part in (self.told, self.empty):
            part.setContentsMargins(0, 14, 0, 10)
        self.choices.changed.connect(self._choice_changed)
        self.choices.race_clicked.connect(self._race_clicked)
        self._renew()

    @property
    def choice(self) -> RaceChoice:
        """What the controls say now."""
        return self.choices.choice

    @property
    def is_running(self) -> bool:
        """Whether a race is shown as running."""
        return self._is_running

    @property
    def timings(self) -> tuple[Timing, ...]:
        """What was timed for the present choice, in the order of the ladder."""
        known = self._records.timings(self.choice)
        return tuple(known[key] for key in self.grid.rows if key in known)

    def row(self, key: str) -> RaceRow:
        """The row of a rung. Raises KeyError where there is none."""
        return self.grid.rows[key]

    def set_rungs(self, rungs: Sequence[RungFacts]) -> None:
        """Show a row for each rung of the ladder."""
        if tuple(rungs) == self._rungs:
            return
        self._rungs = tuple(rungs)
        self.grid.set_rungs(self._rungs, self._enable)
        self.set_reduced_motion(self._reduced_motion)
        self._renew()

    def set_machine(self, machine: MachineFacts) -> None:
        """Show this computer's limit on the scale; its cores are what parallel rungs use."""
        self._machine = machine
        self.set_cores(machine.cores)
        self._renew()

    def set_cores(self, cores: int) -> None:
        """Say how many threads a parallel rung uses; known before the machine is measured."""
        if cores != self._cores:
            self._cores = cores
            self._renew()

    def set_level(self, level: Level) -> None:
        """Tell it at another level."""
        if level != self._level:
            self._level = level
            self._renew()

    def set_choice(self, choice: RaceChoice) -> None:
        """Show another choice, and what was timed for it."""
        self.choices.set_choice(choice)
        self._renew()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Let bars stand at once instead of growing."""
        self._reduced_motion = reduced
        for row in self.grid.rows.values():
            row.bar.reduced_motion = reduced

    def set_presented(self, is_presented: bool) -> None:
        """Leave out what is only there to be pressed: an audience sees no controls."""
        self._is_presented = is_presented
        self.choices.setVisible(not is_presented)
        for row in self.grid.rows.values():
            row.box.setVisible(not is_presented)
        self._renew()

    def set_running(self, is_running: bool) -> None:
        """Show whether a race runs: the button then ends it."""
        if is_running == self._is_running:
            return
        self._is_running = is_running
        self._under_way = None
        self.choices.set_running(is_running)
        self._renew()

    def set_preparing(self, key: str | None) -> None:
        """Show which rung is under way; None where none is.

        The first time in a type it is prepared, which may mean that it is compiled; later it only runs.
        """
        under_way: tuple[str, Course] | None = None
        if key is not None:
            under_way = key, "running" if self._records.is_prepared(key, self.choice.dtype) else "preparing"
        if under_way != self._under_way:
            self._under_way = under_way
            self._renew()

    def add_timing(self, timing: Timing) -> None:
        """Show what a rung has reached; its bar grows."""
        self._records.add(self.choice, timing)
        self._under_way = None
        self._renew()

    def set_refused(self, key: str, reason: Message) -> None:
        """Show why a rung could not take part in the present race."""
        self._records.refuse(self.choice, key, reason)
        self._under_way = None
        self._renew()

    def clear(self) -> None:
        """Forget what was timed for the present choice."""
        self._records.clear(self.choice)
        self._renew()

    def request(self) -> RaceRequest:
        """The race that the controls and boxes ask for."""
        choice = self.choice
        return RaceRequest(
            choice.operation,
            choice.size,
            choice.size if choice.operation == "gemm" else 1,
            choice.size,
            choice.dtype,
            tuple(
                (facts.key, self._threads(facts))
                for facts in self._rungs
                if self.grid.rows[facts.key].takes_part
            ),
        )

    def minimumSizeHint(self) -> QSize:
        """As high as the texts need when they are wrapped at the present width, and not higher."""
        least = super().minimumSizeHint()
        return QSize(least.width(), self.heightForWidth(max(least.width(), self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the texts need at another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def _threads(self, facts: RungFacts) -> int:
        return self._cores if facts.is_parallel and self.choice.all_cores else 1

    def _course(self, key: str) -> Course:
        if self._under_way is not None and self._under_way[0] == key:
            return self._under_way[1]
        return "idle"

    def _limit(self) -> float | None:
        """What the processor can do at all in the chosen type with the chosen cores, in GFLOP/s."""
        if self._machine is None:
            return None
        choice = self.choice
        peak = next((peak for peak in self._machine.peaks if peak.dtype == choice.dtype), None)
        if peak is None:
            return None
        return peak.all_cores if choice.all_cores else peak.one_core

    def _renew(self) -> None:
        """Show all that is known: rows, scale, and the sentence below."""
        choice, timings, limit = self.choice, self.timings, self._limit()
        refused = self._records.refusals(choice)
        known = {timing.kernel: timing for timing in timings}
        best = winner(timings) if len(timings) > 1 else None
        rank: Rank = "ahead" if self._is_running else "fastest"
        figures = [figure for timing in timings for figure in (timing.gflops, timing.high_gflops)]
        scale = scale_for([*figures, *([] if limit is None else [limit])])
        states = []
        for facts in self._rungs:
            timing, hindrance = known.get(facts.key), cannot(facts, choice.operation, choice.dtype)
            states.append(
                RowState(
                    facts,
                    self._threads(facts) if timing is None else timing.threads,
                    hindrance or refused.get(facts.key),
                    hindrance is None,
                    timing,
                    self._course(facts.key),
                    rank if best is not None and best.kernel == facts.key else "none",
                    self._level,
                )
            )
        self.grid.sync(states, scale, limit, locked=self._is_running)
        self._show_texts(timings)
        self._enable()

    def _show_texts(self, timings: Sequence[Timing]) -> None:
        self.lead.set_text(say(self._lead()))
        titles = {facts.key: facts.title for facts in self._rungs}
        told = summary(timings, titles, self._level)
        self.told.set_text("\n".join(say(part) for part in told))
        self.told.setVisible(bool(told))
        hint = None if told or self._is_running else self._hint()
        self.empty.set_text("" if hint is None else say(hint))
        self.empty.setVisible(hint is not None)

    def _lead(self) -> Message:
        count = sum(1 for facts in self._rungs if facts.why_not is None)
        if count < 2:
            return message("A layer is one big multiplication. How fast it is depends on how it is computed.")
        return message(
            "A layer is one big multiplication. Same numbers, same answer, {count} ways to compute it.",
            count=count,
        )

    def _hint(self) -> Message:
        if not self._rungs:
            return message("Looking at what this computer can multiply with…")
        if self._is_presented:
            return message(
                "Press Space: every way computes the same product, and its bar shows how fast it was."
            )
        return message("Press Race: every way computes the same product, and its bar shows how fast it was.")

    def _enable(self) -> None:
        self.choices.set_ready(any(row.takes_part for row in self.grid.rows.values()))

    def _choice_changed(self) -> None:
        self._renew()
        self.choice_changed.emit(self.choice)

    def _race_clicked(self) -> None:
        if self._is_running:
            self.cancel_requested.emit()
        else:
            self.clear()  # all bars grow anew
            self.race_requested.emit(self.request())
