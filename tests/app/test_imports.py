"""Qt is imported without what it adds to every later import."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import builtins, linecache
own = builtins.__import__
from playground.app.imports import import_qt
import_qt()
assert builtins.__import__ is own, "Python's import is not its own"
import decimal, fractions, statistics, playground.app.window
read = [name for name in linecache.cache if not name.startswith("<")]
assert not read, f"sources were read: {read}"
from PySide6.QtCore import QObject
assert QObject().objectName() == ""
"""


def test_qt_leaves_later_imports_alone() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
