"""What holds for every panel and dialog: words in every language, both themes, names, keys, room to press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from resources.theme import DARK, LIGHT, THEMES, Theme
from tests.widgets.colours import colours_of
from tests.widgets.gallery import GALLERY, OWN_WORDS
from tests.widgets.pseudo import cut_texts, pseudo_language, settled, unrest, untranslated, visible_parts
from tests.widgets.themed import themed

WHITE = {"#ffffff"}
"""Ink on an accent as well as a ground."""
CONTROLS = (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit)


def shown(qtbot: QtBot, name: str) -> QWidget:
    root = GALLERY[name]()
    qtbot.addWidget(root)
    root.show()
    settled(root)
    return root


def controls(root: QWidget) -> list[QWidget]:
    found = [part for part in visible_parts(root) if isinstance(part, CONTROLS)]
    # A plain QAbstractButton is the corner of a table, which Qt makes itself.
    return [part for part in found if not isinstance(part, QScrollBar) and type(part) is not QAbstractButton]


def has_a_key(part: QWidget) -> bool:
    """Whether Tab leads there, or to one of its group, from which the arrow keys go on."""
    group = part.group() if isinstance(part, QAbstractButton) else None
    members: list[QWidget] = [*group.buttons()] if group is not None and group.exclusive() else [part]
    return any(member.focusPolicy() & Qt.FocusPolicy.TabFocus for member in members)


@pytest.mark.parametrize("name", GALLERY)
def test_nothing_is_cut_in_english(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    with themed(qapp, LIGHT):
        assert cut_texts(shown(qtbot, name)) == []


@pytest.mark.parametrize("name", GALLERY)
def test_every_text_is_translated_and_none_is_cut_when_forty_per_cent_longer(
    qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    with themed(qapp, LIGHT), pseudo_language():
        root = shown(qtbot, name)
        assert untranslated(root, OWN_WORDS) == []
        assert cut_texts(root) == []


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("name", GALLERY)
def test_both_themes_are_painted_in_their_own_colours(
    qtbot: QtBot, qapp: QApplication, name: str, theme: Theme
) -> None:
    with themed(qapp, theme):
        picture = shown(qtbot, name).grab().toImage()
        colours = colours_of(picture)
        other = LIGHT if theme is DARK else DARK
        assert colours & {QColor(colour).name() for colour in (theme.surface, theme.background)}
        assert not colours & {QColor(colour).name() for colour in (other.surface, other.background)} - WHITE


@pytest.mark.parametrize("name", GALLERY)
def test_all_is_still_while_nobody_does_anything(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    with themed(qapp, LIGHT):
        assert unrest(shown(qtbot, name)) == []


@pytest.mark.parametrize("name", GALLERY)
def test_every_control_has_name_tooltip_keyboard_and_room(
    qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    with themed(qapp, LIGHT):
        root = shown(qtbot, name)
        for part in controls(root):
            told = f"{type(part).__name__} {part.accessibleName()!r}"
            assert part.accessibleName(), told
            is_inside_combo = isinstance(part.parentWidget(), QComboBox)
            assert part.toolTip() or is_inside_combo, told
            assert has_a_key(part) or not part.isEnabled(), told
            assert is_inside_combo or min(part.width(), part.height()) >= 24, f"{told}: {part.size()}"


def test_the_gallery_has_controls() -> None:
    assert len(GALLERY) > 20
