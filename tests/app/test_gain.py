"""The gain in the window: measured while nothing learns, and only while somebody looks."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from playground.app import gain as gains
from playground.app.kernel_preparing import load_kernel
from playground.app.window import Window
from playground.engine.gain import Gain
from playground.engine.trainers.stop import Stop
from playground.model import edits
from playground.model.message import sentence
from tests.end_to_end.conftest import WAIT_MS


class Measuring:
    """Stands for the measuring: notes the runs, and lasts until it is let go or stopped."""

    def __init__(self) -> None:
        self.kernels: list[str] = []
        self.stopped: list[bool] = []
        self.may_end = threading.Event()

    def __call__(self, *values: object) -> Gain | None:
        *_, kernel, stop = values
        assert isinstance(stop, Stop)
        self.kernels.append(str(kernel))
        while not self.may_end.wait(0.005) and not stop.is_raised:
            pass
        self.stopped.append(stop.is_raised)
        return None if stop.is_raised else Gain("numba", 14_000.0, 1_000.0)


@pytest.fixture
def measuring(window: Window, monkeypatch: pytest.MonkeyPatch) -> Measuring:
    """The window's measuring; its kernels are ready at once."""
    load_kernel("numba", "float64")  # what is compiled only now would keep the lane for long
    made = Measuring()
    monkeypatch.setattr(gains, "measure_gain", made)
    monkeypatch.setattr(window.compute.warmth, "_prepare", lambda *_: None)
    window.kernel.gain._soon.setInterval(1)
    return made


def said(window: Window) -> str | None:
    text = window.kernel.gain.said
    return None if text is None else sentence(text)


def choose_numba(window: Window, qtbot: QtBot) -> None:
    window.document.apply(edits.set_learning(kernel="numba"))
    qtbot.waitUntil(lambda: window.compute.warmth.is_ready("numba", "float64"), timeout=WAIT_MS)


def test_it_is_told_for_the_chosen_kernel(window: Window, qtbot: QtBot, measuring: Measuring) -> None:
    measuring.may_end.set()
    window.kernel.gain.watch(True)
    choose_numba(window, qtbot)
    qtbot.waitUntil(lambda: said(window) == "now <b>14 times</b> faster than NumPy", timeout=WAIT_MS)
    assert set(measuring.kernels) == {"numba"}
    window.document.apply(edits.set_learning(kernel="numpy"))
    assert said(window) is None


def test_nothing_is_measured_while_nobody_looks(window: Window, qtbot: QtBot, measuring: Measuring) -> None:
    choose_numba(window, qtbot)
    assert not window.kernel.gain._soon.isActive()
    window.kernel.gain.watch(True)
    window.kernel.gain.watch(False)
    assert not window.kernel.gain._soon.isActive()
    assert measuring.kernels == []


@pytest.mark.parametrize(
    "disturb",
    [
        lambda window: window.document.apply(edits.set_learning(batch_size=3)),
        lambda window: window.training.start("run"),
        lambda window: window.kernel.gain.watch(False),
    ],
    ids=["an edit", "learning", "nobody looks"],
)
def test_it_gives_way(
    window: Window, qtbot: QtBot, measuring: Measuring, disturb: Callable[[Window], object]
) -> None:
    window.kernel.gain.watch(True)
    choose_numba(window, qtbot)
    qtbot.waitUntil(lambda: len(measuring.kernels) > len(measuring.stopped), timeout=WAIT_MS)
    began = len(measuring.kernels)
    disturb(window)
    qtbot.waitUntil(lambda: len(measuring.stopped) >= began, timeout=WAIT_MS)
    assert measuring.stopped[began - 1]
    measuring.may_end.set()
    window.training.pause()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
