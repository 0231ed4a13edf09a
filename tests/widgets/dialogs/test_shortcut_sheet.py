"""Every key stands on the sheet, and can be found."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.widgets.pseudo import visible_parts
from widgets.controls.labels import Label
from widgets.dialogs.shortcut_sheet import Shortcut, ShortcutSheet

KEYS = (
    Shortcut("File", "Save", "Ctrl+S"),
    Shortcut("File", "Open", "Ctrl+O"),
    Shortcut("Draw", "Add node", "N"),
    Shortcut("Pass", "Play", "P"),
)


def labels(sheet: ShortcutSheet) -> list[str]:
    return [part.text() for part in visible_parts(sheet) if isinstance(part, Label)]


def test_all_are_shown_in_their_groups(qtbot: QtBot) -> None:
    sheet = ShortcutSheet(KEYS)
    qtbot.addWidget(sheet)
    sheet.show()
    assert sheet.shown() == KEYS
    texts = labels(sheet)
    for shortcut in KEYS:
        assert texts.index(shortcut.group) < texts.index(shortcut.text) < texts.index(shortcut.keys)
    assert texts.count("File") == 1


def test_a_word_or_a_key_is_found(qtbot: QtBot) -> None:
    sheet = ShortcutSheet(KEYS)
    qtbot.addWidget(sheet)
    sheet.show()
    QTest.keyClicks(sheet.search, "ctrl")
    assert sheet.shown() == KEYS[:2]
    assert "Draw" not in labels(sheet)
    sheet.search.clear()
    QTest.keyClicks(sheet.search, "play")
    assert sheet.shown() == KEYS[3:]
    sheet.search.clear()
    assert sheet.shown() == KEYS
