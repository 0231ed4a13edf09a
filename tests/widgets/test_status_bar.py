"""The status bar says what computes, how fast, and whether the work is saved."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.model.message import message
from widgets.status_bar import StatusBar


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    made.resize(900, 28)
    made.show()
    return made


def plain(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")


def test_facts_are_said_in_words_and_figures(bar: StatusBar) -> None:
    bar.set_kernel("NumPy")
    bar.set_rate(83_700.4)
    bar.set_zoom(0.714)
    bar.set_saved(message("Saved"))
    texts = [plain(label.text()) for label in (bar.kernel, bar.rate, bar.zoom, bar.saved)]
    assert texts == ["Kernel NumPy", "Training 83,700 passes/s", "Zoom 71%", "Saved"]
    assert bar.rate.accessibleName() == "Training 83,700 passes/s"


def test_without_training_there_is_no_speed(bar: StatusBar) -> None:
    bar.set_rate(2.5)
    assert plain(bar.rate.text()) == "Training 2.5 passes/s"
    bar.set_rate(None)
    assert not bar.rate.isVisible()


def test_a_notice_comes_and_goes(qtbot: QtBot, bar: StatusBar) -> None:
    bar._fade.setInterval(1)
    bar.show_notice(message("An edge cannot lead into {node}.", node="Height"))
    assert bar.notice.text() == "An edge cannot lead into Height."
    qtbot.waitUntil(lambda: bar.notice.text() == "")


def test_a_name_is_never_taken_for_rich_text(bar: StatusBar) -> None:
    bar.set_kernel("<u>GPU</u>")
    assert "&lt;u&gt;GPU" in bar.kernel.text()
