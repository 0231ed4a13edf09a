"""Files that appear whole or not at all, and the sentence for each trouble with a file."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from playground.model.errors import FileError
from playground.model.message import Message, message


@contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """Yield a file to write to, which becomes `path` when the block ends without an error.

    Until then it stands beside `path` under another name, and it goes away when the block fails. A link
    stays a link, and a file that exists keeps its permissions. Raises FileError when the system refuses.
    Safe in any thread: unlike Qt's own way of doing this, it lets other threads run while the disk is
    written to.
    """
    part: Path | None = None
    try:
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "a folder", str(target))
        part = target.with_name(f".{os.getpid()}-{os.urandom(4).hex()}{target.suffix}")
        with part.open("xb") as file:
            if target.exists():
                shutil.copymode(target, part)
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise FileError(why_not_written(path, error)) from error
    finally:
        if part is not None:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def why_not(path: Path, error: OSError) -> Message:
    """The sentence for what the system says when a file is to be read."""
    names = _names(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if not path.absolute().parent.is_dir():
            return message("There is no folder {folder}.", **names)
        return message("There is no file {path}.", **names)
    if isinstance(error, IsADirectoryError):
        return message("{path} is a folder.", **names)
    if isinstance(error, PermissionError):
        return message("You may not read or change {path}.", **names)
    return message("{path} cannot be used: {reason}.", **names, reason=error.strerror or str(error))


def why_not_written(path: Path, error: OSError) -> Message:
    """The sentence for what the system says when a file is to be written."""
    names = _names(path)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return message("{path} cannot be saved, because the disk is full.", **names)
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return message("Nothing can be written into the folder {folder}. Choose another place.", **names)
    return why_not(path, error)


def _names(path: Path) -> dict[str, str]:
    return {"path": str(path), "folder": str(path.absolute().parent)}
