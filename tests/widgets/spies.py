"""What signals said, as plain lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playground.model.edit import Change, Edit
from playground.model.experiment import Experiment
from playground.model.parameters import Parameters


class Heard:
    """Keeps every argument that a signal sends."""

    def __init__(self, *signals: Any) -> None:
        self.all: list[tuple[object, ...]] = []
        for signal in signals:
            signal.connect(self._hear)

    @property
    def firsts(self) -> list[Any]:
        """The first argument of each time."""
        return [arguments[0] for arguments in self.all]

    def _hear(self, *arguments: object) -> None:
        self.all.append(arguments)


class Asked:
    """Applies every edit that a panel asks for to an experiment, one after the other."""

    def __init__(self, signal: Any, experiment: Experiment, parameters: Parameters) -> None:
        self.experiment, self.parameters = experiment, parameters
        self.edits: list[Edit] = []
        self.after: Callable[[], None] = lambda: None
        signal.connect(self._apply)

    def _apply(self, edit: Edit) -> None:
        change: Change = edit.make(self.experiment, self.parameters)
        old, self.experiment = self.experiment.network, change.experiment
        new = self.experiment.network
        self.parameters = self.parameters.carried(old, new).changed(new, change.weights, change.biases)
        self.edits.append(edit)
        self.after()
