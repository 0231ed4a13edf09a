"""Finds what a test left behind: windows, threads, timers and animations."""

from __future__ import annotations

import gc
import sys
import threading

Identity = tuple[str, int]
"""A kind of thing and where it lives."""


def has_application() -> bool:
    """Whether a Qt application exists; asks without loading Qt."""
    core = sys.modules.get("PySide6.QtCore")
    return core is not None and core.QCoreApplication.instance() is not None


def settle() -> None:
    """Let Qt delete what waits for deletion, and Python what stands in cycles."""
    if not has_application():
        gc.collect(1)
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QGuiApplication

    if isinstance(QCoreApplication.instance(), QGuiApplication):
        # What a test has copied would be destroyed after Python, which ends the process with a crash.
        QGuiApplication.clipboard().clear()
    for _ in range(2):  # what a collection frees may ask for a deletion, and the other way round
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def alive() -> dict[Identity, str]:
    """Everything that is open or runs now: its identity, and a name for people."""
    found = _threads()
    if has_application():
        found |= _windows() | _active_objects()
    return found


def left_since(before: dict[Identity, str]) -> list[str]:
    """Names of what is alive now and was not before."""
    return sorted(name for identity, name in alive().items() if identity not in before)


def _threads() -> dict[Identity, str]:
    return {
        ("thread", id(thread)): f"thread {thread.name}"
        for thread in threading.enumerate()
        # A dummy stands for a thread that Python did not start, and is never removed.
        if thread is not threading.main_thread() and not isinstance(thread, threading._DummyThread)
    }


def _windows() -> dict[Identity, str]:
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    if not isinstance(QApplication.instance(), QApplication):
        return {}
    return {
        ("window", Shiboken.getCppPointer(window)[0]): f"window {_name(window)}"
        for window in QApplication.topLevelWidgets()
        if window.metaObject().className() != "QTipLabel"  # Qt keeps one tooltip for the whole program
    }


def _active_objects() -> dict[Identity, str]:
    """Running timers, animations and Qt threads, found among all objects that Python knows."""
    from PySide6.QtCore import QAbstractAnimation, QThread, QThreadPool, QTimer
    from shiboken6 import Shiboken

    found: dict[Identity, str] = {}
    for thing in gc.get_objects():
        kind = type(thing)
        if not issubclass(kind, QTimer | QAbstractAnimation | QThread) or not Shiboken.isValid(thing):
            continue
        if issubclass(kind, QTimer):
            active, word = thing.isActive(), "timer"
        elif issubclass(kind, QThread):
            active, word = thing.isRunning() and thing is not QThread.currentThread(), "thread"
        else:
            active, word = thing.state() == QAbstractAnimation.State.Running, "animation"
        if active:
            found["object", Shiboken.getCppPointer(thing)[0]] = f"{word} {_name(thing)}"
    if pooled := QThreadPool.globalInstance().activeThreadCount():
        found["pool", pooled] = f"{pooled} jobs in the thread pool"
    return found


def _name(thing: object) -> str:
    """The class and object name of a Qt object and of its parent."""
    from PySide6.QtCore import QObject

    if not isinstance(thing, QObject):
        return repr(thing)
    own = f"{type(thing).__name__} {thing.objectName()!r}"
    parent = thing.parent()
    return own if parent is None else f"{own} of {type(parent).__name__} {parent.objectName()!r}"
