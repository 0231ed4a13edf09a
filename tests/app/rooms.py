"""A document with a pass, wired as the window wires it, for tests that need no window."""

from __future__ import annotations

from playground.app.background import Background
from playground.app.document import Document
from playground.app.pass_control import PassControl
from playground.app.pass_source import PassSource
from playground.app.player import Player
from playground.engine.fitting import fitting_experiment
from playground.model.experiment import BuiltInData
from playground.model.trace import Trace


class Room:
    """Document, source, player and control of a network that fits the avocado's data."""

    def __init__(self) -> None:
        self.document = Document(*fitting_experiment(BuiltInData("avocado", 40, seed=3)))
        self.background = Background()
        self.source = PassSource(self.document, self.background)
        self.player = Player()
        self.passes = PassControl(self.document, self.source, self.player)
        self.source.start()

    @property
    def end_s(self) -> float:
        """Where the pass ends."""
        assert self.player.timeline is not None
        return self.player.timeline.duration_s

    def trace(self) -> Trace:
        """The pass on the stage."""
        found = self.passes.trace
        assert found is not None
        return found

    def close(self) -> None:
        """End everything."""
        self.player.pause()
        self.background.shutdown()
        self.document.close()
