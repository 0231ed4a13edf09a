"""Wires what is special to learning: its pace, the rate of now, marks in the plot, the web's settings."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.app import settings as remembered
from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.marks import Marks
from playground.app.pass_source import PassSource
from playground.app.play_control import PlayControl
from playground.app.play_room import PlayRoom
from playground.app.settings import Settings
from playground.app.shown import Shown
from playground.app.training_control import TrainingControl
from playground.engine.rate import rate_at
from playground.model import edits
from playground.model.experiment import Experiment
from playground.model.keys import Level
from playground.model.message import message
from playground.model.parameters import Parameters


class LearningControl(QObject):
    """Keeps settings and plot at the moment that the window shows, and remembers the pace."""

    fitted = Signal()
    """Another network is on the stage."""

    def __init__(
        self,
        room: PlayRoom,
        document: Document,
        shown: Shown,
        source: PassSource,
        compute: Compute,
        play: PlayControl,
        training: TrainingControl,
        settings: Settings,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._document = document
        self._shown = shown
        self._compute = compute
        self._play = play
        self._settings = settings
        self._network = document.experiment.network
        self.marks = Marks(document, compute, self)
        source.epoch_of = self._epoch
        # connections
        panel = room.learning.settings
        panel.pace.changed.connect(self._set_pace)
        panel.web_playground_requested.connect(self.take_web_playground)
        panel.activation.edit_requested.connect(play.apply)
        document.experiment_changed.connect(self._show)
        training.snapshot_changed.connect(self._show)
        training.snapshot_changed.connect(self.marks.take)
        shown.looked.connect(self._show)
        play.level_changed.connect(self._set_level)
        self.marks.changed.connect(room.plot.set_marks)
        slow = settings.get(remembered.PACE)
        pace = None if settings.get(remembered.FLAT_OUT) else slow
        panel.pace.set_pace(pace, slow)
        compute.set_pace(pace)
        self._set_level(play.level)

    def take_web_playground(self) -> None:
        """Take the data, network and settings of the web's playground, as one undo step."""
        from playground.engine.web_playground import web_playground

        learning = self._document.experiment.learning

        def take(found: tuple[Experiment, Parameters]) -> None:
            if self._document.apply(edits.replace(*found, message("As in the web playground"))):
                self.fitted.emit()

        self._compute.background.run(lambda: web_playground(learning), take, _raise)

    def _epoch(self) -> float:
        """The epoch of what is shown."""
        instant = self._shown.instant
        return self._compute.epoch if instant is None else instant.epoch

    def _set_level(self, level: Level) -> None:
        panel = self._room.learning.settings
        panel.pace.set_level(level)
        panel.activation.sync(self._document.experiment.network, level)
        self._show()

    def _show(self, *_news: object) -> None:
        learning, panel = self._document.experiment.learning, self._room.learning.settings
        is_constant = learning.schedule.kind == "constant"
        panel.set_rate_now(None if is_constant else rate_at(learning, self._epoch()), self._play.level)
        network = self._document.experiment.network
        if network is not self._network:
            self._network = network
            panel.activation.sync(network, self._play.level)

    def _set_pace(self, pace: float | None) -> None:
        self._settings.set(remembered.FLAT_OUT, pace is None)
        if pace is not None:
            self._settings.set(remembered.PACE, pace)
        self._compute.set_pace(pace)


def _raise(error: Exception) -> None:
    raise error
