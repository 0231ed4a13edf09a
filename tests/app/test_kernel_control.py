"""The kernel in the window: one switch, one undo step, what trains is said."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from playground.app import settings as remembered
from playground.app.kernel_preparing import load_kernel
from playground.app.window import Window
from playground.engine.kernel_choice import KernelChoice
from playground.model import edits
from playground.model.keys import DType, Kernel
from playground.model.message import message
from tests.end_to_end.conftest import WAIT_MS
from tests.widgets.test_status_bar import plain


@pytest.fixture
def let_go(window: Window, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the window's preparation of kernels end; it does nothing but wait."""
    may_end = threading.Event()
    load_kernel("numba", "float64")  # what is compiled only now would keep the lane for long

    def prepare(_kernel: Kernel, _dtype: DType, is_over: threading.Event) -> None:
        while not may_end.wait(0.005) and not is_over.is_set():
            pass

    monkeypatch.setattr(window.compute.warmth, "_prepare", prepare)
    return may_end.set


def kernel_said(window: Window) -> str:
    return plain(window.status.kernel.text())


def test_the_switch_is_one_undo_step(window: Window, qtbot: QtBot, let_go: Callable[[], None]) -> None:
    switch, stack = window.acts["fast_kernel"], window.document.undo_stack
    seen = []
    for deed in (switch.trigger, stack.undo, stack.redo, switch.trigger):
        deed()
        seen.append((switch.isChecked(), window.document.experiment.learning.kernel, stack.count()))
    assert seen == [
        (True, "numba-parallel", 1),
        (False, "numpy", 1),
        (True, "numba-parallel", 1),
        (False, "numpy", 2),
    ]
    let_go()


def test_numpy_is_said_to_work_until_the_kernel_is_ready(
    window: Window, qtbot: QtBot, let_go: Callable[[], None]
) -> None:
    window.acts["fast_kernel"].trigger()
    assert kernel_said(window) == "Kernel NumPy"
    assert window.status.preparing.text() == "Preparing the Numba kernel…"
    let_go()
    qtbot.waitUntil(lambda: kernel_said(window) == "Kernel Numba parallel", timeout=WAIT_MS)
    assert not window.status.preparing.isVisible()


def test_a_run_says_what_trains_and_how_fast(
    window: Window, qtbot: QtBot, let_go: Callable[[], None]
) -> None:
    let_go()
    window.document.apply(edits.set_learning(kernel="numba", stop_epochs=50))
    qtbot.waitUntil(lambda: window.compute.warmth.is_ready("numba", "float64"), timeout=WAIT_MS)
    window.acts["train"].trigger()
    qtbot.waitUntil(lambda: not window.training.is_running, timeout=WAIT_MS)
    assert kernel_said(window) == "Kernel Numba · 1 thread"
    assert plain(window.status.speed.text()).endswith("GFLOP/s")
    window.document.apply(edits.set_learning(learning_rate=0.5))
    assert not window.status.speed.isVisible()


def test_nothing_is_prepared_for_whoever_uses_numpy(window: Window) -> None:
    window.kernel.begin()
    assert not window.compute.warmth.is_preparing
    assert not window.status.preparing.isVisible()


def test_whoever_used_the_fast_kernel_last_finds_it_ready(
    window: Window, qtbot: QtBot, let_go: Callable[[], None]
) -> None:
    window.acts["fast_kernel"].trigger()
    assert window.settings.get(remembered.FAST_KERNEL)
    let_go()
    qtbot.waitUntil(lambda: not window.compute.warmth.is_preparing, timeout=WAIT_MS)
    window.acts["fast_kernel"].trigger()
    assert not window.settings.get(remembered.FAST_KERNEL)
    window.settings.set(remembered.FAST_KERNEL, True)
    window.document.apply(edits.set_learning(dtype="float32"))
    window.kernel.begin()
    assert window.compute.warmth.state("numba-parallel", "float32") != "waiting"


def test_the_settings_say_which_kernels_cannot_train_here(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = (KernelChoice("numpy", None), KernelChoice("gpu", message("No GPU was found.")))
    monkeypatch.setattr("playground.app.kernel_control.kernel_choices", lambda: choices)
    with qtbot.waitSignal(window.kernel.choices_changed, timeout=WAIT_MS):
        window.acts["side_settings"].trigger()
    settings = window.room.learning.settings
    assert not settings.kernel.button("gpu").isEnabled()
    assert settings.kernel.button("numba").isEnabled()
    assert window.kernel.choices == choices
