"""Joins the trainer to the document: what it reaches becomes the present, and every change reaches it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from playground.app.background import Job
from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.lane import Goal
from playground.app.pass_source import PassSource
from playground.app.sayings import paused_after
from playground.engine.diagnosis import diagnose
from playground.engine.session import why_not_train
from playground.model import edits
from playground.model.edit import Change
from playground.model.errors import PlaygroundError
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.snapshot import Snapshot

LOOK_MS = 400
"""How long after a change the network is looked over for what is the matter with it."""

ALONE = message("Something is being measured, which needs this computer to itself. Learn when it is done.")


class TrainingControl(QObject):
    """Starts and pauses learning, keeps the document at what it has reached, and looks for trouble."""

    starting = Signal()
    """Learning is about to begin from the document's present state."""
    running_changed = Signal(bool)
    snapshot_changed = Signal(object)
    """The newest Snapshot; None where learning begins anew."""
    said = Signal(object)
    """How the learning goes: a Message, or None."""
    refusal_changed = Signal(object)
    """Why the network cannot learn now, a Message, or None."""
    findings_changed = Signal(object)

    def __init__(
        self, document: Document, source: PassSource, compute: Compute, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._source = source
        self._compute = compute
        self._looking: Job | None = None
        self._ran_away = False
        self.refusal: Message | None = None
        self.looking: Message | None = None
        """Why it does not learn while an instant of the past is looked at; None in the present."""
        self._look_soon = QTimer(self, interval=LOOK_MS, singleShot=True)
        self._connect()

    @property
    def is_running(self) -> bool:
        """Whether the network is learning."""
        return self._compute.is_running

    @property
    def snapshot(self) -> Snapshot | None:
        """What learning has reached; None before it has begun."""
        return self._compute.snapshot

    def toggle(self) -> None:
        """Learn, or pause."""
        if self._compute.is_running:
            self.pause()
        else:
            self.start("run")

    def start(self, goal: Goal) -> None:
        """Learn on, or for one epoch or batch; say why where it cannot."""
        experiment, bound = self._document.experiment, self._source.bound
        if self._compute.is_running:
            return
        refusal = ALONE if self._compute.is_alone else self.looking or why_not(experiment, self._source)
        if refusal is not None or bound is None:
            self.said.emit(refusal)
            return
        self.starting.emit()
        self._compute.start(experiment, bound, self._document.state, goal)
        self.running_changed.emit(True)

    def resume(self, snapshot: Snapshot) -> None:
        """Go on later from where an earlier run stood; the document has its values already."""
        self._compute.resume(snapshot)
        self.snapshot_changed.emit(self._compute.snapshot)

    def pause(self) -> None:
        """Stop after the batch under way."""
        self._compute.pause()

    def start_over(self) -> None:
        """Go back to the weights that learning began with, as one undo step."""
        self._document.apply(edits.start_over())

    def new_start(self) -> None:
        """Begin with other weights, as one undo step."""
        self._document.apply(edits.new_start())

    @property
    def _has_own_rows(self) -> bool:
        """Whether the rows that are shown are those of the document's network, not of one of the past."""
        return self._source.network is self._document.experiment.network

    def _connect(self) -> None:
        document, compute = self._document, self._compute
        document.leaving.connect(self.pause)
        document.taken.connect(compute.take)
        document.taken.connect(self._on_taken)
        document.experiment_changed.connect(self._on_experiment)
        document.parameters_changed.connect(self._on_values)
        document.restarted.connect(self._on_restarted)
        self._source.data_changed.connect(self._on_data)
        compute.frame.connect(self._on_frame)
        compute.started.connect(self._on_started)
        compute.ended.connect(self._on_ended)
        compute.paused.connect(self._on_paused)
        for fact in (compute.stopped, compute.converged, compute.diverged, compute.failed):
            fact.connect(self.said)
        compute.diverged.connect(self._on_diverged)
        self._look_soon.timeout.connect(self._look)

    def _on_experiment(self, old: Experiment, new: Experiment) -> None:
        if new.data != old.data and new.network is not old.network:
            self.pause()  # another task altogether: whoever chose it wants to look at it first
        if self._compute.is_running:
            self._compute.set_experiment(new, self._source.bound)
        self._tell_refusal()
        self._look_soon.start()

    def _on_data(self) -> None:
        if not self._has_own_rows:
            return  # another network of the past is looked at; nothing has changed for the present one
        if self._compute.is_running:
            self._compute.set_experiment(self._document.experiment, self._source.bound)
        self._tell_refusal()
        self._look_soon.start()

    def _on_values(self) -> None:
        if not self._look_soon.isActive():
            self._look_soon.start()

    def _on_diverged(self, _said: Message) -> None:
        self._ran_away = True

    def _on_taken(self, _change: Change) -> None:
        self._ran_away = False  # whatever was changed may have mended it

    def _on_restarted(self) -> None:
        self.snapshot_changed.emit(None)
        if not self._compute.is_running:
            self.said.emit(None)

    def _on_frame(self, snapshot: Snapshot) -> None:
        if self._document.set_state(snapshot.state):
            self.snapshot_changed.emit(snapshot)

    def _on_started(self) -> None:
        self._ran_away = False
        self.said.emit(None)

    def _on_paused(self) -> None:
        self.said.emit(paused_after(self._compute.epoch))

    def _on_ended(self) -> None:
        self.running_changed.emit(False)
        self._look_soon.start()

    def _tell_refusal(self) -> None:
        refusal = why_not(self._document.experiment, self._source)
        if refusal != self.refusal:
            self.refusal = refusal
            self.refusal_changed.emit(refusal)

    def _look(self) -> None:
        """Look the network over beside the window; a newer look replaces one that still waits."""
        if not self._has_own_rows:
            return  # the present is looked over as soon as it is shown again
        if self._looking is not None:
            self._looking.cancel()
        experiment, bound = self._document.experiment, self._source.bound
        state, snapshot, ran_away = self._document.state, self._compute.snapshot, self._ran_away
        self._looking = self._compute.background.run(
            lambda: diagnose(experiment, bound, state, snapshot, ran_away=ran_away),
            self._looked,
            self._could_not_look,
        )

    def _looked(self, findings: object) -> None:
        self._looking = None
        self.findings_changed.emit(findings)

    def _could_not_look(self, error: Exception) -> None:
        self._looking = None
        if not isinstance(error, PlaygroundError):
            raise error
        self.findings_changed.emit(())


def why_not(experiment: Experiment, source: PassSource) -> Message | None:
    """Return why the network cannot learn now: its data, its wiring; None where it can."""
    if source.problem is not None:
        return source.problem
    if source.bound is None:
        return message("Choose data first: without examples there is nothing to learn from.")
    return why_not_train(experiment, source.bound)
