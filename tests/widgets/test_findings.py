"""What was noticed is said, and mended by the edit that belongs to it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from playground.model.edits import new_start, set_learning
from playground.model.message import message
from tests.widgets.gallery import Finding
from tests.widgets.spies import Heard
from widgets.findings import FindingsPanel

DEAD = Finding("dead", message("{count} nodes are silent.", count=2), message("Begin anew"), new_start())
FAST = Finding(
    "fast",
    message("The steps are too large."),
    message("Take smaller steps"),
    set_learning(learning_rate=0.01),
)


def made(qtbot: QtBot) -> FindingsPanel:
    panel = FindingsPanel()
    qtbot.addWidget(panel)
    return panel


def test_each_finding_has_its_sentence_and_its_edit(qtbot: QtBot) -> None:
    panel = made(qtbot)
    heard = Heard(panel.edit_requested)
    panel.set_findings([DEAD, FAST])
    assert [card.sentence.text() for card in panel.cards()] == [
        "2 nodes are silent.",
        "The steps are too large.",
    ]
    assert [card.mend.text() for card in panel.cards()] == ["Begin anew", "Take smaller steps"]
    for card in panel.cards():
        card.mend.click()
    assert heard.firsts == [DEAD.edit, FAST.edit]


def test_all_is_well_takes_no_room(qtbot: QtBot) -> None:
    panel = made(qtbot)
    panel.set_findings([DEAD])
    panel.set_findings([])
    assert panel.isHidden()
    assert panel.cards() == ()


def test_a_button_under_the_pointer_stays_the_same(qtbot: QtBot) -> None:
    panel = made(qtbot)
    panel.set_findings([DEAD])
    button = panel.cards()[0].mend
    panel.set_findings([DEAD, FAST])
    assert panel.cards()[0].mend is button
