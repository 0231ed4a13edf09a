"""What the window shows: the document's present, or an instant of the past that somebody looks at."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from playground.app.document import Document
from playground.model.edit import Change
from playground.model.experiment import Experiment
from playground.model.network import Network
from playground.model.parameters import Parameters
from playground.model.run import Instant
from playground.model.trace import LearnerState


class Shown(QObject):
    """Reads like a document: whoever only shows something asks this instead, and so can show the past.

    The document never changes by looking back. Whatever changes the document, be it an edit, an undo or
    another file, brings the view back to the present.

    experiment_changed(old, new), parameters_changed(), leaving() : as those of the document
    looked : the instant that is looked at has changed; None for the present
    """

    experiment_changed = Signal(object, object)
    parameters_changed = Signal()
    leaving = Signal()
    looked = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._instant: Instant | None = None
        self._past: Experiment | None = None
        self._known: Experiment | None = None
        self._left: Experiment | None = None
        document.leaving.connect(self.leaving)
        document.taken.connect(self._on_taken)
        document.experiment_changed.connect(self._on_experiment)
        document.parameters_changed.connect(self._on_values)

    @property
    def instant(self) -> Instant | None:
        """The instant that is looked at, None for the present."""
        return self._instant

    @property
    def is_past(self) -> bool:
        """Whether the past is looked at."""
        return self._instant is not None

    @property
    def experiment(self) -> Experiment:
        """The experiment that is shown: that of the instant, with the examples and the places of today."""
        return self._document.experiment if self._past is None else self._past

    @property
    def state(self) -> LearnerState:
        """The values and the optimizer's memory that are shown."""
        return self._document.state if self._instant is None else self._instant.state

    @property
    def parameters(self) -> Parameters:
        """The values that are shown."""
        return self.state.parameters

    def look(self, instant: Instant | None) -> None:
        """Show an instant of the past, or the present again."""
        if instant is self._instant:
            return
        old = self.experiment
        self._instant = instant
        self._past = None if instant is None else self._today(instant.experiment)
        if self.experiment is old:
            self.parameters_changed.emit()
        else:
            self.experiment_changed.emit(old, self.experiment)
        self.looked.emit(instant)

    def _today(self, experiment: Experiment) -> Experiment:
        now, known = self._document.experiment, self._known
        if experiment is now:
            return now
        if (
            self._past is not None
            and known is not None
            and known.network is experiment.network
            and known.learning is experiment.learning
        ):
            return self._past
        self._known = experiment
        moved = differs_in_places_only(experiment.network, now.network)
        return replace(experiment, data=now.data, network=now.network if moved else experiment.network)

    def _on_taken(self, _change: Change) -> None:
        """Something has changed the document: what is announced next is about the present."""
        if self._instant is not None:
            self._left = self._past
            self._instant = self._past = None
            self.looked.emit(None)

    def _on_experiment(self, old: Experiment, new: Experiment) -> None:
        left, self._left = self._left, None
        self.experiment_changed.emit(old if left is None else left, new)

    def _on_values(self) -> None:
        if self._left is not None:
            self._on_experiment(self._left, self._document.experiment)
        elif self._instant is None:
            self.parameters_changed.emit()


def differs_in_places_only(one: Network, other: Network) -> bool:
    """Whether two networks are the same but for where their nodes stand; their arrays then match."""
    return (
        len(one.nodes) == len(other.nodes)
        and list(one.edges.items()) == list(other.edges.items())
        and dict(one.groups) == dict(other.groups)
        and all(
            mine.at(0.0, 0.0) == yours.at(0.0, 0.0)
            for mine, yours in zip(one.nodes.values(), other.nodes.values(), strict=True)
        )
    )


Showing = Document | Shown
"""Whatever can be shown: a document itself, where nobody looks back, or what a window shows of it."""
