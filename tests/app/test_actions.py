"""The table of actions: complete, and no key twice."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QTranslator
from PySide6.QtGui import QKeySequence

from playground.app import actions
from playground.app.actions import CHOICES, SPECS, SWITCHES, TABLE_CONTEXT, ActionSpec, make_actions

MENUS = {actions.FILE, actions.EDIT, actions.DRAW, actions.PASS, actions.LEARN, actions.VIEW, actions.HELP}


class Shouting(QTranslator):
    """Translates every text of the table, and nothing else, into capitals."""

    def translate(
        self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        """Return the text in capitals."""
        return source.upper() if context == TABLE_CONTEXT else None


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_an_action_is_complete(spec: ActionSpec) -> None:
    assert spec.name.isidentifier()
    assert spec.text.strip() == spec.text != ""
    assert spec.tip.strip() == spec.tip != ""
    assert spec.menu in MENUS
    assert not spec.tip.endswith((".", "!"))
    assert spec.keys


def test_names_and_texts_are_unique() -> None:
    assert len({spec.name for spec in SPECS}) == len(SPECS)
    texts = Counter((spec.menu, spec.text) for spec in SPECS)
    assert not [text for text, count in texts.items() if count > 1]


def test_no_key_stands_for_two_actions() -> None:
    keys = [QKeySequence(key) for spec in SPECS for key in spec.keys]
    assert all(sequence.count() == 1 for sequence in keys)
    names = Counter(sequence.toString(QKeySequence.SequenceFormat.PortableText) for sequence in keys)
    assert "" not in names
    assert not [name for name, count in names.items() if count > 1]


def test_every_menu_has_entries() -> None:
    assert {spec.menu for spec in SPECS} == MENUS


def test_what_can_be_chosen_stands_in_one_choice() -> None:
    chosen = [*SWITCHES, *(name for choice in CHOICES for name in choice)]
    assert sorted(chosen) == sorted(spec.name for spec in SPECS if spec.checkable)


def test_made_actions_say_what_the_table_says(qapp: QCoreApplication) -> None:
    parent = QObject()
    made = make_actions(parent)
    assert list(made) == [spec.name for spec in SPECS]
    for spec in SPECS:
        action = made[spec.name]
        assert action.text() == spec.text
        assert action.isCheckable() == spec.checkable
        assert [shortcut.toString() for shortcut in action.shortcuts()] == [
            QKeySequence(key).toString() for key in spec.keys
        ]
        assert action.toolTip().startswith(spec.tip)
        for key in spec.keys:
            assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) in action.toolTip()
        assert action.parent() is parent


def test_every_text_is_translated(qapp: QCoreApplication) -> None:
    translator = Shouting()
    qapp.installTranslator(translator)
    try:
        parent = QObject()
        made = make_actions(parent)
    finally:
        qapp.removeTranslator(translator)
    for spec in SPECS:
        assert made[spec.name].text() == spec.text.upper()
        assert made[spec.name].statusTip() == spec.tip.upper()
