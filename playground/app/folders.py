"""Where the program keeps what is not the person's own: recovery files, locks, compiled kernels."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

NAME = "neural-playground"


def state_folder(*parts: str) -> Path:
    """Return a folder for the program's state, which exists from now on. Raises OSError."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)
    folder = Path(base, NAME, *parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time, which exists from now on. Raises OSError."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation)
    folder = Path(base, NAME)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
