"""The explanation says what the narration says, at the level that was chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from playground.engine.narration import narrate
from playground.engine.timeline import Timeline
from playground.model.keys import LEVELS, Level
from playground.model.message import format_number, sentence
from playground.model.narration import Narration
from tests.widgets.gallery import avocado_scene
from tests.widgets.pseudo import settled
from tests.widgets.spies import Heard
from widgets.controls.labels import Label
from widgets.controls.side_column import SideColumn
from widgets.explanation import ExplanationPanel


@pytest.fixture
def panel(qtbot: QtBot) -> ExplanationPanel:
    made = ExplanationPanel()
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    return made


def steps(level: Level) -> list[Narration]:
    trace = avocado_scene().trace
    timeline = Timeline(trace, "node")
    return [narrate(trace, timeline.step(index), level) for index in range(timeline.step_count)]


@pytest.mark.parametrize("level", LEVELS)
def test_every_step_is_said_whole(panel: ExplanationPanel, level: Level) -> None:
    told = steps(level)
    for narration in told:
        panel.set_narration(narration, level)
        assert panel.sentences.text() == "\n".join(sentence(part) for part in narration.sentences)
        if level != "words":
            shown = [(label, result) for label, _, result in panel.table.texts()]
            assert shown == [(sentence(row.label), format_number(row.result)) for row in narration.rows]
        assert panel.table.isVisible() == (level != "words" and bool(narration.rows))
        assert panel.formulas.isVisible() == (level == "maths" and bool(narration.formulas))
    assert len(told) > 10


def test_formulas_come_in_symbols_and_with_numbers(panel: ExplanationPanel) -> None:
    narration = next(found for found in steps("maths") if found.formulas)
    panel.set_narration(narration, "maths")
    labels = [label for label in panel.formulas.findChildren(Label) if label.isVisible()]
    assert [label.text() for label in labels[::2]] == [formula.symbols for formula in narration.formulas]
    assert len(labels) == 2 * len(narration.formulas)
    assert all(label.textFormat() == Qt.TextFormat.RichText for label in labels)


def test_the_empty_panel_says_what_to_do_and_does_it(panel: ExplanationPanel) -> None:
    heard = Heard(panel.play_requested)
    assert "play" in panel.sentences.text()
    assert panel.play_button.isVisible()
    panel.play_button.click()
    assert len(heard.all) == 1
    panel.set_narration(steps("words")[0], "words")
    assert not panel.play_button.isVisible()
    panel.set_narration(None, "words")
    assert panel.play_button.isVisible()
    assert not panel.table.isVisible()


def test_a_shorter_text_leaves_no_gap_for_a_moment(qtbot: QtBot) -> None:
    panel = ExplanationPanel()
    column = SideColumn("Explanation", 340, panel)
    qtbot.addWidget(column)
    column.resize(340, 500)
    column.show()
    settled(column)
    heights = set()
    for narration in steps("numbers"):
        panel.set_narration(narration, "numbers")
        layout = panel.layout()
        assert layout is not None
        assert panel.height() == layout.totalHeightForWidth(panel.width())
        heights.add(panel.height())
    assert len(heights) > 3
