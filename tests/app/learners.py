"""A document that learns beside the test, wired as the window wires it."""

from __future__ import annotations

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.kernel_warmth import KernelWarmth
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.model.dataset import BoundData
from playground.model.errors import DataError
from playground.model.experiment import BuiltInData, Experiment
from playground.model.snapshot import Snapshot


class Learner:
    """Document and compute, joined: edits reach the trainer, frames reach the document."""

    def __init__(self, spec: BuiltInData | None = None, warmth: KernelWarmth | None = None) -> None:
        experiment, parameters = fitting_experiment(spec or BuiltInData("avocado", 200))
        self.document = Document(experiment, parameters)
        self.compute = Compute(warmth=warmth)
        self.frames: list[Snapshot] = []
        self.document.taken.connect(self.compute.take)
        self.document.experiment_changed.connect(self._follow)
        self.compute.frame.connect(self._show)

    @property
    def bound(self) -> BoundData:
        """The rows of the present experiment."""
        experiment = self.document.experiment
        assert experiment.data is not None
        return bind(experiment.network, make_dataset(experiment.data))

    def start(self) -> None:
        """Train from the present on."""
        self.compute.start(self.document.experiment, self.bound, self.document.state)

    def close(self) -> None:
        """End everything."""
        self.compute.shutdown()
        self.document.close()

    def _follow(self, _old: Experiment, new: Experiment) -> None:
        try:
            bound = None if new.data is None else self.bound
        except DataError:
            bound = None
        self.compute.set_experiment(new, bound)

    def _show(self, snapshot: Snapshot) -> None:
        self.frames.append(snapshot)
        assert self.document.set_state(snapshot.state)
