"""Wires the views of runs: the handle on the curve, the notice over the stage, the list."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from playground.app.pass_control import PassControl
from playground.app.play_room import PlayRoom
from playground.app.runs import Runs
from playground.app.shown import Shown
from playground.app.training_control import TrainingControl
from playground.model.keys import Level
from playground.model.message import message
from playground.model.run import Instant, have_same_task
from widgets.runs.overlays import Overlay

GROWTH_MS = 300
"""How often the figures of the present run change in the list while it learns."""

LOOKING = message(
    "You are looking at an earlier moment. Press Back to now, or Continue from here to learn on from it."
)


class RunsControl(QObject):
    """Keeps all views of runs at the present, and does what they ask for."""

    looked = Signal(bool)
    """Whether an instant of the past is shown now."""

    def __init__(
        self,
        room: PlayRoom,
        runs: Runs,
        shown: Shown,
        training: TrainingControl,
        passes: PassControl,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._runs = runs
        self._shown = shown
        self._training = training
        self._passes = passes
        self._level: Level = "numbers"
        looking = room.stage_area.looking
        room.plot.epoch_requested.connect(runs.look_at)
        room.plot.step_requested.connect(runs.look_by)
        looking.back_requested.connect(runs.back)
        looking.continue_requested.connect(self.continue_here)
        shown.looked.connect(self._on_looked)
        runs.changed.connect(self._show_runs)
        runs.grew.connect(self._show_growth)
        panel = room.runs
        panel.open_requested.connect(runs.open)
        panel.same_start_requested.connect(self._start_again)
        panel.rename_requested.connect(runs.rename)
        panel.show_requested.connect(runs.show)
        panel.delete_requested.connect(runs.delete)
        panel.restore_requested.connect(runs.restore)
        panel.compare_requested.connect(self.compare)
        panel.chosen_changed.connect(self._draw_others)
        self._grown = QTimer(self, interval=GROWTH_MS, singleShot=True)
        self._grown.timeout.connect(self._list_runs)

    def set_level(self, level: Level) -> None:
        """Explain at this level."""
        self._level = level
        self._show_looking()
        self._list_runs()

    def _on_looked(self, instant: Instant | None) -> None:
        is_past = instant is not None
        self._training.looking = LOOKING if is_past else None
        self._passes.may_keep = not is_past
        self._show_looking()
        self.looked.emit(is_past)

    def _show_looking(self) -> None:
        instant, run = self._shown.instant, self._runs.current
        looking = self._room.stage_area.looking
        if instant is None or run is None:
            looking.setVisible(False)
            self._room.plot.set_looked(None)
            return
        looking.sync(instant.epoch, run.end.epoch, self._level)
        looking.setVisible(True)
        self._room.plot.set_looked(instant.snapshot(run.points))

    def continue_here(self) -> None:
        """Go on from the instant that is shown, and say how."""
        self._runs.continue_here()
        self._training.said.emit(
            message("What is learned from here on is a run of its own. Press Train to learn on.")
        )

    def _start_again(self, number: int) -> None:
        """Go back to a run's start, and have the settings at hand."""
        self._runs.same_start(number)
        self._room.show_side("settings")
        self._room.learning.settings.setFocus()
        self._room.learning.settings.focusNextChild()
        self._training.said.emit(
            message("These are the first weights of that run. Change a setting, then Train.")
        )

    def compare(self) -> None:
        """Show all runs in one table, and open the one that is asked for."""
        from widgets.runs.compare_dialog import CompareDialog

        dialog = CompareDialog(self._runs.listed, self._level, self._room.window())
        if dialog.wait() and dialog.opened is not None:
            self._runs.open(dialog.opened)

    def _show_runs(self) -> None:
        self._list_runs()
        self._draw_others()

    def _show_growth(self) -> None:
        if not self._grown.isActive():
            self._grown.start()

    def _list_runs(self) -> None:
        runs = self._runs
        present = None if runs.current is None else runs.current.number
        self._room.runs.set_runs(runs.listed, present, runs.deleted, self._level)

    def _draw_others(self) -> None:
        """Draw the other runs in the plot; the one that is chosen in the list is drawn thick."""
        current, chosen = self._runs.current, self._room.runs.chosen
        others = tuple(
            Overlay(run.points, run.colour, chosen is not None and chosen.number == run.number)
            for run in self._runs.listed
            if run.is_shown
            and (current is None or (run.number != current.number and have_same_task(run, current)))
        )
        self._room.plot.set_overlays(others, 0 if current is None else current.colour)
