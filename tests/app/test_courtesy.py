"""The trainer stands aside while the window is inside, and never for ever."""

from __future__ import annotations

import threading

import pytest

from playground.app import courtesy as module
from playground.app.courtesy import Courtesy


def test_another_thread_waits_until_the_window_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_SECONDS", 60.0)
    courtesy, order = Courtesy(), list[str]()
    arrived = threading.Event()

    def stand_aside() -> None:
        arrived.set()
        courtesy.wait()
        order.append("trainer")

    with courtesy:
        thread = threading.Thread(target=stand_aside)
        thread.start()
        assert arrived.wait(10)
        with courtesy:
            order.append("inner")
        order.append("window")
    thread.join(10)
    assert order == ["inner", "window", "trainer"]


def test_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_SECONDS", 0.01)
    courtesy = Courtesy()
    with courtesy:
        courtesy.wait()
    assert courtesy.seconds >= 0.01


def test_time_inside_is_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([1.0, 3.0, 10.0, 14.0])
    monkeypatch.setattr(module, "perf_counter", lambda: next(now))
    courtesy = Courtesy()
    with courtesy, courtesy:
        pass
    with courtesy:
        pass
    assert courtesy.seconds == 6.0
