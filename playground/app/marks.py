"""The moments of the present run at which something was changed while it learned."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, Signal

from playground.app.compute import Compute
from playground.app.document import Document
from playground.model.experiment import Experiment
from playground.model.mark import Mark, SettingChange
from playground.model.run_settings import settings_of
from playground.model.snapshot import Snapshot

TOGETHER_S = 1.0
"""Changes of one setting that follow each other so quickly are one: a slider that is dragged."""

MOST = 200
"""How many marks are kept; more could not be told apart."""


class Marks(QObject):
    """Notes each change of a setting, of the data or of the nodes at the epoch that learning has reached.

    Before anything is learned there is nothing to note; going back to an earlier moment forgets what came
    after it.
    """

    changed = Signal(object)
    """All marks, a tuple of Mark in the order of their epochs."""

    def __init__(
        self,
        document: Document,
        compute: Compute,
        parent: QObject | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(parent)
        self._compute = compute
        self._clock = clock
        self._marks: tuple[Mark, ...] = ()
        self._noted_at = 0.0
        document.experiment_changed.connect(self._on_experiment)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All marks, in the order of their epochs."""
        return self._marks

    def take(self, snapshot: Snapshot | None) -> None:
        """Hear where learning stands; None where it begins anew."""
        epoch = 0.0 if snapshot is None else snapshot.epoch
        self._set(tuple(mark for mark in self._marks if 0 < mark.epoch <= epoch))

    def _on_experiment(self, old: Experiment, new: Experiment) -> None:
        epoch = self._compute.epoch
        if epoch <= 0:
            return
        before, after = settings_of(old), settings_of(new)
        changes = tuple(
            SettingChange(key, before.get(key), after.get(key))
            for key in dict.fromkeys((*before, *after))
            if before.get(key) != after.get(key) and (key in before) == (key in after)
        )
        if not changes:
            return
        now, kept = self._clock(), self._marks
        last = kept[-1] if kept else None
        if last is not None and (last.epoch == epoch or now - self._noted_at < TOGETHER_S):
            joined = _joined(last.changes, changes)
            if last.epoch == epoch or len(joined) == len(last.changes):
                kept, changes, epoch = kept[:-1], joined, last.epoch
        self._noted_at = now
        self._set(((*kept, Mark(epoch, changes)) if changes else kept)[-MOST:])

    def _set(self, marks: tuple[Mark, ...]) -> None:
        if marks != self._marks:
            self._marks = marks
            self.changed.emit(marks)


def _joined(first: tuple[SettingChange, ...], second: tuple[SettingChange, ...]) -> tuple[SettingChange, ...]:
    """Both as one; a setting that is back at what it was is none."""
    found = {change.key: change for change in first}
    for change in second:
        earlier = found.get(change.key)
        old = change.old if earlier is None else earlier.old
        found[change.key] = SettingChange(change.key, old, change.new)
    return tuple(change for change in found.values() if change.old != change.new)
