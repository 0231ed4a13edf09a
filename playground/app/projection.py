"""Feeds the presentation: the same stage, sentence and timeline as the window shows."""

from __future__ import annotations

from PySide6.QtCore import QObject

from playground.app.pass_control import PassControl
from playground.app.play_control import PlayControl
from playground.app.player import Player
from playground.app.presenting import Presenting
from playground.app.stage_keeper import StageKeeper
from playground.engine.timeline import Timeline
from playground.model.moment import Moment
from playground.model.narration import Narration
from playground.model.stage import Stage


class Projection(QObject):
    """Keeps an open presentation at the present, and does what is asked from it."""

    def __init__(
        self,
        presenting: Presenting,
        play: PlayControl,
        passes: PassControl,
        player: Player,
        keeper: StageKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._presenting = presenting
        self._play = play
        self._passes = passes
        self._player = player
        self._keeper = keeper
        self._narration: Narration | None = None
        presenting.opened.connect(self._open)
        keeper.stage_changed.connect(self._show_stage)
        keeper.narration_changed.connect(self._show_narration)
        player.timeline_changed.connect(self._show_timeline)
        player.moment_changed.connect(self._show_position)

    def _open(self, _shown: object) -> None:
        presenter, player = self._presenting.presenter, self._player
        if presenter is None:
            return  # something else than the network is presented, and feeds itself
        presenter.edit_requested.connect(self._play.apply)
        presenter.selection_changed.connect(self._keeper.set_selection)
        presenter.hovered.connect(self._keeper.set_hovered)
        presenter.play_toggled.connect(self._passes.toggle)
        presenter.step_requested.connect(player.step)
        presenter.phase_requested.connect(player.jump_by)
        presenter.seek_requested.connect(player.seek)
        presenter.end_requested.connect(player.to_end)
        presenter.set_stage(self._keeper.stage)
        presenter.set_narration(self._narration)
        self._show_timeline(player.timeline)
        self._show_position(player.moment)

    def _show_stage(self, stage: Stage) -> None:
        if self._presenting.presenter is not None:
            self._presenting.presenter.set_stage(stage)

    def _show_narration(self, narration: Narration | None) -> None:
        self._narration = narration
        if self._presenting.presenter is not None:
            self._presenting.presenter.set_narration(narration)

    def _show_timeline(self, timeline: Timeline | None) -> None:
        if self._presenting.presenter is None:
            return
        if timeline is None:
            self._presenting.presenter.set_timeline((), 0.0)
        else:
            self._presenting.presenter.set_timeline(timeline.phases, timeline.duration_s)

    def _show_position(self, moment: Moment | None) -> None:
        if self._presenting.presenter is not None:
            self._presenting.presenter.set_position(None if moment is None else moment.time_s)
