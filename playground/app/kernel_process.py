"""The process in which kernels are measured: asked by lines, heard by events, ended at once when told to."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from playground.model.message import Message, message
from playground.model.speed_events import Done, Event, EventError, Failed, Measured, decode
from playground.model.speed_requests import Request, encode

# -P: whatever lies in the folder from which the program was started is not taken for ours.
COMMAND = (sys.executable, "-P", "-m", "kernels.bench.child")
END_MS = 5_000
"""How long the end of a killed process is waited for when the window closes; it takes a few milliseconds."""

LOST = message(
    "The measuring ended by itself: perhaps the memory ran out, or the graphics card was lost. "
    "You can measure again."
)
NOT_STARTED = message("The measuring cannot start: the system refuses to start another process.")

Environment = Callable[[Mapping[str, str]], tuple[Mapping[str, str], tuple[str, ...]]]
"""Takes what would slow down the rivals out of an environment; returns the rest and the names."""


class KernelProcess(QObject):
    """Measures in a process of its own, so that a race can be cancelled whatever it does just now.

    A request that was cancelled is never heard of again: its answers carry a number that nobody waits for.
    The process starts with `start` or the first request, and is started anew whenever it was ended.

    said(Event) : an answer to a request that is still waited for
    lost(Message) : the process ended by itself, and all requests with it
    busy_changed(bool) : whether a request is under way
    """

    said = Signal(object)
    lost = Signal(object)
    busy_changed = Signal(bool)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        command: Sequence[str] = COMMAND,
        environment: Environment | None = None,
    ) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self._plain = environment or _plain
        self._overrides: tuple[str, ...] = ()
        self._process: QProcess | None = None
        self._dying: list[QProcess] = []
        self._wanted: set[int] = set()
        self._last_id = 0
        self._is_over = False

    @property
    def is_busy(self) -> bool:
        """Whether a request is under way."""
        return bool(self._wanted)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """The system's numbers of the processes that have not ended yet."""
        here = [] if self._process is None else [self._process]
        return tuple(process.processId() for process in (*here, *self._dying) if process.processId())

    def start(self) -> None:
        """Start the process, so that the first answer comes soon; one that runs is left alone."""
        if self._process is not None or self._is_over:
            return
        plain, self._overrides = self._plain(os.environ)
        environment = QProcessEnvironment()
        for name, value in plain.items():
            environment.insert(name, value)
        process = QProcess(self)
        process.setProcessEnvironment(environment)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        process.start(self._command[0], list(self._command[1:]))

    def ask(self, request: Request) -> int:
        """Send a request; its answers carry the number that is returned."""
        self._last_id += 1
        self.start()
        if self._process is None:
            return self._last_id  # it could not be started, which was said; or the window is closing
        self._want({*self._wanted, self._last_id})
        self._process.write(encode(msgspec.structs.replace(request, id=self._last_id)))
        return self._last_id

    def cancel(self) -> None:
        """End what is under way, at once; a fresh process gets ready for the next request."""
        if self._wanted:
            self._kill()
            self._want(set())
            self.start()

    def shutdown(self) -> None:
        """End the process for good, and wait until it has gone."""
        self._is_over = True
        self._wanted.clear()
        self._kill()
        for process in self._dying:
            process.waitForFinished(END_MS)
        self._dying.clear()

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.readyReadStandardOutput.disconnect(self._read)
        process.errorOccurred.disconnect(self._on_error)
        if _has_ended(process):
            process.deleteLater()
            return
        self._dying.append(process)
        process.kill()

    def _want(self, wanted: set[int]) -> None:
        was_busy, self._wanted = bool(self._wanted), wanted
        if was_busy != bool(wanted):
            self.busy_changed.emit(bool(wanted))

    @Slot()
    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            try:
                event = decode(bytes(self._process.readLine().data()))
            except EventError as error:
                self._lose(error.message)
                return
            self._hear(event)

    def _hear(self, event: Event) -> None:
        if event.id not in self._wanted:
            return
        if isinstance(event, Measured) and self._overrides:
            machine = replace(event.machine, overrides=self._overrides)
            event = msgspec.structs.replace(event, machine=machine)
        self.said.emit(event)
        if isinstance(event, Done | Failed):
            self._want(self._wanted - {event.id})

    @Slot()
    def _on_finished(self) -> None:
        for process in [process for process in self._dying if _has_ended(process)]:
            self._dying.remove(process)
            process.deleteLater()
        if self._process is not None and _has_ended(self._process):
            self._read()  # what it said last
            self._lose(LOST)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._lose(NOT_STARTED)

    def _lose(self, why: Message) -> None:
        """Give up the process; whoever waits for an answer hears why there is none."""
        had_waiting = bool(self._wanted)
        self._kill()
        self._want(set())
        if had_waiting:
            self.lost.emit(why)


def _has_ended(process: QProcess) -> bool:
    return process.state() == QProcess.ProcessState.NotRunning


def _plain(environment: Mapping[str, str]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    from kernels.environment import plain

    return plain(environment)
