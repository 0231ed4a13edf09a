"""Imports Qt, and nothing more with every module that is imported after it."""

from __future__ import annotations

import builtins
import importlib
import linecache


def import_qt() -> None:
    """Import Qt, and put Python's own import back in the place of the one that Qt leaves there.

    PySide looks into the source of each module imported after it for the word PySide, in case somebody wants
    its snake case, which nothing here does; this takes a fifth of the start, and all those lines, 12 MB,
    stay in memory for ever.
    """
    own = builtins.__import__
    importlib.import_module("PySide6.QtCore")
    builtins.__import__ = own
    linecache.clearcache()
