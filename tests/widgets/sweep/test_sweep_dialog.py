"""Choosing what to try, and the runs as they come in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from playground.app.plot_saving import table
from playground.model.message import message, sentence
from playground.model.sweep import DIVERGED
from tests.widgets.spies import Heard
from tests.widgets.sweep.made_up import BROKEN, CHOSEN, OUTCOMES, made_up
from tests.widgets.sweep.panels import dialog, done, running
from widgets.sweep.setting_choice import NOTHING
from widgets.sweep.sweep_dialog import SweepDialog


def shown(qtbot: QtBot, make: Callable[[], SweepDialog]) -> SweepDialog:
    made = make()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_at_first_suggested_step_sizes_are_tried_and_nothing_else(qtbot: QtBot) -> None:
    made = shown(qtbot, dialog)
    assert made.asked == (("learning.learning_rate", "0.003, 0.01, 0.03, 0.1, 0.3"),)
    assert not made.isModal()


def test_values_are_typed_or_ticked_and_kept_while_another_setting_is_looked_at(qtbot: QtBot) -> None:
    made = shown(qtbot, dialog)
    heard = Heard(made.changed)
    made.first.field.selectAll()
    QTest.keyClicks(made.first.field, "0.5, 1")
    assert made.asked == (("learning.learning_rate", "0.5, 1"),)
    made.second.choose("learning.optimizer")
    QTest.keyClick(made.second.tick("sgd"), Qt.Key.Key_Space)
    assert ("learning.optimizer", "momentum,adam") in made.asked
    made.first.choose("seed")
    assert next(iter(made.asked)) == ("seed", "1, 2, 3, 4, 5, 6")
    assert made.first.field.text() == "1, 2, 3, 4, 5, 6"
    made.first.choose("learning.learning_rate")
    assert made.first.field.text() == "0.5, 1"
    made.second.choose(NOTHING)
    assert len(made.asked) == 1
    assert len(heard.all) > 6


def test_the_plan_says_why_nothing_can_begin(qtbot: QtBot) -> None:
    made = shown(qtbot, dialog)
    started = Heard(made.start_requested)
    made.start.click()
    made.set_plan(message("No."), is_ready=False)
    made.start.click()
    assert len(started.all) == 1
    assert made.plan.text() == "No."


def test_runs_fill_their_cards_and_the_table(qtbot: QtBot) -> None:
    made = shown(qtbot, running)
    cards = made.cards.cards
    assert [card.told() for card in cards[1:]] == ["Learns now", "Waits for its turn", "Waits for its turn"]
    assert cards[0].told() == "Loss 0.5, right 90 %"
    assert [card.caption.split("\n")[0] for card in cards] == [
        f"Step size {x}" for x in (0.03, 0.03, 0.3, 0.3)
    ]
    assert (made.progress.value(), made.progress.maximum()) == (1, 4)
    made.set_outcome(1, OUTCOMES[1], 1)
    assert [card.is_best for card in cards] == [False, True, False, False]
    made.set_outcome(2, OUTCOMES[2], 1)
    made.set_outcome(3, OUTCOMES[3], 1)
    made.end()
    assert [card.told() for card in cards[2:]] == [sentence(DIVERGED), sentence(BROKEN)]
    assert "Best of all runs" in cards[1].accessibleDescription()


def test_runs_that_were_not_done_say_so(qtbot: QtBot) -> None:
    made = shown(qtbot, running)
    made.end()
    assert [card.told() for card in made.cards.cards[1:]] == ["Was not run"] * 3
    assert made.first.isEnabled()


def test_the_best_is_drawn_apart_and_curves_are_in_ink(qtbot: QtBot) -> None:
    made = shown(qtbot, done)
    best, other = (made.cards.cards[number].grab().toImage() for number in (1, 0))
    assert best.size() == other.size()
    assert best != other
    made.cards.cards[0].set_outcome(made_up(0.05))
    assert made.cards.cards[0].grab().toImage() != other


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_key_on_a_card_opens_its_run(qtbot: QtBot, key: Qt.Key) -> None:
    made = shown(qtbot, done)
    opened = Heard(made.open_requested)
    for card in made.cards.cards:
        card.setFocus()
        QTest.keyClick(card, key)
    assert opened.firsts == [0, 1, 2]  # the last one failed, and has nothing to open
    made.set_opened(1)
    assert "The window shows it now" in made.cards.cards[1].accessibleDescription()


def test_the_table_is_sorted_by_numbers_and_opens_runs(qtbot: QtBot) -> None:
    made = shown(qtbot, done)
    made.view.button("table").click()
    view = made.table
    assert view.isVisible()
    view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [view.row_of(row) for row in range(4)] == [1, 0, 2, 3]
    view.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert [view.row_of(row) for row in range(1, 4)] == [2, 0, 1]
    opened = Heard(made.open_requested)
    view.selectRow(3)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.firsts == [1]
    texts = [view.model().index(3, column).data() for column in range(view.model().columnCount())]
    assert texts == [
        "0.03",
        "A pace for each arrow",
        "50",
        "0.05",
        "0.15",
        "90 %",
        "90 %",
        "1.25",
        "Ran to the end",
    ]


def test_figures_are_saved_in_full(qtbot: QtBot) -> None:
    made = shown(qtbot, done)
    rows = list(csv.DictReader(io.StringIO(table(made.figures()).decode())))
    assert [(row["learning.learning_rate"], row["learning.optimizer"]) for row in rows] == [
        (str(rate), optimizer) for ((_, rate), (_, optimizer)) in CHOSEN
    ]
    assert float(rows[1]["train_loss"]) == made_up(0.05).train_loss
    assert [row["ended"] for row in rows] == ["epochs", "epochs", "diverged", sentence(BROKEN)]
    assert rows[3]["train_loss"] == ""


def test_the_picture_holds_all_cards(qtbot: QtBot) -> None:
    made = shown(qtbot, done)
    picture = made.picture()
    assert picture.height() > max(card.geometry().bottom() for card in made.cards.cards)
    assert not picture.isNull()


def test_escape_ends_the_runs_and_then_closes(qtbot: QtBot) -> None:
    made = shown(qtbot, running)
    cancelled = Heard(made.cancel_requested)
    made.cancel_requested.connect(made.end)
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert len(cancelled.all) == 1
    assert made.isVisible()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()


def test_a_curve_of_a_thousand_losses_fits_its_card(qtbot: QtBot) -> None:
    made = shown(qtbot, running)
    wild = made_up(0.2)
    curve = wild.curve.copy()
    curve[5:10, 1:3] = 1e200
    curve[20, 1] = np.nan
    made.set_outcome(1, type(wild)(wild.epochs, wild.stopped, curve, 0.0, 1.0, b""), 1)
    assert not made.cards.cards[1].grab().isNull()
