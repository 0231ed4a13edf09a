"""One row of a race: who it is, its bar, its figures, or why it cannot take part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.speed import RungFacts, Timing
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.kernels.race_bar import RaceBar, Reading
from widgets.kernels.race_scale import LogScale
from widgets.kernels.race_words import (
    entrant_name,
    remarks,
    share,
    times,
    together,
    told_fully,
    wrong,
)
from widgets.kernels.rung_box import RungBox
from widgets.style import CONTROL_PX, TARGET_PX, interface_font
from widgets.text import capital, say

BOX, NAME, BAR, SPEED, UNIT, TIMES, SHARE = range(7)
"""The columns of the race."""
ROWS = 3
"""A row of the race takes three of the grid: figures, remarks, and a complaint."""
NAME_PX = 124
TEXT_PX = 5
"""From the top of a row to its text."""
REMARK_PX = 23
"""Room for remarks is kept from the start, so that nothing moves when they come."""

Course = Literal["idle", "preparing", "running"]
Rank = Literal["none", "ahead", "fastest"]
"""Whether it is the fastest, so far or in the end."""


@dataclass(frozen=True, slots=True)
class RowState:
    """All that a row shows, apart from the scale that it shares with the others.

    reason : why there is no bar: it cannot run here, or was refused in the last race
    can_run : whether it may take part in the next race
    """

    facts: RungFacts
    threads: int
    reason: Message | None = None
    can_run: bool = True
    timing: Timing | None = None
    course: Course = "idle"
    rank: Rank = "none"
    level: Level = "words"


_RANKS: dict[Rank, tuple[Message, ...]] = {
    "none": (),
    "ahead": (message("fastest so far"),),
    "fastest": (message("fastest"),),
}


class RaceRow(QObject):
    """The parts of one row; they stand in the grid of the panel, so that all rows have the same columns."""

    toggled = Signal()

    def __init__(self, grid: QGridLayout, first: int, parent: QWidget) -> None:
        """Take `ROWS` rows of the grid, from `first` on."""
        super().__init__(parent)
        self._state: RowState | None = None
        self.box = RungBox()
        self.box.setChecked(True)
        self.name = Label()
        self.name.setMinimumWidth(NAME_PX)
        self.name.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.name.setContentsMargins(0, TEXT_PX, 0, 0)
        self.bar = RaceBar()
        self.remark = Label("", "caption")
        self.wrong = Label("", "complaint")
        for note in (self.remark, self.wrong):
            note.setContentsMargins(0, 2, 0, 5)
        self.reason = Label("", "muted")
        self.reason.setContentsMargins(0, TEXT_PX, 0, 4)
        self.speed, self.unit = _figure("strong"), _figure("strong")
        self.unit.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.times, self.share = _figure("muted"), _figure("muted")
        self.track = QWidget()
        self.track.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column(self.track, gap_px=0).addWidget(self.bar)
        self.track.setContentsMargins(0, 1, 0, 1)
        below = first + 1
        top = Qt.AlignmentFlag.AlignTop  # a text of two lines begins beside the others
        grid.addWidget(self.box, first, BOX, top)
        grid.addWidget(self.name, first, NAME, 2, 1)  # a long name goes on beside the remark
        grid.addWidget(self.track, first, BAR, top)
        for place, part in (
            (SPEED, self.speed),
            (UNIT, self.unit),
            (TIMES, self.times),
            (SHARE, self.share),
        ):
            grid.addWidget(part, first, place, top)
        grid.addWidget(self.reason, first, BAR, 1, -1)
        grid.addWidget(self.remark, below, BAR, 1, -1)
        grid.addWidget(self.wrong, below + 1, BAR, 1, -1)
        self._grid, self._first = grid, first
        self.box.toggled.connect(self.toggled)

    @property
    def state(self) -> RowState | None:
        """What the row shows."""
        return self._state

    @property
    def takes_part(self) -> bool:
        """Whether it is chosen for the next race and can run."""
        return self.box.isChecked() and self.box.isEnabled()

    def sync(self, state: RowState, scale: LogScale, limit: float | None) -> None:
        """Show a state on a scale; `limit` is what the processor can do at all, in GFLOP/s."""
        self._state = state
        self._show_name(state)
        self._show_figures(state)
        self._show_notes(state)
        timing = state.timing
        reading = (
            None
            if timing is None
            else Reading(
                timing.gflops, timing.low_gflops, timing.high_gflops, state.rank != "none", timing.is_right
            )
        )
        self.bar.sync(reading, scale, limit)
        told = "" if timing is None else say(told_fully(timing))
        for part in (self.bar, self.speed, self.unit):
            part.setToolTip(told)
        self.bar.setAccessibleName(say(entrant_name(state.facts, state.threads)))
        self.bar.setAccessibleDescription(self._spoken())

    def set_locked(self, is_locked: bool) -> None:
        """While a race runs, who takes part is settled."""
        can_run = self._state is not None and self._state.can_run
        self.box.setEnabled(can_run and not is_locked)

    def dispose(self) -> None:
        """Take all parts out of the panel."""
        for part in (
            self.box,
            self.name,
            self.track,
            self.speed,
            self.unit,
            self.times,
            self.share,
            self.reason,
            self.remark,
            self.wrong,
        ):
            part.hide()
            part.deleteLater()
        self.deleteLater()

    def _show_name(self, state: RowState) -> None:
        name = say(entrant_name(state.facts, state.threads))
        self.name.set_text(name if state.reason is None else say(state.facts.title))
        role = "muted" if state.reason is not None else "strong" if state.rank != "none" else "plain"
        _set_role(self.name, role)
        plain = say(state.facts.title)
        self.box.set_words(
            self.tr("{name} takes part").format(name=plain),
            self.tr("Let it run in the next race, or leave it out"),
        )

    def _show_figures(self, state: RowState) -> None:
        timing = state.timing
        under_way = {
            "idle": "",
            "preparing": self.tr("Preparing…"),
            "running": self.tr("Running…"),
        }[state.course]
        shows_figures = timing is not None and not under_way
        self.speed.setText(format_number(timing.gflops) if timing and shows_figures else "")
        self.unit.setText(self.tr("GFLOP/s") if shows_figures else under_way)
        _set_role(self.unit, "strong" if shows_figures else "muted")
        ratio = timing.times_python if timing and shows_figures else None
        part = timing.share_of_peak if timing and shows_figures else None
        self.times.setText("" if ratio is None else times(ratio))
        self.share.setText("" if part is None else say(share(part)))
        self.times.setToolTip(self.tr("How many times as fast as plain Python") if ratio else "")
        self.share.setToolTip(
            self.tr("Its share of what these cores can do at all, as measured") if part else ""
        )

    def _show_notes(self, state: RowState) -> None:
        timing = state.timing
        told = together((*_RANKS[state.rank], *remarks(timing, state.level))) if timing else None
        fault = wrong(timing) if timing else None
        runs_not = state.reason is not None
        self._grid.setRowMinimumHeight(self._first + 1, 0 if runs_not else REMARK_PX)
        self.reason.set_text("" if state.reason is None else say(state.reason))
        self.remark.set_text("" if told is None else capital(say(told)))
        self.wrong.set_text("" if fault is None else say(fault))
        for part, is_shown in (
            (self.reason, runs_not),
            (self.track, not runs_not),
            (self.speed, not runs_not),
            (self.unit, not runs_not),
            (self.times, not runs_not),
            (self.share, not runs_not),
            (self.remark, told is not None and not runs_not),
            (self.wrong, fault is not None and not runs_not),
        ):
            part.setVisible(is_shown)

    def _spoken(self) -> str:
        """The figures of the row as one text."""
        parts = (self.speed, self.unit, self.times, self.share, self.remark, self.wrong, self.reason)
        return " ".join(part.text() for part in parts if part.text())


def figure_widths(owner: QWidget) -> dict[int, int]:
    """The least widths of the columns with figures, so that nothing moves when figures arrive."""
    metrics = QFontMetrics(interface_font(CONTROL_PX, QFont.Weight.DemiBold))
    samples = {
        SPEED: "0.00888",
        UNIT: max(owner.tr("Preparing…"), owner.tr("Running…"), owner.tr("GFLOP/s"), key=len),
        TIMES: "888,000×",
        SHARE: say(share(0.001)),
    }
    return {place: metrics.horizontalAdvance(sample) + 6 for place, sample in samples.items()}


def _figure(role: Literal["strong", "muted"]) -> QLabel:
    label = Label("", role, wraps=False)
    label.setMinimumHeight(TARGET_PX)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label


def _set_role(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
