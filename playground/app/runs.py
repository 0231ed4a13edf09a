"""The runs of a window: what begins one, what is recorded of it, and how one goes back to it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import numpy as np
from PySide6.QtCore import QObject, Signal

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.run_joints import (
    Beginning,
    branch_point,
    same_data,
    same_instant,
    unnamed_instant,
)
from playground.app.shown import Shown
from playground.app.training_control import TrainingControl
from playground.engine.recorder import Recorder
from playground.model import edits
from playground.model.edit import Change
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.parameters import Floats
from playground.model.run import Instant, Run, readable_epoch
from playground.model.snapshot import Snapshot


class Runs(QObject):
    """Records what training reaches, looks back along it, and makes an earlier instant the present.

    Starting over, other first weights, other data and going on from an earlier instant each begin a run; it
    is listed as soon as it has learned something. Undoing such a step leads back into the run that was left.
    """

    changed = Signal()
    """A run has begun, gone, come back, or is called or drawn otherwise."""
    grew = Signal()
    """The present run has reached something more."""

    def __init__(
        self,
        document: Document,
        compute: Compute,
        training: TrainingControl,
        shown: Shown,
        recorder: Recorder | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._compute = compute
        self._training = training
        self._shown = shown
        self._recorder = recorder or Recorder()
        self._parent: int | None = None
        self._beginning: Beginning | None = None
        self._going: tuple[int | None, Snapshot] | None = None
        self._taken = Change(document.experiment)
        self._is_leaving = self._is_resuming = self._restarts = False
        self._waits: Callable[[], None] | None = None
        self._ticked: float | None = None
        document.leaving.connect(self._on_leaving)
        document.taken.connect(self._on_taken)
        document.experiment_changed.connect(self._on_experiment)
        document.restarted.connect(self._on_restarted)
        training.starting.connect(self._on_starting)
        training.snapshot_changed.connect(self._on_snapshot)
        training.running_changed.connect(self._on_running)

    @property
    def listed(self) -> tuple[Run, ...]:
        """All runs, in the order in which they began."""
        return self._recorder.runs

    @property
    def current(self) -> Run | None:
        """The run whose end is the present; None before it has learned anything."""
        return self._recorder.current

    @property
    def deleted(self) -> Run | None:
        """The run that was deleted last and can be brought back."""
        return self._recorder.deleted

    def run(self, number: int) -> Run:
        """The run of a number; KeyError where there is none."""
        return self._recorder.run(number)

    def look_at(self, epoch: float) -> None:
        """Show the remembered instant nearest to an epoch; past the end of the run, the present."""
        run = self.current
        if run is None:
            return
        if epoch >= run.end.epoch:
            self.back()
        else:
            self._look(run.start if math.isinf(epoch) else run.nearest(epoch))

    def look_by(self, steps: int) -> None:
        """Show the instant so many steps further on (or back) than the one that is shown."""
        run = self.current
        if run is None:
            return
        instant, newest = self._shown.instant, len(run.instants) - 1
        here = newest if instant is None else int(np.searchsorted(run.epochs, instant.epoch))
        place = max(0, here + steps)
        if place >= newest:
            self.back()
        else:
            self._look(run.instants[place])

    def back(self) -> None:
        """Show the present again."""
        self._waits = None
        self._shown.look(None)

    def continue_here(self) -> None:
        """Make the instant that is shown the present, as one undo step; what is learned is a new run."""
        instant, run = self._shown.instant, self.current
        if instant is not None and run is not None:
            experiment = self._shown.experiment
            name = message("Continue from epoch {epoch}", epoch=readable_epoch(instant.epoch))
            self._make_present(
                replace(instant, experiment=experiment), name, branch_point(instant), run.number
            )

    def open(self, number: int) -> None:
        """Make the end of a run the present, as one undo step; going on learns in that run."""
        run = self.run(number)
        current = self.current
        if current is not None and current.number == number:
            self.back()
            return
        end = run.end.snapshot(run.points)
        self._when_still(
            lambda: self._make_present(run.end, message("Open {run}", run=run.title), end, None, number)
        )

    def take_in(
        self, start: Instant, end: Instant, points: Floats, seconds: float, title: str, name: Message
    ) -> None:
        """List a run that was made elsewhere, and make its end the present, as one undo step.

        points : (n_points, 5), its curve from the start to the end
        title : what the run is called; name : what Undo says
        """

        def make() -> None:
            reached = end.snapshot(points)
            run = self._recorder.begin(start, points)
            self._recorder.record(reached, end.experiment, seconds)
            self._recorder.rename(run.number, title)
            self._make_present(end, name, reached, None, run.number)

        self._when_still(make)

    def same_start(self, number: int) -> None:
        """Make the start of a run the present, as one undo step, so that another setting can be tried."""
        run = self.run(number)
        name = message("Go back to the start of {run}", run=run.title)
        self._when_still(
            lambda: self._make_present(run.start, name, branch_point(run.start), run.parent, starts=True)
        )

    def rename(self, number: int, name: str) -> None:
        """Call a run something; an empty name lets its number name it again."""
        self._recorder.rename(number, name)
        self.changed.emit()

    def show(self, number: int, is_shown: bool) -> None:
        """Say whether a run is drawn in the plot."""
        self._recorder.show(number, is_shown)
        self.changed.emit()

    def delete(self, number: int) -> None:
        """Take a run out of the list, unless it is the present one; `restore` brings it back."""
        current = self.current
        if current is None or current.number != number:
            self._recorder.delete(number)
            self.changed.emit()

    def restore(self) -> None:
        """Bring back the run that was deleted last."""
        if self._recorder.restore() is not None:
            self.changed.emit()

    def _look(self, instant: Instant) -> None:
        self._when_still(lambda: self._shown.look(instant))

    def _when_still(self, deed: Callable[[], None]) -> None:
        """Do something as soon as nothing learns any more; of several things only the newest."""
        if self._compute.is_running:
            self._waits = deed
            self._training.pause()
        else:
            deed()

    def _make_present(
        self,
        instant: Instant,
        name: Message,
        reached: Snapshot,
        parent: int | None,
        number: int | None = None,
        *,
        starts: bool = False,
    ) -> None:
        """Set the document to an instant by one undo step.

        reached : what learning goes on from
        number : the run that goes on; None lets a new one begin, branching off its parent
        """
        anew = starts and parent is None
        self._going = None if anew else (number, reached)
        self._parent = parent
        self._restarts = anew
        if self._document.apply(edits.replace(instant.experiment, instant.parameters, name)):
            self._document.set_state(instant.state)
        self._going, self._restarts = None, False

    def _on_leaving(self) -> None:
        self._is_leaving = True
        self._waits = None

    def _on_taken(self, change: Change) -> None:
        self._taken = change

    def _on_experiment(self, old: Experiment, new: Experiment) -> None:
        """Other data, with the weights that are there, make a branch; more of the same do not."""
        current = self.current
        if current is not None and not self._taken.restarts and not same_data(old, new):
            self._recorder.go_on_with(None)
            self._parent = current.number
            self._begin_where_it_stands()
            self.changed.emit()

    def _on_restarted(self) -> None:
        if self._is_leaving:
            self._is_leaving, self._parent, self._beginning = False, None, None
            self._recorder.clear()
        elif self._going is not None:
            self._resume(*self._going)
        elif self._restarts or self._compute.is_running or not self._go_back():
            self._recorder.go_on_with(None)
            self._parent = None
            self._begin_where_it_stands()
        self.changed.emit()

    def _resume(self, number: int | None, reached: Snapshot) -> None:
        self._recorder.go_on_with(number)
        self._beginning = None
        self._is_resuming = True
        self._training.resume(reached)
        self._is_resuming = False

    def _go_back(self) -> bool:
        """Go on from where an undone step has led: the end of a run, or where one branched off."""
        present = unnamed_instant(self._document.experiment, self._document.state)
        for run in reversed(self.listed):
            if same_instant(run.end, present) and len(run.instants) > 1:
                self._resume(run.number, run.end.snapshot(run.points))
                return True
        for run in reversed(self.listed):
            if run.parent is not None and same_instant(run.start, present):
                self._parent = run.parent
                self._resume(None, branch_point(run.start))
                return True
        return False

    def _begin_where_it_stands(self) -> None:
        """Let the next run begin with what the document has now, in case learning goes on at once."""
        document, epoch = self._document, self._compute.epoch
        self._beginning = Beginning(epoch, document.experiment, document.state, self._parent)

    def _on_starting(self) -> None:
        self._ticked = monotonic()
        if self.current is None:
            self._begin_where_it_stands()

    def _on_snapshot(self, snapshot: Snapshot | None) -> None:
        if snapshot is None or self._is_resuming:
            return
        is_new = self.current is None
        if is_new:
            self._begin(snapshot)
        now = monotonic()
        seconds = 0.0 if self._ticked is None else now - self._ticked
        self._ticked = now
        self._recorder.record(snapshot, self._document.experiment, seconds)
        if is_new:
            self.changed.emit()
        else:
            self.grew.emit()

    def _begin(self, snapshot: Snapshot) -> None:
        """List the run that has just learned something for the first time."""
        began = self._beginning
        if began is None:
            return
        self._beginning = None
        parent = began.parent if began.parent in {run.number for run in self.listed} else None
        self._recorder.begin(began.instant(snapshot), snapshot.history, parent)

    def _on_running(self, is_running: bool) -> None:
        if is_running:
            return
        self._ticked = None
        deed, self._waits = self._waits, None
        if deed is not None:
            deed()
