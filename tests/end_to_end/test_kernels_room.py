"""Someone opens the room Kernels, races with real kernels, cancels, chooses one for training, and trains."""

from __future__ import annotations

import numpy as np
import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.kernels_control import KernelsControl
from playground.app.window import Window
from playground.model.speed_events import Preparing
from tests.end_to_end.conftest import WAIT_MS
from tests.end_to_end.test_keyboard_only import Typist
from tests.widgets.spies import Heard
from widgets.kernels.race_choices import RaceChoice

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FAST_RUNGS = {"python", "numpy"}
"""Rungs that need no compiling."""
LONG_MS = 120_000
"""How long compiling may take on a slow and busy machine."""


@pytest.fixture
def opened(window: Window, qtbot: QtBot) -> KernelsControl:
    """The room as the program opens it, with the real process."""
    window.acts["room_kernels"].trigger()
    assert window.kernels is not None
    made = window.kernels
    qtbot.waitUntil(lambda: made.is_ready, timeout=LONG_MS)
    for facts in made.room.pages.rungs:
        row = made.room.pages.race.row(facts.key)
        row.box.setChecked(facts.key in FAST_RUNGS)
    return made


def test_a_small_race_with_real_kernels(opened: KernelsControl, window: Window, qtbot: QtBot) -> None:
    panel = opened.room.pages.race
    for operation in ("gemm", "gemv"):
        panel.set_choice(RaceChoice(operation, 64))
        panel.choices.race.click()
        qtbot.waitUntil(lambda: not opened.measuring.is_running, timeout=LONG_MS)
        timings = {timing.kernel: timing for timing in panel.timings}
        assert set(timings) == FAST_RUNGS
        assert all(timing.is_right and timing.operation == operation for timing in timings.values())
        assert all(0 < t.low_gflops <= t.gflops <= t.high_gflops for t in timings.values())
        assert timings["numpy"].gflops > 10 * timings["python"].gflops
        assert all(timing.share_of_peak is not None for timing in timings.values())
    assert set(opened.room.roofline.best()) == {"gemm", "gemv"}
    assert "GFLOP/s" in window.status.matmul.text()


def test_escape_ends_a_race_at_once_and_the_next_one_runs(opened: KernelsControl, qtbot: QtBot) -> None:
    panel = opened.room.pages.race
    panel.set_choice(RaceChoice(size=4096, dtype="float64"))
    heard = Heard(opened.measuring.said)
    panel.choices.race.click()
    qtbot.waitUntil(lambda: any(isinstance(event, Preparing) for event in heard.firsts), timeout=LONG_MS)
    (process,) = opened.process.process_ids
    QTest.keyClick(opened.room, KEY.Key_Escape)
    assert not opened.measuring.is_running
    qtbot.waitUntil(lambda: not psutil.pid_exists(process), timeout=WAIT_MS)
    panel.set_choice(RaceChoice(size=64))
    panel.choices.race.click()
    qtbot.waitUntil(lambda: not opened.measuring.is_running, timeout=LONG_MS)
    assert {timing.kernel for timing in panel.timings} == FAST_RUNGS


def test_slow_motion_shows_a_real_schedule(opened: KernelsControl, qtbot: QtBot) -> None:
    opened.room.show_tab("slow")
    slow = opened.room.pages.slow
    for key in ("numba-blocked", "numba-packed"):
        slow.kernels.button(key).click()
        qtbot.waitUntil(
            lambda key=key: slow.schedule is not None and slow.schedule.kernel == key,  # type: ignore[misc]
            timeout=LONG_MS,
        )
        schedule = slow.schedule
        assert schedule is not None
        m, n, k = schedule.m, schedule.n, schedule.k
        rng = np.random.default_rng(3)
        a, b, c = rng.normal(size=(m, k)), rng.normal(size=(k, n)), np.zeros((m, n))
        for _, _, top, bottom, left, right, first, last in schedule.steps.tolist():
            c[top:bottom, left:right] += a[top:bottom, first:last] @ b[first:last, left:right]
        assert np.allclose(c, a @ b)


def test_a_kernel_is_chosen_for_training_and_trains(
    opened: KernelsControl, window: Window, qtbot: QtBot
) -> None:
    document, use = window.document, opened.room.use
    use.kernels.button("numba").click()
    chosen = [document.experiment.learning.kernel]
    warmth = window.compute.warmth
    qtbot.waitUntil(lambda: warmth.state("numba", "float64") in ("ready", "failed"), timeout=LONG_MS)
    assert warmth.state("numba", "float64") == "ready"
    qtbot.waitUntil(lambda: "faster than NumPy" in use.gain.text(), timeout=LONG_MS)
    QTest.keyClick(opened.room, KEY.Key_F6)
    qtbot.waitUntil(
        lambda: window.training.snapshot is not None and window.training.snapshot.kernel == "numba",
        timeout=WAIT_MS,
    )
    QTest.keyClick(opened.room, KEY.Key_F6)
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    assert np.isfinite(document.parameters.weights).all()
    QTest.keyClick(opened.room, KEY.Key_Z, CTRL)
    assert [*chosen, document.experiment.learning.kernel] == ["numba", "numpy"]
    assert use.kernels.current == "numpy"


def test_the_room_is_used_without_a_mouse(kernels: KernelsControl, qtbot: QtBot) -> None:
    room, pages = kernels.room, kernels.room.pages
    typist = Typist(room.window())
    typist.tab_to(pages.race.choices.sizes.button("64"))
    typist.press(KEY.Key_Space)
    typist.tab_to(pages.race.row("python").box)
    typist.press(KEY.Key_Space)
    typist.tab_to(pages.race.choices.race)
    typist.press(KEY.Key_Space)
    qtbot.waitUntil(lambda: len(pages.race.timings) == 3, timeout=WAIT_MS)
    assert {timing.m for timing in pages.race.timings} == {64}
    typist.tab_to(room.tabs.button("race"))
    typist.press(KEY.Key_Right, KEY.Key_Right, KEY.Key_Right)
    assert room.tab == "slow"
    qtbot.waitUntil(lambda: pages.slow.schedule is not None, timeout=WAIT_MS)
    typist.tab_to(pages.slow.controls.forward)
    typist.press(KEY.Key_Space)
    assert pages.slow.step == 1
    window = room.window()
    assert isinstance(window, Window)
    window.compute.warmth.shutdown()  # the kernel need not be made ready here
    typist.tab_to(room.use.kernels.button("numpy"))
    typist.press(KEY.Key_Right)
    assert window.document.experiment.learning.kernel == "numba"
    typist.press(KEY.Key_5, modifier=CTRL)
    assert window.room.canvas.hasFocus()
