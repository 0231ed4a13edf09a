"""Kernels get ready beside the window: once, in order, with a sentence while it lasts."""

from __future__ import annotations

import threading
from collections.abc import Generator

import pytest
from pytestqt.qtbot import QtBot

from kernels.ladder.kernel import Reason, UnavailableError
from playground.app.kernel_warmth import KernelWarmth, State
from playground.model.keys import DType, Kernel
from playground.model.message import sentence


class Preparation:
    """A preparation that lasts until it is let go, and can be made to fail."""

    def __init__(self) -> None:
        self.asked: list[tuple[Kernel, DType]] = []
        self.threads: list[threading.Thread] = []
        self.may_end = threading.Event()
        self.error: Exception | None = None

    def __call__(self, kernel: Kernel, dtype: DType, is_over: threading.Event) -> None:
        self.asked.append((kernel, dtype))
        self.threads.append(threading.current_thread())
        while not self.may_end.wait(0.005) and not is_over.is_set():
            pass
        if self.error is not None:
            raise self.error


@pytest.fixture
def preparation() -> Preparation:
    return Preparation()


@pytest.fixture
def warmth(qtbot: QtBot, preparation: Preparation) -> Generator[KernelWarmth]:
    made = KernelWarmth(prepare=preparation)
    yield made
    made.shutdown()


def said(warmth: KernelWarmth, kernel: Kernel, dtype: DType = "float64") -> str | None:
    text = warmth.said(kernel, dtype)
    return None if text is None else sentence(text)


def states(warmth: KernelWarmth) -> list[State]:
    return [warmth.state("numba", "float32"), warmth.state("numba", "float64")]


def test_numpy_is_always_ready_and_nothing_is_loaded_for_it(warmth: KernelWarmth) -> None:
    before = set(threading.enumerate())
    warmth.want("numpy", "float64")
    assert warmth.is_ready("numpy", "float64")
    assert warmth.is_ready("numpy", "float32")
    assert set(threading.enumerate()) == before
    assert said(warmth, "numpy") is None


def test_a_wish_goes_from_waiting_to_ready(
    qtbot: QtBot, warmth: KernelWarmth, preparation: Preparation
) -> None:
    assert states(warmth) == ["waiting", "waiting"]
    assert said(warmth, "numba", "float32") is None
    warmth.want("numba", "float32")
    assert states(warmth) == ["preparing", "waiting"]
    assert warmth.is_preparing
    assert said(warmth, "numba", "float32") == "Preparing the Numba kernel…"
    with qtbot.waitSignal(warmth.changed):
        preparation.may_end.set()
    assert states(warmth) == ["ready", "waiting"]
    assert said(warmth, "numba", "float32") is None
    assert threading.main_thread() not in preparation.threads


def test_both_numba_kernels_are_one_preparation(
    qtbot: QtBot, warmth: KernelWarmth, preparation: Preparation
) -> None:
    preparation.may_end.set()
    wishes: tuple[Kernel, ...] = ("numba-parallel", "numba", "numba-parallel")
    for kernel in wishes:
        warmth.want(kernel, "float64")
    qtbot.waitUntil(lambda: warmth.is_ready("numba", "float64"))
    assert warmth.is_ready("numba-parallel", "float64")
    assert preparation.asked == [("numba", "float64")]


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            UnavailableError(Reason("No driver of {maker} was found.", {"maker": "X"})),
            "The kernel cannot be prepared, so NumPy goes on: No driver of X was found.",
        ),
        (
            RuntimeError("broken\non purpose"),
            "The kernel cannot be prepared, so NumPy goes on: RuntimeError: broken on purpose",
        ),
    ],
)
def test_a_failure_is_told_and_not_tried_again(
    qtbot: QtBot, warmth: KernelWarmth, preparation: Preparation, error: Exception, text: str
) -> None:
    preparation.error = error
    preparation.may_end.set()
    warmth.want("gpu", "float32")
    qtbot.waitUntil(lambda: warmth.state("gpu", "float32") == "failed")
    assert said(warmth, "gpu", "float32") == text
    warmth.want("gpu", "float32")
    assert not warmth.is_preparing
    assert len(preparation.asked) == 1


def test_its_end_waits_for_nothing_that_can_be_left(warmth: KernelWarmth, preparation: Preparation) -> None:
    warmth.want("numba", "float64")
    warmth.want("numba", "float32")
    warmth.shutdown()
    warmth.want("gpu", "float32")
    assert len(preparation.asked) <= 1
    assert all(not thread.is_alive() for thread in preparation.threads)
