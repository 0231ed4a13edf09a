"""A run's figures say how long, how good, and whether it still gets better."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from playground.model.message import message
from playground.model.snapshot import Snapshot
from tests.widgets.gallery import snapshot as learned
from widgets.run_figures import Figure, RunFigures
from widgets.transport import Transport

THINGS = message("new avocados")


@pytest.fixture
def snapshot() -> Snapshot:
    return replace(learned(), epoch=1284.25, test_loss=0.11, test_accuracy=0.984, epochs_per_second=120.4)


@pytest.fixture
def figures(qtbot: QtBot) -> RunFigures:
    made = RunFigures()
    qtbot.addWidget(made)
    made.show()
    return made


def texts(figure: Figure) -> tuple[str, str]:
    return figure.value.text(), figure.caption.text()


def test_a_run_in_plain_words(figures: RunFigures, snapshot: Snapshot) -> None:
    figures.sync(snapshot, "learning", "words", THINGS)
    assert texts(figures.rounds) == ("1,284", "rounds")
    assert texts(figures.quality) == ("98.4\N{NO-BREAK SPACE}%", "right on new avocados")
    assert texts(figures.course) == ("Learning", "120 rounds a second")
    assert figures.rounds.accessibleName() == "1,284 rounds"


def test_the_level_can_change_after_the_run(qtbot: QtBot, figures: RunFigures, snapshot: Snapshot) -> None:
    figures.sync(snapshot, "converged", "words", THINGS)
    assert texts(figures.course)[0] == "Settled"
    figures.set_level("numbers")
    qtbot.waitUntil(lambda: texts(figures.course)[0] == "Converged")
    assert texts(figures.rounds) == ("1,284", "epochs")


def test_without_right_answers_the_loss_is_told(figures: RunFigures, snapshot: Snapshot) -> None:
    wordless = replace(snapshot, train_accuracy=math.nan, test_accuracy=math.nan)
    figures.sync(wordless, "learning", "numbers", THINGS)
    assert texts(figures.quality) == ("0.11", "test loss")


def test_the_newest_figures_come_in_the_end(qtbot: QtBot, figures: RunFigures, snapshot: Snapshot) -> None:
    for epoch in range(20, 40):
        figures.sync(replace(snapshot, epoch=float(epoch)), "learning", "words", THINGS)
    qtbot.waitUntil(lambda: texts(figures.rounds)[0] == "39")


def test_figures_stand_where_the_timeline_is(qtbot: QtBot, snapshot: Snapshot) -> None:
    transport = Transport()
    qtbot.addWidget(transport)
    transport.show()
    height = transport.sizeHint().height()
    transport.show_run(snapshot, "learning", THINGS)
    assert transport.figures.isVisible()
    assert not transport.timeline.isVisible()
    assert transport.sizeHint().height() == height
    transport.show_pass()
    assert transport.timeline.isVisible()
    assert not transport.figures.isVisible()
