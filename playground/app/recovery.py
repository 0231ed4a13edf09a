"""Recovery files: what was not saved when the program ended without asking."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile

from playground.app.file_guard import Opened, read_file, write_file
from playground.app.folders import state_folder
from playground.model.errors import FileError
from playground.model.message import message

SUFFIX = ".playground"


class Origin(msgspec.Struct):
    """What a recovery file says about itself.

    path : the file that was open, None for a document that was never saved
    """

    path: str | None
    when: datetime


@dataclass(frozen=True, slots=True)
class Lost:
    """Work that a process left behind when it ended: `file` holds it, `path` is where it came from."""

    file: Path
    path: Path | None
    when: datetime

    def read(self) -> Opened:
        """Return what the recovery file holds. Raises FileError."""
        return read_file(self.file)

    def discard(self) -> None:
        """Delete the recovery file for good."""
        _delete(self.file)


class RecoveryFile:
    """The recovery file of one document in this process; others see by its lock that it is alive."""

    def __init__(self) -> None:
        """Claims a name of its own. Raises OSError where the program's own folder cannot be made."""
        self.path = state_folder("recovery") / f"{uuid.uuid4().hex}{SUFFIX}"
        self._lock = _lock(self.path)
        self._lock.tryLock(0)

    def write(self, data: bytes, origin: Path | None) -> None:
        """Keep the bytes of a playground file, whole or not at all. Raises FileError. Safe in any thread."""
        write_file(self.path, data)
        about = Origin(None if origin is None else str(origin), datetime.now().astimezone())
        write_file(_about(self.path), msgspec.json.encode(about))

    def clear(self) -> None:
        """Delete what was kept: it is saved, or the person does not want it."""
        for path in (self.path, _about(self.path)):
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Delete what was kept, and give the name back."""
        self.clear()
        self._lock.unlock()


def lost_work() -> list[Lost]:
    """Return what ended processes left behind, the newest first. Raises nothing: no folder, nothing lost."""
    try:
        files = sorted(state_folder("recovery").glob(f"*{SUFFIX}"))
    except OSError:
        return []
    found = [lost for file in files if (lost := _lost(file)) is not None]
    return sorted(found, key=lambda lost: lost.when, reverse=True)


def _lost(path: Path) -> Lost | None:
    lock = _lock(path)
    if not lock.tryLock(0):
        return None  # its process is alive
    try:
        about = msgspec.json.decode(_about(path).read_bytes(), type=Origin)
        return Lost(path, None if about.path is None else Path(about.path), about.when)
    except (OSError, msgspec.DecodeError):
        when = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        return Lost(path, None, when)
    finally:
        lock.unlock()


def _lock(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(".lock")))
    lock.setStaleLockTime(0)
    return lock


def _about(path: Path) -> Path:
    return path.with_suffix(".json")


def _delete(path: Path) -> None:
    for part in (path, _about(path), path.with_suffix(".lock")):
        try:
            part.unlink(missing_ok=True)
        except OSError as error:
            raise FileError(message("{path} cannot be deleted.", path=str(part))) from error
