"""A button follows its action, and asking for its width changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from tests.widgets.pseudo import settled, unrest
from tests.widgets.spies import Heard
from widgets.controls.action_button import ICON_ONLY_PX, ActionButton, bar_text


@pytest.fixture
def action() -> QAction:
    made = QAction("Undo move 3 nodes")
    made.setIconText("Undo")
    made.setToolTip("Undo move 3 nodes (Ctrl+Z)")
    return made


@pytest.fixture
def button(qtbot: QtBot, action: QAction) -> ActionButton:
    made = ActionButton(action, "undo")
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_the_short_words_and_tells_the_long_ones(button: ActionButton) -> None:
    assert (button.text(), button.toolTip()) == ("Undo", "Undo move 3 nodes (Ctrl+Z)")


def test_it_does_what_the_action_does_and_follows_its_state(button: ActionButton, action: QAction) -> None:
    heard = Heard(action.triggered)
    button.click()
    action.setEnabled(False)
    button.click()
    assert len(heard.all) == 1
    assert not button.isEnabled()


def test_a_choice_is_shown_and_cannot_be_taken_back_by_its_own_button(qtbot: QtBot) -> None:
    action = QAction("Select")
    action.setCheckable(True)
    action.setChecked(True)
    button = ActionButton(action, "select")
    qtbot.addWidget(button)
    assert button.isChecked()
    action.setChecked(False)
    assert not button.isChecked()


def test_dots_at_the_end_stay() -> None:
    owner = QObject()
    assert bar_text(QAction("Add &layer…", owner)) == "Add layer…"
    assert bar_text(QAction("Tidy up", owner)) == "Tidy up"


def test_widths_are_told_and_true(button: ActionButton) -> None:
    assert button.width_with(text_shown=True) == button.sizeHint().width()
    button.set_text_shown(False)
    assert button.width_with(text_shown=False) == ICON_ONLY_PX
    assert not button.icon().isNull()


def test_asking_for_a_width_asks_for_no_layout(button: ActionButton) -> None:
    settled(button)
    for text_shown in (True, False):
        button.width_with(text_shown=text_shown)
    assert unrest(button) == []
