"""The measuring process: it answers, is cancelled at once, may die, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

import psutil
import pytest
from pytestqt.qtbot import QtBot

from playground.app.kernel_process import LOST, NOT_STARTED, KernelProcess
from playground.model.message import Message
from playground.model.speed_events import Done, Event, Measured, Preparing, RungsFound, Scheduled, Timed
from playground.model.speed_requests import MachineAsked, RaceAsked, RungsAsked, ScheduleAsked
from tests.app import measuring

WAIT_MS = 30_000
CANCEL_SECONDS = 0.2
ENDLESS, DEADLY, GARBLED = 4096, 13, 14
"""Sizes at which the measuring of the tests never ends, dies, and says what is no event."""


class Ear:
    """Keeps what a process says."""

    def __init__(self, process: KernelProcess) -> None:
        self.events: list[Event] = []
        self.lost: list[Message] = []
        self.busy: list[bool] = []
        process.said.connect(self.events.append)
        process.lost.connect(self.lost.append)
        process.busy_changed.connect(self.busy.append)

    def kinds(self) -> list[type[Event]]:
        return [type(event) for event in self.events]


@pytest.fixture
def process(qtbot: QtBot) -> Iterator[KernelProcess]:
    made = KernelProcess(command=measuring.COMMAND, environment=measuring.plain)
    yield made
    made.shutdown()
    assert made.process_ids == ()


@pytest.fixture
def ear(process: KernelProcess) -> Ear:
    return Ear(process)


def race(size: int) -> RaceAsked:
    rungs = (("python", 1), ("numpy", 2))
    return RaceAsked(operation="gemm", m=size, n=size, k=size, dtype="float32", rungs=rungs)


def test_a_request_is_answered_under_its_number(process: KernelProcess, ear: Ear, qtbot: QtBot) -> None:
    number = process.ask(RungsAsked())
    assert process.is_busy
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert ear.kinds() == [RungsFound, Done]
    assert {event.id for event in ear.events} == {number}
    assert ear.busy == [True, False]
    found = ear.events[0]
    assert isinstance(found, RungsFound)
    assert found.rungs[0].key == "python"


def test_requests_are_answered_one_after_the_other(process: KernelProcess, ear: Ear, qtbot: QtBot) -> None:
    asked = [process.ask(request) for request in (race(64), RungsAsked(), race(128))]
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert [event.id for event in ear.events if isinstance(event, Done)] == asked
    sizes = [event.timing.n for event in ear.events if isinstance(event, Timed)]
    assert sizes == [64, 64, 128, 128]


def test_a_race_is_cancelled_at_once_and_never_heard_of_again(
    process: KernelProcess, ear: Ear, qtbot: QtBot
) -> None:
    took, old = [], 0
    for times in range(1, 4):
        process.ask(race(ENDLESS))
        qtbot.waitUntil(lambda times=times: ear.kinds().count(Preparing) == times, timeout=WAIT_MS)  # type: ignore[misc]
        old = process.process_ids[0]
        begun = perf_counter()
        process.cancel()
        assert not process.is_busy
        qtbot.waitUntil(lambda old=old: not psutil.pid_exists(old), timeout=WAIT_MS)  # type: ignore[misc]
        took.append(perf_counter() - begun)
    assert min(took) < CANCEL_SECONDS  # whatever else a busy machine does meanwhile
    heard = len(ear.events)
    last = process.ask(race(64))
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert {event.id for event in ear.events[heard:]} == {last}
    assert ear.lost == []
    assert old not in process.process_ids


def test_a_process_that_dies_is_a_sentence_and_the_next_request_works(
    process: KernelProcess, ear: Ear, qtbot: QtBot
) -> None:
    process.ask(race(DEADLY))
    qtbot.waitUntil(lambda: bool(ear.lost), timeout=WAIT_MS)
    assert ear.lost == [LOST]
    assert not process.is_busy
    process.ask(ScheduleAsked(kernel="numpy", m=3, n=4, k=5, threads=1, dtype="float64"))
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert ear.kinds()[-2:] == [Scheduled, Done]


def test_a_process_that_dies_while_it_rests_is_replaced(
    process: KernelProcess, ear: Ear, qtbot: QtBot
) -> None:
    process.ask(RungsAsked())
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    psutil.Process(process.process_ids[0]).kill()
    qtbot.waitUntil(lambda: process.process_ids == (), timeout=WAIT_MS)
    assert ear.lost == []
    process.ask(RungsAsked())
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert ear.kinds() == [RungsFound, Done] * 2


def test_what_is_no_event_ends_the_process(process: KernelProcess, ear: Ear, qtbot: QtBot) -> None:
    process.ask(race(GARBLED))
    qtbot.waitUntil(lambda: bool(ear.lost), timeout=WAIT_MS)
    assert "unknown" in ear.lost[0].template
    assert not process.is_busy


def test_a_program_that_is_not_there_is_a_sentence(qtbot: QtBot) -> None:
    process = KernelProcess(command=("/no/such/program",), environment=measuring.plain)
    ear = Ear(process)
    process.ask(RungsAsked())
    qtbot.waitUntil(lambda: bool(ear.lost), timeout=WAIT_MS)
    assert ear.lost == [NOT_STARTED]
    assert not process.is_busy
    process.shutdown()


def test_rivals_run_without_what_would_slow_them_down(
    process: KernelProcess, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLOW_DOWN", "very")
    process.ask(MachineAsked())
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    measured = ear.events[0]
    assert isinstance(measured, Measured)
    assert measured.machine.processor == "Slide rule"
    assert measured.machine.overrides == ("SLOW_DOWN",)


def test_after_the_end_nothing_is_started(qtbot: QtBot) -> None:
    process = KernelProcess(command=measuring.COMMAND, environment=measuring.plain)
    process.start()
    (alive,) = process.process_ids
    process.shutdown()
    assert not psutil.pid_exists(alive)
    process.ask(RungsAsked())
    assert not process.is_busy
    assert process.process_ids == ()
