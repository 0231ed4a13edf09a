"""The rows of a race in one grid, the scale below their bars, and below it who cannot run."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from playground.model.message import Message, message
from playground.model.speed import RungFacts
from widgets.controls.labels import Label
from widgets.kernels.race_axis import RaceAxis
from widgets.kernels.race_row import BAR, NAME, ROWS, RaceRow, RowState, figure_widths
from widgets.kernels.race_scale import LogScale
from widgets.text import say


class RaceGrid(QGridLayout):
    """All rows share columns and scale; `below` stands right below the scale, over the whole width."""

    def __init__(self, owner: QWidget, *below: QWidget) -> None:
        super().__init__()
        self._owner = owner
        self._below = below
        self.rows: dict[str, RaceRow] = {}
        self.axis = RaceAxis()
        self.scale_note = Label("", "caption")
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(0)
        for place, width_px in figure_widths(owner).items():
            self.setColumnMinimumWidth(place, width_px)
        self.setColumnStretch(NAME, 4)
        self.setColumnStretch(BAR, 7)
        self.set_rungs((), lambda: None)

    def set_rungs(self, rungs: Sequence[RungFacts], toggled: Callable[[], None]) -> None:
        """Make a row for each rung; `toggled` is called when one is to take part or to be left out."""
        for row in self.rows.values():
            row.dispose()
        for part in (self.axis, self.scale_note, *self._below):
            self.removeWidget(part)
        self.rows = {}
        able = [facts for facts in rungs if facts.why_not is None]
        unable = [facts for facts in rungs if facts.why_not is not None]
        for index, facts in enumerate(able):
            self.rows[facts.key] = RaceRow(self, ROWS * index, self._owner)
        last = ROWS * len(able)
        self.addWidget(self.axis, last, BAR)
        self.addWidget(self.scale_note, last + 1, BAR, 1, -1)
        for index, part in enumerate(self._below):
            self.addWidget(part, last + 2 + index, 0, 1, -1)
        first = last + 2 + len(self._below)
        for index, facts in enumerate(unable):
            self.rows[facts.key] = RaceRow(self, first + ROWS * index, self._owner)
        for row in self.rows.values():
            row.toggled.connect(toggled)
        for part in (self.axis, self.scale_note):
            part.setVisible(bool(rungs))

    def sync(self, states: Sequence[RowState], scale: LogScale, limit: float | None, *, locked: bool) -> None:
        """Show all rows on a scale; `limit` is what the processor can do at all, in GFLOP/s."""
        for state in states:
            row = self.rows[state.facts.key]
            row.sync(state, scale, limit)
            row.set_locked(locked)
        self.axis.sync(scale)
        self.scale_note.set_text(say(scale_told(limit)))


def scale_told(limit: float | None) -> Message:
    """What the lines and the mark of the scale mean."""
    if limit is None:
        return message("GFLOP/s on a logarithmic scale: each line is ten times faster.")
    return message(
        "GFLOP/s on a logarithmic scale: each line is ten times faster. "
        "The upright mark is this computer's limit, {limit}.",
        limit=limit,
    )
