"""Where the program keeps what is not the person's own: recovery files, locks, compiled kernels."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "neural-playground"

CACHES = {"darwin": "~/Library/Caches", "win32": "~/AppData/Local/cache"}
"""Where systems other than Linux keep what can be made again."""


def state_folder(*parts: str) -> Path:
    """Return a folder for the program's state, which exists from now on. Raises OSError."""
    from PySide6.QtCore import QStandardPaths

    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)
    folder = Path(base, NAME, *parts)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def cache_folder() -> Path:
    """Return the folder for what can be made again at any time, which exists from now on. Raises OSError.

    Commands that need no window ask for it too, so Qt is not asked.
    """
    base = os.environ.get("XDG_CACHE_HOME") or CACHES.get(sys.platform, "~/.cache")
    folder = Path(base).expanduser() / NAME
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
