"""Autosave: keeps unsaved work in a recovery file, beside the window and seldom enough not to be felt."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from playground.app.background import Background
from playground.app.document import Document
from playground.app.recovery import RecoveryFile
from playground.model import file
from playground.model.errors import FileError
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.parameters import Parameters

INTERVAL_MS = 5_000
"""The shortest time between two autosaves."""
SHARE = 0.02
"""The part of the time that autosaves may take at most."""


class Autosave(QObject):
    """Writes the document to its recovery file when it has changed, and deletes the file once it is saved.

    failed(Message) : the recovery file cannot be written; told once, until it works again
    """

    failed = Signal(object)

    def __init__(
        self,
        document: Document,
        background: Background,
        parent: QObject | None = None,
        *,
        interval_ms: int = INTERVAL_MS,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._background = background
        self._interval_ms = interval_ms
        self._file: RecoveryFile | None = None
        self._kept: tuple[Experiment, Parameters] | None = None
        self._is_writing = False
        self._has_failed = False
        self._rests_until = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(interval_ms)
        self._timer.timeout.connect(self._look)
        document.modified_changed.connect(self._on_modified)
        self._on_modified(document.is_modified)

    @property
    def file(self) -> Path | None:
        """Where unsaved work is kept, None before there was any."""
        return None if self._file is None else self._file.path

    def write_now(self) -> bool:
        """Write the recovery file at once, in this thread, as before a crash; False where it cannot be."""
        if not self._document.is_modified:
            return True
        try:
            self._recovery().write(
                file.write(self._document.experiment, self._document.parameters), self._document.path
            )
        except (FileError, OSError) as error:
            self._tell(error)
            return False
        return True

    def close(self) -> None:
        """Delete the recovery file: what it holds is saved, or not wanted."""
        self._timer.stop()
        if self._file is not None:
            self._file.close()
            self._file = None

    @Slot(bool)
    def _on_modified(self, modified: bool) -> None:
        if modified:
            if not self._timer.isActive():
                self._timer.start()
            return
        self._timer.stop()
        self._kept = None
        if self._file is not None and not self._is_writing:
            self._file.clear()

    @Slot()
    def _look(self) -> None:
        document = self._document
        present = (document.experiment, document.parameters)
        known = self._kept is not None and self._kept[0] is present[0] and self._kept[1] is present[1]
        if known or self._is_writing or not document.is_modified or perf_counter() < self._rests_until:
            return
        try:
            recovery = self._recovery()
        except OSError as error:
            self._tell(error)
            return
        self._kept, self._is_writing = present, True
        path = document.path

        def work() -> float:
            start = perf_counter()
            recovery.write(file.write(*present), path)
            return perf_counter() - start

        self._background.run(work, self._written, self._not_written)

    def _written(self, seconds: float) -> None:
        self._is_writing = self._has_failed = False
        self._rests_until = perf_counter() + seconds / SHARE
        if not self._document.is_modified and self._file is not None:
            self._file.clear()

    def _not_written(self, error: Exception) -> None:
        self._is_writing, self._kept = False, None
        self._rests_until = perf_counter() + self._interval_ms / 1000
        if not isinstance(error, FileError | OSError):
            raise error
        self._tell(error)

    def _recovery(self) -> RecoveryFile:
        if self._file is None:
            self._file = RecoveryFile()
        return self._file

    def _tell(self, error: FileError | OSError) -> None:
        if self._has_failed:
            return
        self._has_failed = True
        said: Message
        if isinstance(error, FileError):
            said = error.message
        else:
            said = message("Unsaved work cannot be kept safe: {reason}.", reason=error.strerror or str(error))
        self.failed.emit(said)
