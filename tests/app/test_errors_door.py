"""The door for unexpected errors: work is kept safe, one sentence is shown, the program goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Generator

import pytest
from pytestqt.qtbot import QtBot

from playground.app.errors_door import MAX_SHOWN, ErrorsDoor, Report
from playground.model.message import sentence


class Room:
    """A door that is open, and what came through it, in order."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.reports: list[Report] = []
        self.door = ErrorsDoor(lambda: self.order.append("kept safe"))
        self.door.reported.connect(self._show)
        self.door.open()

    def _show(self, report: Report) -> None:
        self.order.append("shown")
        self.reports.append(report)
        assert threading.current_thread() is threading.main_thread()


@pytest.fixture
def room(qtbot: QtBot) -> Generator[Room]:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    room = Room()
    yield room
    room.door.close()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def fail() -> None:
    raise ZeroDivisionError("a detail")


def caught() -> BaseException:
    try:
        fail()
    except ZeroDivisionError as error:
        return error
    raise AssertionError("nothing was raised")


def test_work_is_kept_safe_before_the_error_is_shown(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    assert room.order == ["kept safe", "shown"]
    (report,) = room.reports
    said = sentence(report.said)
    assert said == "Something went wrong in the program. Your work is kept safe, and you can go on."
    assert "ZeroDivisionError: a detail" in report.details
    assert "Python" in report.details
    assert "in fail" in report.details
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_errors_of_threads_come_through_too(qtbot: QtBot, room: Room) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(room.reports) == 1)
    assert room.order == ["kept safe", "shown"]


def test_an_error_with_every_frame_does_not_fill_the_screen(room: Room) -> None:
    error = caught()
    for _ in range(50):
        room.door.report(error)
    assert len(room.reports) == MAX_SHOWN


def test_an_error_while_one_is_shown_is_not_shown(room: Room) -> None:
    room.door.reported.connect(lambda _report: room.door.report(KeyError("second")))
    room.door.report(caught())
    assert len(room.reports) == 1
