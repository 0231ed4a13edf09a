"""The tool bar is made from actions, and shows as many words as fit."""

from __future__ import annotations

from collections.abc import Generator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from resources.theme import LIGHT
from tests.widgets.gallery import bar_actions
from tests.widgets.pseudo import cut_texts, pseudo_language, settled
from tests.widgets.spies import Heard
from tests.widgets.themed import themed
from widgets.controls.action_button import ActionButton
from widgets.tool_bar import DENSITIES, GROUPS, ToolBar


@pytest.fixture
def owner() -> QObject:
    return QObject()


@pytest.fixture
def look(qapp: QApplication) -> Generator[None]:
    with themed(qapp, LIGHT):
        yield


def bar(qtbot: QtBot, owner: QObject, width: int) -> ToolBar:
    made = ToolBar(bar_actions(owner), QMenu(None))
    qtbot.addWidget(made)
    made.resize(width, made.height())
    made.show()
    settled(made)
    return made


def buttons(made: ToolBar) -> list[ActionButton]:
    return [button for group in made.groups for button in group]


def test_a_button_does_what_its_action_does(qtbot: QtBot, owner: QObject) -> None:
    actions = bar_actions(owner)
    made = ToolBar(actions)
    qtbot.addWidget(made)
    heard = Heard(*(action.triggered for action in actions.values()))
    for button in buttons(made):
        if button.isEnabled():
            button.click()
    for button in (*made.switches, made.share, made.present):
        button.click()
    assert len(heard.all) == len(actions) - 1  # there is nothing to redo


def test_a_button_follows_its_action(qtbot: QtBot, owner: QObject) -> None:
    actions = bar_actions(owner)
    made = ToolBar(actions)
    qtbot.addWidget(made)
    undo = made.groups[0][0]
    actions["undo"].setText("Undo move 3 nodes")
    actions["undo"].setIconText("Undo")
    actions["undo"].setToolTip("Undo move 3 nodes (Ctrl+Z)")
    actions["undo"].setEnabled(False)
    assert (undo.text(), undo.toolTip(), undo.isEnabled()) == ("Undo", "Undo move 3 nodes (Ctrl+Z)", False)
    actions["tool_connect"].setChecked(True)
    assert made.groups[1][2].isChecked()


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [1440, 1280, 1100, 900, 780])
def test_everything_fits_in_both_languages(qtbot: QtBot, owner: QObject, width: int) -> None:
    assert cut_texts(bar(qtbot, owner, width)) == []
    with pseudo_language():
        made = bar(qtbot, owner, width)
        if made.minimumSizeHint().width() <= width:
            assert cut_texts(made) == []
        else:
            assert width < 1000


@pytest.mark.usefixtures("look")
def test_at_1280_everything_can_be_reached_even_in_a_longer_language(qtbot: QtBot, owner: QObject) -> None:
    with pseudo_language():
        made = bar(qtbot, owner, 1280)
        assert all(button.isVisible() for button in buttons(made))


@pytest.mark.usefixtures("look")
def test_narrower_shows_less_and_hides_nothing_for_good(qtbot: QtBot, owner: QObject) -> None:
    densities = []
    for width in (2000, 1280, 1000, 800, 640, 560):
        made = bar(qtbot, owner, width)
        densities.append(made.density)
        shown = {button.action for button in buttons(made) if button.isVisible()}
        reachable = shown | set(made.more_menu.actions())
        assert reachable == {button.action for button in buttons(made)}
        assert made.more.isVisible() == bool(made.more_menu.actions())
    assert densities == sorted(densities)
    assert densities[0] == 0
    assert densities[-1] == len(DENSITIES) - 1


def test_the_level_is_shown_and_announced(qtbot: QtBot, owner: QObject) -> None:
    made = bar(qtbot, owner, 1280)
    heard = Heard(made.level_chosen)
    made.set_level("maths")
    assert (made.level.current, heard.all) == ("maths", [])
    made.level.button("words").click()
    assert heard.firsts == ["words"]


def test_each_density_has_a_place_for_every_group() -> None:
    assert all(len(density.texts) == len(GROUPS) for density in DENSITIES)


def test_the_switch_of_the_kernel_stays_in_every_room(qtbot: QtBot, owner: QObject) -> None:
    actions = bar_actions(owner)
    switch, made = actions["fast_kernel"], ToolBar(actions)
    qtbot.addWidget(made)
    made.resize(1440, made.height())
    made.show()
    settled(made)
    (button,) = made.switches
    made.set_drawing(False)
    assert button.isVisible()
    button.click()
    assert switch.isChecked()
    switch.setChecked(False)
    assert not button.isChecked()
    for width in (1440, 1024, 800):
        made.resize(width, made.height())
        settled(made)
        assert button.isVisible()
        assert made.present.geometry().right() < made.width()


@pytest.mark.usefixtures("look")
@pytest.mark.parametrize("width", [1440, 1024, 800])
def test_where_nothing_is_drawn_the_tools_go_and_the_rest_stays_put(
    qtbot: QtBot, owner: QObject, width: int
) -> None:
    made = bar(qtbot, owner, width)
    stays = [made.logo, *made.groups[0], made.level, made.share, made.present]
    before = [(part.isVisible(), part.geometry()) for part in stays]
    shown = [button.isVisible() for button in buttons(made)]
    made.set_drawing(False)
    settled(made)
    assert [(part.isVisible(), part.geometry()) for part in stays] == before
    assert not any(button.isVisible() for group in made.groups[1:] for button in group)
    assert not made.more.isVisible()
    made.set_drawing(True)
    settled(made)
    assert [button.isVisible() for button in buttons(made)] == shown
    assert [(part.isVisible(), part.geometry()) for part in stays] == before
