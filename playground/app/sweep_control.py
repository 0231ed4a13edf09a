"""Tries several settings beside the window: asks which, has them run, and opens what is chosen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from playground.app.background import Job
from playground.app.file_choice import FileChoice
from playground.app.file_guard import write_file
from playground.app.sweep_cluster import ClusterSweep
from playground.app.sweep_events import Ended, Finished, Started, Sweep, SweepEvent
from playground.app.sweep_process import ProcessSweep, usual_workers
from playground.model import file
from playground.model.edit import Change
from playground.model.errors import PlaygroundError
from playground.model.experiment import Experiment
from playground.model.initial import initial_parameters
from playground.model.message import Message, message
from playground.model.parameters import Parameters
from playground.model.run import Instant
from playground.model.sweep import DEFAULT_EPOCHS, Outcome, Point, PointResult, Setting, best
from playground.model.trace import LearnerState
from widgets.sweep.offers import caption, sweep_offers

if TYPE_CHECKING:
    from playground.app.window import Window
    from widgets.sweep.sweep_dialog import SweepDialog

LOOK_MS = 200
"""How often it is looked whether somebody measures, while runs are under way."""

ALONE = message("Something is being measured, which needs this computer to itself. Start when it is done.")
WAITS = message("Learning in the window waits for the runs, since they share the cores; then it goes on.")
SHARED = message("The runs and this learning share the cores, so that both take longer.")
CANCELLED = message("The runs were cancelled. What is done stays.")
NOTHING = message("None of the runs has learned anything.")


class SweepControl(QObject):
    """Has runs done in processes of their own, so that the window stays free, and shows what they come to.

    Learning in the window waits while they are under way, and goes on afterwards, unless the person lets it
    learn meanwhile or has turned to something else. A race in the room Kernels makes the runs stand still.
    """

    notice = Signal(object)
    """A Message for the person, to be shown for a while."""
    _told = Signal(int, object)

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._choice = FileChoice(window, window.settings)
        self._dialog: SweepDialog | None = None
        self._sweep: Sweep | None = None
        self._making: Job | None = None
        self._generation = 0
        self._experiment = window.document.experiment
        self._points: tuple[Point, ...] = ()
        self._keys: tuple[str, ...] = ()
        self._outcomes: dict[int, Outcome] = {}
        self._opening: int | None = None
        self._goes_on = self._is_held = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._make_room)
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        document, compute = window.document, window.compute
        document.leaving.connect(self._on_leaving)
        document.taken.connect(self._on_taken)
        document.restarted.connect(self._on_restarted)
        window.training.starting.connect(self._on_starting)
        for own_end in (compute.stopped, compute.converged, compute.diverged, compute.failed):
            own_end.connect(self._on_own_end)
        self.notice.connect(window.status.show_notice)

    @property
    def dialog(self) -> SweepDialog | None:
        """The dialog while it is open."""
        return self._dialog

    @property
    def is_running(self) -> bool:
        """Whether runs are under way."""
        return self._sweep is not None

    def open(self) -> None:
        """Show the dialog beside the window."""
        from widgets.sweep.sweep_dialog import SweepDialog

        if self._dialog is not None:
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        self._experiment = self._window.document.experiment
        epochs = self._experiment.learning.stop_epochs or DEFAULT_EPOCHS
        offers = sweep_offers(self._experiment)
        dialog = SweepDialog(offers, epochs, self._window.play.level, self._window)
        self._dialog = dialog
        dialog.changed.connect(self._show_plan)
        dialog.start_requested.connect(self.start)
        dialog.cancel_requested.connect(self.cancel)
        dialog.open_requested.connect(self.show_run)
        dialog.save_requested.connect(self._save)
        dialog.finished.connect(self._on_closed)
        self._show_plan()
        dialog.tell(None)
        dialog.show()

    def start(self) -> None:
        """Have every combination run, as soon as the points are made."""
        if self._dialog is None or self.is_running or self._making is not None:
            return
        try:
            settings = self._settings()
        except PlaygroundError as error:
            self._dialog.set_plan(error.message, is_ready=False)
            return
        if self._window.compute.is_alone:
            self._dialog.tell(ALONE)
            return
        self._experiment = self._window.document.experiment
        work = partial(_points, self._experiment, settings, round(self._dialog.epochs.number))
        self._making = self._window.compute.background.run(work, self._begin, self._refuse)

    def cancel(self) -> None:
        """End all runs at once; what is done stays."""
        if self._sweep is not None:
            self._end(CANCELLED)

    def show_run(self, number: int) -> None:
        """Make a run the present of the window, as one undo step; learning can go on from there."""
        result = self._outcomes.get(number)
        if not isinstance(result, PointResult):
            return
        point = self._points[number]
        curve = result.curve
        begun, learned = file.read(point.file), file.read(result.file)
        start = _instant(*begun, curve[0].tolist(), 0.0)
        end = _instant(*learned, curve[-1].tolist(), result.penalty)
        told = caption(point.chosen, self._window.play.level).replace("\n", ", ")
        name = message("Open the run with {settings}", settings=told)
        self._opening = number
        self._window.runs.take_in(start, end, curve, result.seconds, told, name)

    def shutdown(self) -> None:
        """End all runs, and wait until their processes have gone."""
        self._goes_on = False
        if self._sweep is not None:
            self._stop()
        if self._dialog is not None:
            self._dialog.end()
            self._dialog.close()

    def _settings(self) -> tuple[Setting, ...]:
        """What the dialog asks for. Raises SettingError."""
        from playground.engine.sweep import read_values
        from playground.engine.sweep_keys import SettingError

        asked = () if self._dialog is None else self._dialog.asked
        if any(not text.strip() for _, text in asked):
            raise SettingError(message("Choose the values to try."))
        return tuple(Setting(key, read_values(key, text)) for key, text in asked)

    def _show_plan(self) -> None:
        """Say how many runs there would be, or why there can be none."""
        from playground.engine.sweep import count_points, why_not_sweep

        if self._dialog is None or self.is_running:
            return
        try:
            settings = self._settings()
        except PlaygroundError as error:
            self._dialog.set_plan(error.message, is_ready=False)
            return
        problem = self._window.training.refusal or why_not_sweep(self._window.document.experiment, settings)
        if problem is not None:
            self._dialog.set_plan(problem, is_ready=False)
            return
        count = count_points(settings)
        if self._dialog.cluster:
            self._dialog.set_plan(message("Runs on the cluster: {count}.", count=count), is_ready=True)
            return
        at_a_time = min(count, usual_workers())
        plan = message(
            "{count} runs, {at_a_time} at a time. Each begins with fresh weights, as after Start over.",
            count=count,
            at_a_time=at_a_time,
        )
        if count == 1:
            plan = message("One run. It begins with fresh weights, as after Start over.")
        self._dialog.set_plan(plan, is_ready=True)

    def _begin(self, points: tuple[Point, ...]) -> None:
        self._making = None
        dialog, training = self._dialog, self._window.training
        if dialog is None or self._window.compute.is_alone:
            self._show_plan()
            return
        self._points, self._outcomes = points, {}
        self._keys = tuple(key for key, _ in points[0].chosen)
        dialog.begin([point.chosen for point in points], max(point.epochs for point in points))
        self._generation += 1
        tell = partial(self._told.emit, self._generation)
        if dialog.cluster:
            self._sweep = ClusterSweep(points, dialog.cluster, tell)
        else:
            self._sweep = ProcessSweep(points, usual_workers(), tell, beside_window=True)
            self._goes_on = training.is_running
        if self._goes_on:
            training.pause()
            dialog.tell(WAITS)
        self._sweep.start()
        self._look.start()

    def _refuse(self, error: Exception) -> None:
        self._making = None
        if not isinstance(error, PlaygroundError):
            raise error
        if self._dialog is not None:
            self._dialog.set_plan(error.message, is_ready=False)

    @Slot(int, object)
    def _hear(self, generation: int, event: SweepEvent) -> None:
        dialog = self._dialog
        if generation != self._generation or self._sweep is None or dialog is None:
            return
        if isinstance(event, Started):
            dialog.set_started(event.number)
        elif isinstance(event, Finished):
            self._outcomes[event.number] = event.outcome
            dialog.set_outcome(event.number, event.outcome, best(self._keys, self._outcomes))
        elif isinstance(event, Ended):
            has_any = any(isinstance(one, PointResult) for one in self._outcomes.values())
            self._end(None if has_any else event.problem or NOTHING)

    def _end(self, said: Message | None) -> None:
        """Take leave of the runs, and let learning go on that has waited for them."""
        self._stop()
        if self._dialog is not None:
            self._dialog.end()
            if said is not None:
                self._dialog.tell(said)
            self._show_plan()
        goes_on, self._goes_on = self._goes_on, False
        if goes_on:
            self._window.training.start("run")

    def _stop(self) -> None:
        sweep, self._sweep = self._sweep, None
        self._generation += 1
        self._look.stop()
        self._is_held = False
        if sweep is not None:
            sweep.cancel()

    def _make_room(self) -> None:
        """Let the runs stand still while something is measured, which would be wrong beside them."""
        is_alone = self._window.compute.is_alone
        if self._sweep is not None and is_alone != self._is_held:
            self._is_held = is_alone
            self._sweep.hold(is_alone)

    def _save(self, kind: str) -> None:
        from playground.app.plot_saving import png, table

        dialog = self._dialog
        if dialog is None:
            return
        kinds = self.tr("Tables (*.csv)") if kind == "csv" else self.tr("Pictures (*.png)")
        title = self.tr("Save the figures") if kind == "csv" else self.tr("Save as a picture")
        data = table(dialog.figures()) if kind == "csv" else png(dialog.picture())
        path: Path | None = self._choice.to_save(title, f"{self.tr('runs')}.{kind}", kinds)
        if path is None:
            return
        try:
            write_file(path, data)
        except PlaygroundError as error:
            dialog.tell(error.message)
        else:
            dialog.tell(message("Saved as {name}.", name=path.name))

    def _on_closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        if self._making is not None:
            self._making.cancel()
            self._making = None
        if self.is_running:
            self._end(None)
        self._points, self._outcomes = (), {}
        if dialog is not None:
            dialog.deleteLater()

    def _on_leaving(self) -> None:
        self._goes_on = False

    def _on_taken(self, change: Change) -> None:
        if change.restarts:
            self._goes_on = False

    def _on_own_end(self, _said: Message) -> None:
        self._goes_on = False

    def _on_starting(self) -> None:
        """The person lets the network learn beside the runs."""
        if isinstance(self._sweep, ProcessSweep):
            self._goes_on = False
            self.notice.emit(SHARED)

    def _on_restarted(self) -> None:
        if self._dialog is not None:
            self._dialog.set_opened(self._opening)
        self._opening = None
        self._show_plan()


def _points(experiment: Experiment, settings: tuple[Setting, ...], epochs: int) -> tuple[Point, ...]:
    from playground.engine.sweep import make_points

    start = initial_parameters(experiment.network, experiment.learning, experiment.seed)
    return make_points(experiment, start, settings, epochs)


def _instant(experiment: Experiment, parameters: Parameters, point: list[float], penalty: float) -> Instant:
    """An instant with the figures of a point of the curve."""
    epoch, train_loss, test_loss, train_accuracy, test_accuracy = point
    state = LearnerState(parameters)
    return Instant(epoch, experiment, state, train_loss, test_loss, penalty, train_accuracy, test_accuracy)
