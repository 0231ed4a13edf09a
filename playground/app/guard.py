"""Refuses to start with versions under which the program would crash later."""

from __future__ import annotations

import sys

from playground.model.message import Message, message

Version = tuple[int, ...]
"""A version as numbers: (6, 12, 0)."""

FIXED_PYTHON: Version = (3, 12)
"""From here on None is immortal, so that a lost reference to it does no harm."""

FAULTY_QT: Version = (6, 12)
"""From here on each PySide6 call that returns None loses a reference to None on an older Python."""


def check_versions(python: Version, pyside: Version) -> Message | None:
    """Return the sentence that refuses these versions of Python and PySide6, or None where they work."""
    if pyside >= FAULTY_QT and python < FIXED_PYTHON:
        return message(
            "PySide6 {pyside} crashes on Python {python}. "
            "Please install PySide6-Essentials 6.11.3, or use Python 3.12 or newer.",
            pyside=_dotted(pyside),
            python=_dotted(python),
        )
    return None


def refusal() -> Message | None:
    """Return the sentence that refuses the versions that run now, or None where they work."""
    import PySide6

    return check_versions(sys.version_info[:2], tuple(int(part) for part in PySide6.__version_info__[:3]))


def _dotted(version: Version) -> str:
    return ".".join(str(part) for part in version)
