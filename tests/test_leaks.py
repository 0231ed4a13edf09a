"""The guards notice what a test leaves behind."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QObject, QPropertyAnimation, QThread, QTimer, qWarning
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests import leaks
from tests.qt_messages import QtMessages


def test_a_window_is_noticed_until_it_is_gone(qapp: object) -> None:
    before = leaks.alive()
    window = QWidget()
    window.setObjectName("forgotten")
    assert leaks.left_since(before) == ["window QWidget 'forgotten'"]
    window.deleteLater()
    leaks.settle()
    assert leaks.left_since(before) == []


def test_a_window_in_a_cycle_is_collected_and_not_reported(qapp: object) -> None:
    before = leaks.alive()
    window = QWidget()
    window.myself = window  # type: ignore[attr-defined]  # the cycle is the point
    del window
    leaks.settle()
    assert leaks.left_since(before) == []


def test_a_timer_is_noticed_while_it_runs(qapp: object) -> None:
    before = leaks.alive()
    parent = QObject(objectName="owner")
    timer = QTimer(parent)
    timer.setObjectName("ticks")
    assert leaks.left_since(before) == []
    timer.start(1_000_000)
    assert leaks.left_since(before) == ["timer QTimer 'ticks' of QObject 'owner'"]
    timer.stop()
    assert leaks.left_since(before) == []


def test_an_animation_is_noticed_while_it_runs(qapp: object) -> None:
    before = leaks.alive()
    target = QObject()
    animation = QPropertyAnimation(target, b"objectName")
    animation.setDuration(1_000_000)
    animation.setStartValue("a")
    animation.setEndValue("b")
    animation.start()
    assert animation.state() == QAbstractAnimation.State.Running
    assert leaks.left_since(before) == ["animation QPropertyAnimation ''"]
    animation.stop()
    assert leaks.left_since(before) == []


def test_a_qt_thread_is_noticed_while_it_runs(qtbot: QtBot) -> None:
    before = leaks.alive()
    thread = QThread()
    thread.setObjectName("worker")
    thread.start()
    assert leaks.left_since(before) == ["thread QThread 'worker'"]
    thread.quit()
    assert thread.wait()
    assert leaks.left_since(before) == []


def test_a_python_thread_is_noticed_while_it_runs() -> None:
    before = leaks.alive()
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait, name="waiting")
    thread.start()
    assert leaks.left_since(before) == ["thread waiting"]
    stop.set()
    thread.join()
    assert leaks.left_since(before) == []


@pytest.mark.parametrize(("ignored", "kept"), [([], ["a complaint"]), (["^a comp"], [])])
def test_qt_messages_are_kept_unless_ignored(qapp: object, ignored: list[str], kept: list[str]) -> None:
    with QtMessages(ignored) as messages:
        qWarning("a complaint")
    assert messages.texts == kept


LEAVERS = """
import threading
import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QWidget

kept = []
over = threading.Event()

def test_window(qapp):
    kept.append(QWidget(objectName="first"))

def test_timer(qapp):
    kept.append(QTimer(objectName="second"))
    kept[-1].start(1_000_000)

@pytest.fixture
def noisy(qapp):
    yield
    qWarning("third")

def test_message(noisy):
    pass

def test_thread():
    threading.Thread(target=over.wait, name="fourth", daemon=True).start()

def test_nothing(qapp):
    QWidget().deleteLater()
"""


def test_tests_that_leave_something_fail(tmp_path: Path) -> None:
    leavers = tmp_path / "test_leavers.py"
    leavers.write_text(LEAVERS)
    root = Path(__file__).parent.parent
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.conftest",
        "-c",
        str(root / "pyproject.toml"),
        str(leavers),
    ]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert "5 passed, 4 errors" in run.stdout, run.stdout
    for word in ("window QWidget 'first'", "timer QTimer 'second'", "'third'", "thread fourth"):
        assert re.search(rf"AssertionError: .*{word}", run.stdout), run.stdout
