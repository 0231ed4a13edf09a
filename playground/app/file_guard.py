"""Reading and writing files so that nothing is lost: whole or not at all, and never over another's work."""

from __future__ import annotations

import errno
import gc
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

from playground.app.folders import state_folder
from playground.model import file
from playground.model.errors import FileError
from playground.model.experiment import Experiment
from playground.model.limits import MAX_FILE_BYTES
from playground.model.message import Message, message
from playground.model.parameters import Parameters

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

    The bytes go to a new file beside the old one, which then takes its place. Safe in any thread: unlike
    Qt's own way of doing this, it lets other threads run while the disk is written to.
    """
    with whole_file(path) as part, part.open("wb") as device:
        device.write(data)
        device.flush()
        os.fsync(device.fileno())
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


@contextmanager
def whole_file(path: Path) -> Generator[Path]:
    """Yield a new path beside `path`; what is written there takes its place when the block ends well.

    Raises FileError where the folder cannot be written to; whatever goes wrong, `path` stays as it was.
    """
    part: Path | None = None
    try:
        target = path.resolve()  # a link stays a link
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder", str(target))
        part = target.with_name(f".{os.getpid()}-{os.urandom(4).hex()}{target.suffix}")
        part.touch(exist_ok=False)
        if target.exists():
            shutil.copymode(target, part)
        yield part
        part.replace(target)
    except OSError as error:
        raise FileError(_why_not_written(path, error)) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


class FileLock:
    """Tells other windows that a file is open here; vanishes with the process, also when it crashes."""

    def __init__(self, path: Path) -> None:
        """`path` need not exist yet. Raises OSError where the program's own folder cannot be made."""
        name = _digest(os.fsencode(path.resolve())).hex()[:32]
        self._lock = QLockFile(str(state_folder("locks") / f"{name}.lock"))
        self._lock.setStaleLockTime(0)  # old is not stale: only a process that has ended is

    def take(self) -> bool:
        """Claim the file; False where another window, of this program run or of another, has it open."""
        return self._lock.isLocked() or self._lock.tryLock(0)

    def release(self) -> None:
        """Let others have the file."""
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
        raise FileError(_why_not(path, error)) from error


def _stamp(path: Path, data: bytes) -> Stamp:
    return Stamp(path.stat().st_mtime_ns, len(data), _digest(data))


def _digest(data: bytes) -> bytes:
    import hashlib  # brings 4 MB of cryptography along, so not before the first paint

    return hashlib.sha256(data).digest()


def _why_not(path: Path, error: OSError) -> Message:
    """The sentence for what the system says about a file."""
    names = {"path": str(path), "folder": str(path.absolute().parent)}
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if not path.absolute().parent.is_dir():
            return message("There is no folder {folder}.", **names)
        return message("There is no file {path}.", **names)
    if isinstance(error, IsADirectoryError):
        return message("{path} is a folder.", **names)
    if isinstance(error, PermissionError):
        return message("You may not read or change {path}.", **names)
    return message("{path} cannot be used: {reason}.", **names, reason=error.strerror or str(error))


def _why_not_written(path: Path, error: OSError) -> Message:
    """The sentence for what the system says when a file is to be written."""
    names = {"path": str(path), "folder": str(path.absolute().parent)}
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return message("{path} cannot be saved, because the disk is full.", **names)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return message("Nothing can be written into the folder {folder}. Choose another place.", **names)
    return _why_not(path, error)
