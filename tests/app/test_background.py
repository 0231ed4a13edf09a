"""The serial lane: one job after the other, answers in the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Generator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from playground.app.background import Background


@pytest.fixture
def background(qtbot: QtBot) -> Generator[Background]:
    background = Background()
    yield background
    background.shutdown()


def test_answers_come_in_order_in_this_thread(qtbot: QtBot, background: Background) -> None:
    answers: list[tuple[object, bool]] = []
    places: list[threading.Thread] = []

    def work(number: int) -> int:
        places.append(threading.current_thread())
        return number * number

    def take(answer: int) -> None:
        answers.append((answer, threading.current_thread() is threading.main_thread()))

    for number in range(5):
        background.run(partial(work, number), take)
    assert not background.is_idle
    with qtbot.waitSignal(background.idle):
        pass
    assert answers == [(number * number, True) for number in range(5)]
    assert len(set(places)) == 1
    assert places[0] is not threading.main_thread()


def test_a_cancelled_job_is_not_heard_of(qtbot: QtBot, background: Background) -> None:
    gate, done = threading.Event(), list[str]()
    background.run(gate.wait, lambda _: done.append("first"))
    second = background.run(lambda: "never", lambda _: done.append("second"))
    second.cancel()
    gate.set()
    qtbot.waitUntil(lambda: background.is_idle)
    assert done == ["first"]
    assert second.answer is None


def test_errors_go_to_who_asked_or_to_the_door(qtbot: QtBot, background: Background) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    errors: list[Exception] = []
    background.run(fail, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: background.is_idle)
    assert [type(error) for error in errors] == [ZeroDivisionError]
    with qtbot.captureExceptions() as caught:
        background.run(fail, lambda _: None)
        qtbot.waitUntil(lambda: background.is_idle)
    assert [kind for kind, _, _ in caught] == [ZeroDivisionError]


def test_shutdown_waits_for_the_running_job_and_hands_nothing_over(qtbot: QtBot) -> None:
    background, started, done = Background(), threading.Event(), list[object]()
    background.run(started.set, done.append)
    assert started.wait(10)
    background.shutdown()
    assert background.is_idle
    QCoreApplication.processEvents()  # what still waits would be handed over now
    assert done == []


def test_after_the_shutdown_nothing_is_begun(qtbot: QtBot) -> None:
    background = Background()
    background.shutdown()
    answers: list[int] = []
    job = background.run(lambda: 1, answers.append)
    assert job.is_cancelled
    assert background.is_idle
    assert not answers


def test_jobs_wait_while_they_are_held(qtbot: QtBot, background: Background) -> None:
    entered, may_end = threading.Event(), threading.Event()
    answers: list[int] = []

    def under_way() -> int:
        entered.set()
        may_end.wait(30)
        return 1

    background.run(under_way, answers.append)
    assert entered.wait(30)
    background.hold()
    background.run(lambda: 2, answers.append)
    assert background.is_working  # what runs is not broken off
    may_end.set()
    qtbot.waitUntil(lambda: answers == [1] and not background.is_working)
    with qtbot.waitSignal(background.idle):
        assert answers == [1]
        background.let_go()
    assert answers == [1, 2]


def test_its_end_does_not_wait_for_jobs_that_are_held(qtbot: QtBot) -> None:
    background = Background()
    background.hold()
    background.run(lambda: 1, print)
    background.shutdown()
    assert background.is_idle
