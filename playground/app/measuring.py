"""Lets one measuring at a time have the machine to itself: what trains waits, and goes on afterwards."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QObject, Signal

from playground.app.compute import Compute
from playground.app.document import Document
from playground.app.kernel_process import KernelProcess
from playground.app.player import Player
from playground.app.training_control import TrainingControl
from playground.model.edit import Change
from playground.model.message import Message
from playground.model.speed_events import Done, Event, Failed
from playground.model.speed_requests import Request

Kind = Literal["machine", "race", "sizes", "threads"]
"""What is measured, by where the window shows it."""


class Measuring(QObject):
    """Runs a measuring in the process beside the window, while nothing else computes.

    Learning that is under way waits at the end of its batch and goes on when the measuring is over, unless
    it came to its own end, or the person has meanwhile opened another network or started over. A pass
    that plays is held and stays held: whoever watches plays it again.

    running_changed(bool) : whether the machine is taken
    said(Event) : what the measuring under way says
    failed(Message) : it came to nothing, and why
    """

    running_changed = Signal(bool)
    said = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        process: KernelProcess,
        document: Document,
        training: TrainingControl,
        compute: Compute,
        player: Player,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._process = process
        self._training = training
        self._compute = compute
        self._player = player
        self._kind: Kind | None = None
        self._waits: Request | None = None
        self._number = 0
        self._goes_on = False
        process.said.connect(self._hear)
        process.lost.connect(self._lose)
        compute.alone_began.connect(self._ask)
        for own_end in (compute.stopped, compute.converged, compute.diverged, compute.failed):
            own_end.connect(self._on_own_end)
        player.playing_changed.connect(self._on_playing)
        document.taken.connect(self._on_taken)
        document.leaving.connect(self._on_leaving)

    @property
    def kind(self) -> Kind | None:
        """What is being measured; None where nothing is."""
        return self._kind

    @property
    def is_running(self) -> bool:
        """Whether the machine is taken, or about to be."""
        return self._kind is not None

    @property
    def makes_learning_wait(self) -> bool:
        """Whether learning was under way, and goes on after the measuring."""
        return self._goes_on

    def start(self, kind: Kind, request: Request) -> None:
        """Measure as soon as nothing else computes; nothing happens while another measuring is under way."""
        if self.is_running:
            return
        self._kind, self._waits = kind, request
        self._goes_on = self._training.is_running
        self._player.pause()
        self._process.start()
        self._compute.alone(True)
        self.running_changed.emit(True)

    def cancel(self) -> None:
        """End the measuring at once; what it has said so far stays."""
        if self.is_running:
            if self._waits is None:
                self._process.cancel()
            self._end()

    def _ask(self) -> None:
        request, self._waits = self._waits, None
        if request is None:
            return
        self._number = self._process.ask(request)
        if not self._process.is_busy:  # it could not be started, which was said
            self._end()

    def _hear(self, event: Event) -> None:
        if not self.is_running or self._waits is not None or event.id != self._number:
            return
        self.said.emit(event)
        if isinstance(event, Failed):
            self.failed.emit(event.reason)
        if isinstance(event, Done | Failed):
            self._end()

    def _lose(self, why: Message) -> None:
        if self.is_running and self._waits is None:
            self.failed.emit(why)
            self._end()

    def _end(self) -> None:
        if not self.is_running:
            return
        self._kind, self._waits = None, None
        goes_on, self._goes_on = self._goes_on, False
        self._compute.alone(False)
        if goes_on:
            self._training.start("run")
        self.running_changed.emit(False)

    def _on_own_end(self, _said: Message) -> None:
        self._goes_on = False

    def _on_playing(self, is_playing: bool) -> None:
        if is_playing and self.is_running:
            self._player.pause()

    def _on_taken(self, change: Change) -> None:
        if change.restarts:
            self._goes_on = False

    def _on_leaving(self) -> None:
        self._goes_on = False
