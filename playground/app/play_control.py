"""Wires the room Play: what is shown comes from the document, what is asked for goes to it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from playground.app import settings as remembered
from playground.app.compute import SAID
from playground.app.document import Document
from playground.app.pass_control import PassControl
from playground.app.pass_source import PassSource
from playground.app.path_rows import path_rows
from playground.app.play_room import PlayRoom
from playground.app.player import Player
from playground.app.sayings import at_level
from playground.app.settings import Settings
from playground.app.stage_keeper import Element, StageKeeper
from playground.app.training_control import TrainingControl
from playground.engine.timeline import Timeline
from playground.model.edit import Change, Edit
from playground.model.keys import Granularity, Level, Phase
from playground.model.message import Message, message
from playground.model.moment import Moment
from playground.model.narration import Narration
from playground.model.parameters import Floats
from playground.model.snapshot import Snapshot
from playground.model.stage import Stage

NOT_THE_PAST = message(
    "This is an earlier moment, which cannot be changed. Press Back to now, or Continue from here."
)


class PlayControl(QObject):
    """Keeps every panel of the room at the present, and sends what they ask for to where it is done."""

    notice = Signal(object)
    """A Message for the person, to be shown for a while."""
    rate_changed = Signal(object)
    """Examples per second that go forward and back while the network learns, None while it does not."""
    level_changed = Signal(str)

    def __init__(
        self,
        room: PlayRoom,
        document: Document,
        source: PassSource,
        player: Player,
        passes: PassControl,
        training: TrainingControl,
        keeper: StageKeeper,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._document = document
        self._source = source
        self._player = player
        self._passes = passes
        self._training = training
        self._keeper = keeper
        self._settings = settings
        self._said: Message | None = None
        self._is_in_pass = self._is_past = False
        self._connect_room()
        self._connect_work()
        self._restore()

    @property
    def level(self) -> Level:
        """The level at which everything is explained."""
        return self._keeper.level

    def set_level(self, level: Level) -> None:
        """Explain everything at this level."""
        self._settings.set(remembered.LEVEL, level)
        self._keeper.set_level(level)
        self._room.transport.set_level(level)
        self._show_said()
        self._show_learning()
        self._show_data()
        self._show_things()
        self.level_changed.emit(level)

    def apply(self, edit: Edit) -> None:
        """Make an edit; where the rules forbid it, or the past is shown, say so at the pointer."""
        if self._is_past:
            self._refuse(NOT_THE_PAST)
            self._show_data()  # whoever asked shows again what holds
        else:
            self._document.apply(edit)

    def set_past(self, is_past: bool) -> None:
        """Hear that an instant of the past is shown, in which nothing can be changed; or the present."""
        self._is_past = is_past

    def _connect_room(self) -> None:
        room, transport, player, passes = self._room, self._room.transport, self._player, self._passes
        for view in (room.canvas, room.outline, room.inspector, room.learning, room.data, room.findings):
            view.edit_requested.connect(self.apply)
        for chooser in (room.canvas, room.outline):
            chooser.selection_changed.connect(self._keeper.set_selection)
        room.canvas.hovered.connect(self._keeper.set_hovered)
        room.canvas.notice.connect(self.notice)
        room.canvas.play_toggled.connect(passes.toggle)
        room.explanation.play_requested.connect(passes.toggle)
        transport.play_toggled.connect(passes.toggle)
        transport.step_requested.connect(player.step)
        transport.seek_requested.connect(player.seek)
        transport.phase_requested.connect(self._jump)
        transport.speed_changed.connect(self._set_speed)
        transport.granularity_changed.connect(self._set_granularity)
        transport.loop_changed.connect(self._set_loop)
        transport.keep_changed.connect(self._set_keep)
        transport.batch_changed.connect(self._source.set_batch)
        transport.next_example_requested.connect(passes.go_on)
        room.example.example_requested.connect(self._source.choose)
        room.example.cells_requested.connect(self._source.set_cells)
        room.example.inputs_requested.connect(self._source.set_by_hand)
        room.example.back_requested.connect(self._back_to_example)
        room.learning.train_toggled.connect(self._training.toggle)
        room.learning.epoch_requested.connect(self._train_epoch)
        room.learning.batch_requested.connect(self._train_batch)
        room.learning.start_over_requested.connect(self._training.start_over)
        room.learning.new_start_requested.connect(self._training.new_start)
        room.plot.log_changed.connect(self._set_log)

    def _connect_work(self) -> None:
        keeper, training, player, source = self._keeper, self._training, self._player, self._source
        keeper.stage_changed.connect(self._show_stage)
        keeper.narration_changed.connect(self._show_narration)
        keeper.inspected.connect(self._show_inspected)
        player.timeline_changed.connect(self._show_timeline)
        player.moment_changed.connect(self._show_position)
        player.playing_changed.connect(self._show_playing)
        source.changed.connect(self._show_example)
        source.data_changed.connect(self._show_data)
        source.problem_changed.connect(self._tell_problem)
        self._document.experiment_changed.connect(self._show_learning)
        self._document.refused.connect(self._refuse)
        self._document.taken.connect(self._on_taken)
        self._passes.started.connect(training.pause)
        self._passes.kept.connect(self.notice)
        training.running_changed.connect(self._show_running)
        training.snapshot_changed.connect(self._show_snapshot)
        training.said.connect(self._say)
        training.refusal_changed.connect(self._room.learning.set_refusal)
        training.findings_changed.connect(self._room.show_findings)

    def _restore(self) -> None:
        settings, transport = self._settings, self._room.transport
        granularity = cast("Granularity", settings.get(remembered.GRANULARITY))
        loop, keep = settings.get(remembered.LOOP), settings.get(remembered.KEEP)
        speed = settings.get(remembered.SPEED)
        self._player.set_granularity(granularity)
        self._player.set_speed(speed)
        self._player.loop, self._passes.keep = loop, keep
        transport.set_options(granularity=granularity, loop=loop, keep=keep, batch=False)
        transport.set_speed(speed)
        self._room.plot.set_log(settings.get(remembered.LOG_LOSS))
        self.set_level(cast("Level", settings.get(remembered.LEVEL)))
        self._show_timeline(self._player.timeline)

    def _show_stage(self, stage: Stage) -> None:
        self._room.canvas.set_stage(stage)
        self._room.outline.set_stage(stage)
        dataset = self._source.dataset
        features = () if dataset is None else dataset.feature_names
        targets = () if dataset is None else tuple(target.name for target in dataset.targets)
        self._room.show_inspected(self._keeper.looked_at(stage), features, targets)

    def _show_narration(self, narration: Narration | None) -> None:
        self._room.show_narration(narration, self.level)

    def _show_inspected(self, _element: Element | None, narration: Narration | None) -> None:
        self._room.inspector.set_narration(narration, self.level)
        paths = self._keeper.paths(self._keeper.stage)
        if paths is None:
            self._room.inspector.set_paths((), None)
        else:
            self._room.inspector.set_paths(path_rows(paths, self._keeper.stage), paths.total)

    def _show_timeline(self, timeline: Timeline | None) -> None:
        self._room.explanation.set_playable(timeline is not None)
        if timeline is None:
            self._room.transport.set_timeline((), 0.0, 0)
        else:
            self._room.transport.set_timeline(timeline.phases, timeline.duration_s, timeline.step_count)
        self._show_position(self._player.moment)

    def _show_position(self, moment: Moment | None) -> None:
        if moment is not None:
            self._room.transport.show_pass()
        if (moment is not None) != self._is_in_pass:
            self._is_in_pass = moment is not None
            if self._is_in_pass:
                self._room.show_pass()
        time_s, step = (0.0, 0) if moment is None else (moment.time_s, moment.step.index)
        self._room.transport.set_position(time_s, step, self._player.is_playing, self._example(moment))

    def _example(self, moment: Moment | None) -> tuple[int, int] | None:
        """Which example of a batch flows, from 1 on, and how many there are; None for one alone."""
        timeline = self._player.timeline
        count = 1 if timeline is None else timeline.phases[-1].row + 1
        if moment is None or count == 1 or moment.phase == "update":
            return None
        return moment.row + 1, count

    def _show_playing(self, _is_playing: bool) -> None:
        self._show_position(self._player.moment)

    def _show_example(self) -> None:
        source = self._source
        network = self._document.experiment.network
        dataset = source.dataset if source.n_examples else None
        self._room.example.sync(dataset, network, source.row, source.by_hand, source.test_row)
        self._room.transport.set_batch_available(source.n_examples > 0)

    def _show_data(self) -> None:
        self._room.data.sync(self._document.experiment.data, self._source.dataset, self.level)
        self._show_example()
        self._show_learning()
        self._show_things()

    def _show_learning(self) -> None:
        learning = self._document.experiment.learning
        self._room.learning.sync(learning, self.level, max(1, self._source.n_examples))

    def _show_things(self) -> None:
        self._room.plot.set_words(self.level, self._things)

    @property
    def _things(self) -> Message:
        """What the network has not seen, as its data call it."""
        dataset = self._source.dataset
        is_avocado = dataset is not None and dataset.name == "avocado"
        return message("new avocados") if is_avocado else message("new examples")

    def _on_taken(self, _change: Change) -> None:
        """What a run had reached holds no longer once something is changed by hand."""
        if not self._training.is_running:
            self._room.transport.show_pass()

    def _say(self, said: Message | None) -> None:
        self._said = said
        if said is None:
            self._room.learning.set_state(None)
        self._show_said()

    def _show_said(self) -> None:
        if self._said is not None:
            self._room.learning.set_state(at_level(self._said, self.level))

    def _show_running(self, is_running: bool) -> None:
        self._room.learning.set_training(is_running)
        self._room.show_running(is_running)
        if is_running:
            self._passes.leave()
            return
        self.rate_changed.emit(None)
        self._room.transport.show_pass()
        snapshot = self._training.snapshot
        if self._said == SAID["converged"] and snapshot is not None:
            self._room.transport.show_run(snapshot, "converged", self._things)

    def _show_snapshot(self, snapshot: Snapshot | None) -> None:
        self._room.plot.set_snapshot(snapshot)
        if snapshot is None:
            self._room.transport.show_pass()
        elif self._training.is_running:
            self.rate_changed.emit(snapshot.epochs_per_second * self._source.n_examples)
            self._room.transport.show_run(snapshot, "learning", self._things)

    def _refuse(self, text: Message) -> None:
        self._room.canvas.show_refusal(text)
        self.notice.emit(text)

    def _tell_problem(self) -> None:
        if self._source.problem is not None:
            self.notice.emit(self._source.problem)

    def _jump(self, phase: str) -> None:
        self._player.jump(cast("Phase", phase))

    def _set_speed(self, speed: float) -> None:
        self._settings.set(remembered.SPEED, speed)
        self._player.set_speed(speed)

    def _set_granularity(self, key: str) -> None:
        self._settings.set(remembered.GRANULARITY, key)
        self._player.set_granularity(cast("Granularity", key))

    def _set_loop(self, is_on: bool) -> None:
        self._settings.set(remembered.LOOP, is_on)
        self._player.loop = is_on

    def _set_keep(self, is_on: bool) -> None:
        self._settings.set(remembered.KEEP, is_on)
        self._passes.keep = is_on

    def _set_log(self, is_on: bool) -> None:
        self._settings.set(remembered.LOG_LOSS, is_on)

    def _back_to_example(self) -> None:
        self._source.set_by_hand(cast("Floats | None", None))

    def _train_epoch(self) -> None:
        self._training.start("epoch")

    def _train_batch(self) -> None:
        self._training.start("batch")
