"""The status bar says what computes, how fast, and whether the work is saved."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from playground.model.message import message
from widgets.status_bar import ROOMY_PX, StatusBar


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


def test_the_kernel_is_said_with_its_threads(bar: StatusBar) -> None:
    for threads, text in (
        (None, "Kernel Numba parallel"),
        (1, "Kernel Numba parallel · 1 thread"),
        (8, "Kernel Numba parallel · 8 threads"),
    ):
        bar.set_kernel(message("Numba parallel"), threads)
        assert plain(bar.kernel.text()) == text


def test_what_is_being_prepared_is_said_while_it_lasts(bar: StatusBar) -> None:
    assert not bar.preparing.isVisible()
    bar.set_preparing(message("Preparing the Numba kernel…"))
    assert bar.preparing.isVisible()
    assert bar.preparing.text() == "Preparing the Numba kernel…"
    bar.set_preparing(None)
    assert not bar.preparing.isVisible()


def test_the_speed_is_said_in_epochs_and_operations_where_there_is_room(bar: StatusBar) -> None:
    bar.set_speed(97_772.4, 2.6828e9)
    assert plain(bar.speed.text()) == "97,772 epochs/s · 2.68 GFLOP/s"
    assert not bar.speed.isVisible()
    bar.resize(ROOMY_PX, bar.height())
    assert bar.speed.isVisible()
    bar.set_speed(2.5, 1.25e6)
    assert plain(bar.speed.text()) == "2.5 epochs/s · 0.00125 GFLOP/s"
    bar.set_speed(None, None)
    assert not bar.speed.isVisible()


def test_how_fast_matrices_are_multiplied_is_said_once_it_is_known(bar: StatusBar) -> None:
    assert not bar.matmul.isVisible()
    bar.set_matmul(message("matmul <b>{speed} GFLOP/s</b>", speed=462.0))
    assert bar.matmul.isVisible()
    assert plain(bar.matmul.text()) == bar.matmul.accessibleName() == "matmul 462 GFLOP/s"
    bar.set_matmul(None)
    assert not bar.matmul.isVisible()
