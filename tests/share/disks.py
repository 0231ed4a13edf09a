"""A disk that becomes full while a file is written."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class FullFile(io.FileIO):
    """A file on a disk that has room for so many bytes more."""

    def __init__(self, path: Path, room: int) -> None:
        super().__init__(path, "xb")
        self._room = room

    def write(self, data: Any) -> int:
        """Write, or say what a full disk says."""
        size = memoryview(data).nbytes
        if size > self._room:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._room -= size
        return super().write(data)


def fill_disk(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    """Let every file that is made from now on find a disk with so much room."""
    opened: Callable[..., Any] = Path.open

    def open_on_full_disk(path: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        return FullFile(path, room) if mode == "xb" else opened(path, mode, *rest, **named)

    monkeypatch.setattr(Path, "open", open_on_full_disk)
