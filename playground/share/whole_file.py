"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from playground.model.errors import FileError
from playground.model.message import message


@contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """Yield a file to write to, which becomes `path` when the block ends without an error.

    Until then it stands beside `path` under another name, and it goes away when the block fails. Raises
    FileError with a sentence when the system refuses.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise FileError(message("{path} is a folder.", path=str(path)))
    try:
        number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise _refused(path, error) from error
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            yield file
        part.chmod(_usual_mode())
        part.replace(target)
    except OSError as error:
        raise _refused(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def _usual_mode() -> int:
    """The permissions that a new file usually gets; a temporary file has fewer."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _refused(path: Path, error: OSError) -> FileError:
    reason = error.strerror or str(error)
    return FileError(message("{path} cannot be written: {reason}.", path=str(path), reason=reason))
