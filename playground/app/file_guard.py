"""Reading and writing files so that nothing is lost: whole or not at all, and never over another's work."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from playground.app.folders import state_folder
from playground.model import file
from playground.model.errors import FileError
from playground.model.experiment import Experiment
from playground.model.limits import MAX_FILE_BYTES
from playground.model.message import message
from playground.model.parameters import Parameters
from playground.share.whole_file import whole_file, why_not

MANY_EDGES = 20_000
"""Networks beyond this many edges are kept out of the collection of garbage."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file looked like when we read or wrote it.

    digest : of the bytes, since some programs keep the time, and some touch a file without changing it
    """

    time_ns: int
    size_bytes: int
    digest: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What a file holds, and what it looked like."""

    path: Path
    experiment: Experiment
    parameters: Parameters
    stamp: Stamp


def read_file(path: Path) -> Opened:
    """Return what a playground file holds. Raises FileError. Safe in any thread."""
    data, stamp = _read(path)
    experiment, parameters = file.read(data)
    if len(experiment.network.edges) > MANY_EDGES:
        gc.freeze()  # half a million things that live long: no collection needs to look at them again
    return Opened(path, experiment, parameters, stamp)


def write_file(path: Path, data: bytes) -> Stamp:
    """Put bytes into a file, all or none of them, and return its stamp. Raises FileError.

    Safe in any thread.
    """
    with whole_file(path) as part:
        part.write(data)
    return _stamp(path.resolve(), data)


def has_changed(path: Path, stamp: Stamp) -> bool:
    """Whether another program has changed or deleted the file since; a mere touch does not count."""
    try:
        facts = path.stat()
        if (facts.st_mtime_ns, facts.st_size) == (stamp.time_ns, stamp.size_bytes):
            return False
        return facts.st_size != stamp.size_bytes or _digest(path.read_bytes()) != stamp.digest
    except OSError:
        return True


class FileLock:
    """Tells other windows that a file is open here; vanishes with the process, also when it crashes.

    Where the program's own folder cannot be written to, nothing is told, and nobody is kept from working.
    """

    def __init__(self, path: Path) -> None:
        """`path` need not exist yet."""
        name = _digest(os.fsencode(path.resolve())).hex()[:32]
        self._lock: QLockFile | None = None
        with suppress(OSError):
            self._lock = QLockFile(str(state_folder("locks") / f"{name}.lock"))
            self._lock.setStaleLockTime(0)  # old is not stale: only a process that has ended is

    def take(self) -> bool:
        """Claim the file; False where another window, of this program run or of another, has it open."""
        if self._lock is None or self._lock.isLocked() or self._lock.tryLock(0):
            return True
        return self._lock.error() != QLockFile.LockError.LockFailedError

    def release(self) -> None:
        """Let others have the file."""
        if self._lock is not None:
            self._lock.unlock()


def _read(path: Path) -> tuple[bytes, Stamp]:
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            limit = MAX_FILE_BYTES // 2**20
            raise FileError(
                message(
                    "{path} is larger than {limit} MiB, the most that a file may have.",
                    path=str(path),
                    limit=limit,
                )
            )
        data = path.read_bytes()
        return data, _stamp(path, data)
    except OSError as error:
        raise FileError(why_not(path, error)) from error


def _stamp(path: Path, data: bytes) -> Stamp:
    return Stamp(path.stat().st_mtime_ns, len(data), _digest(data))


def _digest(data: bytes) -> bytes:
    import hashlib  # brings 4 MB of cryptography along, so not before the first paint

    return hashlib.sha256(data).digest()
