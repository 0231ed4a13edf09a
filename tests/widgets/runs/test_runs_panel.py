"""The list of runs: mouse, keys, screen reader, and what may be done with which run."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from resources.theme import DARK, LIGHT
from tests.widgets.colours import colours_of
from tests.widgets.pseudo import settled
from tests.widgets.runs.made_up import run, several
from tests.widgets.themed import themed
from widgets.runs.colours import run_colour, run_style
from widgets.runs.run_list import MARK_PX, SIDE_PX
from widgets.runs.runs_panel import RunsPanel

LEFT = Qt.MouseButton.LeftButton
PLAIN, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot: QtBot) -> RunsPanel:
    made = RunsPanel()
    qtbot.addWidget(made)
    made.resize(320, 400)
    made.set_runs(several(), 3, None, "words")
    made.show()
    settled(made)
    return made


def asked(panel: RunsPanel) -> list[tuple[object, ...]]:
    heard: list[tuple[object, ...]] = []
    panel.open_requested.connect(lambda number: heard.append(("open", number)))
    panel.same_start_requested.connect(lambda number: heard.append(("same start", number)))
    panel.rename_requested.connect(lambda number, name: heard.append(("rename", number, name)))
    panel.show_requested.connect(lambda number, is_shown: heard.append(("show", number, is_shown)))
    panel.delete_requested.connect(lambda number: heard.append(("delete", number)))
    panel.restore_requested.connect(lambda: heard.append(("restore",)))
    panel.compare_requested.connect(lambda: heard.append(("compare",)))
    return heard


def test_it_takes_no_room_before_there_is_a_run(qtbot: QtBot) -> None:
    made = RunsPanel()
    qtbot.addWidget(made)
    assert made.isHidden()


def test_the_present_run_is_chosen_and_cannot_be_opened_or_deleted(panel: RunsPanel) -> None:
    assert panel.chosen is not None
    assert panel.chosen.number == 3
    assert not panel.open.isEnabled()
    assert not panel.delete.isEnabled()
    assert panel.same_start.isEnabled()
    assert panel.compare.isEnabled()


def test_buttons_ask_for_the_chosen_run(panel: RunsPanel) -> None:
    heard = asked(panel)
    panel.list.choose(2)
    for button in (panel.open, panel.same_start, panel.delete, panel.compare):
        assert button.isEnabled()
        button.click()
    assert heard == [("open", 2), ("same start", 2), ("delete", 2), ("compare",)]


def test_keys_open_rename_hide_and_delete(qtbot: QtBot, panel: RunsPanel) -> None:
    heard = asked(panel)
    panel.list.choose(2)
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Up)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert heard == [("open", 1), ("show", 1, False), ("delete", 1)]
    QTest.keyClick(panel.list, Qt.Key.Key_F2)
    field = panel.list.findChild(QLineEdit)
    assert field is not None
    assert field.text() == "Run 1"
    field.setText("Slow")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(heard) > 3)
    assert heard[3:] == [("rename", 1, "Slow")]


def test_the_present_run_is_always_drawn(panel: RunsPanel) -> None:
    heard = asked(panel)
    panel.list.choose(3)
    QTest.keyClick(panel.list, Qt.Key.Key_Space)
    assert heard == []


def test_a_click_on_the_mark_hides_the_curve(panel: RunsPanel) -> None:
    heard = asked(panel)
    place = panel.list.visualRect(panel.model.index(0))
    mark = QPoint(place.left() + SIDE_PX + MARK_PX // 2, place.top() + 14)
    QTest.mouseClick(panel.list.viewport(), LEFT, PLAIN, mark)
    assert heard == [("show", 1, False)]
    QTest.mouseClick(panel.list.viewport(), LEFT, PLAIN, mark + QPoint(120, 0))
    assert heard == [("show", 1, False)]
    assert panel.chosen is not None
    assert panel.chosen.number == 1


def test_what_was_deleted_can_be_brought_back_by_button_and_key(panel: RunsPanel) -> None:
    heard = asked(panel)
    first, second, third = several()
    assert not panel.restore.isVisible()
    panel.set_runs((first, third), 3, second, "words")
    assert panel.deleted.text() == "Faster was deleted."
    panel.restore.click()
    panel.list.setFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Z, CTRL)
    assert heard == [("restore",), ("restore",)]


def test_the_choice_stays_while_figures_change_and_moves_with_the_present(panel: RunsPanel) -> None:
    first, second, third = several()
    panel.list.choose(1)
    panel.set_runs((first, second, replace(third, seconds=3.0)), 3, None, "words")
    assert panel.chosen is not None
    assert panel.chosen.number == 1
    panel.set_runs((first, second, third, run(4)), 4, None, "words")
    assert panel.chosen.number == 4


def test_rows_say_everything_to_a_screen_reader(panel: RunsPanel) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [str(panel.model.index(row).data(role)) for row in range(3)]
    assert told[1] == "Faster, 140 rounds, mistake 0.03 on new examples, from Run 1 at round 40"
    assert told[2].endswith("the present")
    panel.set_runs(several(), 1, None, "maths")
    told = [str(panel.model.index(row).data(role)) for row in range(3)]
    assert told[1] == "Faster, 140 epochs, test loss 0.03, from Run 1 at epoch 40"
    assert told[2].endswith("not in the plot")


def test_rows_are_high_enough_for_what_they_say(panel: RunsPanel) -> None:
    view = panel.list
    assert view.height() >= view.wanted_height()
    heights = [view.visualRect(panel.model.index(row)).height() for row in range(3)]
    assert heights[1] > heights[0]  # it says where it came from as well
    assert not view.verticalScrollBar().isVisible()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_each_run_has_its_colour_in_both_themes(qtbot: QtBot, qapp: QApplication, theme: object) -> None:
    assert theme in (LIGHT, DARK)
    chosen = LIGHT if theme is LIGHT else DARK
    with themed(qapp, chosen):
        made = RunsPanel()
        qtbot.addWidget(made)
        made.resize(320, 400)
        made.set_runs(several(), 3, None, "words")
        made.show()
        settled(made)
        colours = colours_of(made.grab().toImage())
        for index in range(3):
            assert QColor(run_colour(chosen, index)).name() in colours


def test_colours_come_again_with_another_kind_of_line() -> None:
    looks = {(run_colour(LIGHT, index), run_style(LIGHT, index)) for index in range(24)}
    assert len(looks) == 24
