"""A measuring has the machine alone: learning waits and goes on, a pass is held, Esc ends it at once."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.app.kernels_control import KernelsControl
from playground.app.measuring import Measuring
from playground.app.training_control import ALONE
from playground.app.window import Window
from playground.model.speed_events import Preparing
from playground.model.speed_requests import RaceAsked
from tests.end_to_end.conftest import WAIT_MS
from tests.widgets.spies import Heard

ENDLESS, DEADLY = 4096, 13
"""Sizes at which the measuring of the tests never ends, and dies."""


def race(size: int) -> RaceAsked:
    rungs = (("python", 1), ("numpy", 2))
    return RaceAsked(operation="gemm", m=size, n=size, k=size, dtype="float32", rungs=rungs)


@pytest.fixture
def measuring_of(kernels: KernelsControl) -> Measuring:
    return kernels.measuring


@pytest.fixture
def open_window(kernels: KernelsControl) -> Window:
    found = kernels.room.window()
    assert isinstance(found, Window)
    return found


def train(window: Window, qtbot: QtBot) -> None:
    """Learn until something was learned."""
    window.acts["train"].trigger()
    qtbot.waitUntil(lambda: window.training.snapshot is not None, timeout=WAIT_MS)


def wait_for_race(measuring: Measuring, qtbot: QtBot) -> None:
    """Wait until the race is really under way."""
    heard = Heard(measuring.said)
    qtbot.waitUntil(lambda: any(isinstance(event, Preparing) for event in heard.firsts), timeout=WAIT_MS)


def test_learning_waits_and_goes_on(measuring_of: Measuring, open_window: Window, qtbot: QtBot) -> None:
    train(open_window, qtbot)
    measuring_of.start("race", race(ENDLESS))
    assert measuring_of.makes_learning_wait
    wait_for_race(measuring_of, qtbot)
    runs, before = [open_window.training.is_running], open_window.document.parameters
    measuring_of.cancel()
    assert [*runs, open_window.training.is_running] == [False, True]
    qtbot.waitUntil(lambda: open_window.document.parameters != before, timeout=WAIT_MS)
    open_window.training.pause()
    qtbot.waitUntil(lambda: not open_window.training.is_running, timeout=WAIT_MS)


def test_learning_that_did_not_run_does_not_begin(
    measuring_of: Measuring, open_window: Window, qtbot: QtBot
) -> None:
    measuring_of.start("race", race(64))
    qtbot.waitUntil(lambda: not measuring_of.is_running, timeout=WAIT_MS)
    assert not open_window.training.is_running


def test_nothing_learns_while_something_is_measured(
    measuring_of: Measuring, open_window: Window, qtbot: QtBot
) -> None:
    measuring_of.start("race", race(ENDLESS))
    wait_for_race(measuring_of, qtbot)
    heard = Heard(open_window.training.said)
    open_window.acts["train"].trigger()
    assert heard.firsts == [ALONE]
    assert not open_window.training.is_running
    measuring_of.cancel()
    assert not open_window.training.is_running


@pytest.mark.parametrize("leave", ["start_over", "new"])
def test_whoever_begins_anew_meanwhile_is_not_led_back(
    measuring_of: Measuring, open_window: Window, qtbot: QtBot, leave: str
) -> None:
    train(open_window, qtbot)
    measuring_of.start("race", race(ENDLESS))
    wait_for_race(measuring_of, qtbot)
    document = open_window.document
    if leave == "start_over":
        open_window.training.start_over()
    else:
        document.reset(document.experiment, document.parameters)
    measuring_of.cancel()
    assert not open_window.training.is_running


def test_a_pass_does_not_play_meanwhile(measuring_of: Measuring, open_window: Window, qtbot: QtBot) -> None:
    measuring_of.start("race", race(ENDLESS))
    open_window.rooms.go("play")
    open_window.acts["play"].trigger()
    plays = [open_window.player.is_playing]
    measuring_of.cancel()
    open_window.acts["play"].trigger()
    assert [*plays, open_window.player.is_playing] == [False, True]
    open_window.player.pause()


def test_the_second_of_two_measurings_is_dropped(measuring_of: Measuring, qtbot: QtBot) -> None:
    heard = Heard(measuring_of.running_changed)
    measuring_of.start("race", race(64))
    measuring_of.start("sizes", race(128))
    assert measuring_of.kind == "race"
    qtbot.waitUntil(lambda: not measuring_of.is_running, timeout=WAIT_MS)
    assert heard.firsts == [True, False]


def test_a_process_that_dies_gives_the_machine_back(
    measuring_of: Measuring, open_window: Window, qtbot: QtBot
) -> None:
    failed = Heard(measuring_of.failed)
    train(open_window, qtbot)
    measuring_of.start("race", race(DEADLY))
    qtbot.waitUntil(lambda: not measuring_of.is_running, timeout=WAIT_MS)
    assert len(failed.all) == 1
    assert open_window.training.is_running
    open_window.training.pause()
    qtbot.waitUntil(lambda: not open_window.training.is_running, timeout=WAIT_MS)


def test_what_is_cancelled_before_it_began_is_never_asked(
    measuring_of: Measuring, open_window: Window, qtbot: QtBot
) -> None:
    train(open_window, qtbot)
    said = Heard(measuring_of.said)
    measuring_of.start("race", race(64))
    measuring_of.cancel()  # the last batch is still under way
    qtbot.waitUntil(lambda: not open_window.training.is_running or not measuring_of.is_running)
    qtbot.waitUntil(lambda: not open_window.compute.is_alone, timeout=WAIT_MS)
    assert said.all == []
    assert not measuring_of.is_running
    open_window.training.pause()
    qtbot.waitUntil(lambda: not open_window.training.is_running, timeout=WAIT_MS)
