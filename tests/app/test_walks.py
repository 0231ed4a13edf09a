"""Schedules for slow motion: asked for once, kept, and asked for again after a cancelled measuring."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from playground.app.kernel_process import KernelProcess
from playground.app.walks import Walks
from playground.model.speed_requests import RaceAsked
from tests.app import measuring
from tests.widgets.spies import Heard
from widgets.kernels.slow_motion import SlowMotion

WAIT_MS = 30_000


@pytest.fixture
def process(qtbot: QtBot) -> Iterator[KernelProcess]:
    made = KernelProcess(command=measuring.COMMAND, environment=measuring.plain)
    yield made
    made.shutdown()


@pytest.fixture
def view(qtbot: QtBot) -> SlowMotion:
    made = SlowMotion()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def walks(process: KernelProcess, view: SlowMotion) -> Walks:
    return Walks(process, view)


def shown(view: SlowMotion) -> tuple[str, int, int] | None:
    found = view.schedule
    return None if found is None else (found.kernel, found.m, found.threads)


def test_a_schedule_is_asked_for_once(
    walks: Walks, process: KernelProcess, view: SlowMotion, qtbot: QtBot
) -> None:
    for wanted in (("numba-blocked", 16, 1), ("numba-parallel", 8, 2), ("numba-blocked", 16, 1)):
        walks.want(*wanted)
        qtbot.waitUntil(lambda wanted=wanted: shown(view) == wanted, timeout=WAIT_MS)  # type: ignore[misc]
        qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    heard = Heard(process.busy_changed)
    walks.want("numba-parallel", 8, 2)
    assert shown(view) == ("numba-parallel", 8, 2)
    assert heard.all == []


def test_only_the_last_wish_is_shown(
    walks: Walks, process: KernelProcess, view: SlowMotion, qtbot: QtBot
) -> None:
    for size in (8, 16, 32, 64):
        walks.want("numba-packed", size, 1)
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert shown(view) == ("numba-packed", 64, 1)


def test_what_a_cancelled_race_took_along_is_asked_for_again(
    walks: Walks, process: KernelProcess, view: SlowMotion, qtbot: QtBot
) -> None:
    process.ask(RaceAsked(operation="gemm", m=4096, n=4096, k=4096, dtype="float32", rungs=(("numpy", 2),)))
    walks.want("numba-loops", 8, 1)
    process.cancel()
    qtbot.waitUntil(lambda: shown(view) == ("numba-loops", 8, 1), timeout=WAIT_MS)


def test_a_process_that_dies_is_told_once(walks: Walks, process: KernelProcess, qtbot: QtBot) -> None:
    failed = Heard(walks.failed)
    process.ask(RaceAsked(operation="gemm", m=13, n=13, k=13, dtype="float32", rungs=(("numpy", 2),)))
    walks.want("numba-loops", 8, 1)
    qtbot.waitUntil(lambda: bool(failed.all), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not process.is_busy, timeout=WAIT_MS)
    assert len(failed.all) == 1
