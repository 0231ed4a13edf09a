"""The whole window in a language whose sentences are 40 % longer: all is translated, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from playground.app.window import Window
from playground.model.keys import LEVELS, ROLES, Level
from playground.model.stage import Selection
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from tests.widgets.gallery import OWN_WORDS
from tests.widgets.pseudo import OPEN, cut_texts, pseudo_language, settled, untranslated

KNOWN = (*OWN_WORDS, "Neural Playground", "Words", "HDMI", "offscreen")
"""Names that no language changes, and the person's own words."""

DIALOGS = {
    "examples": "ExamplesDialog",
    "settings": "SettingsDialog",
    "add_layer": "AddLayerDialog",
    "shortcuts": "ShortcutSheet",
    "about": "Dialog",
}
"""Actions that open a dialog, and its class."""


@pytest.fixture
def spoken(make_window: MakeWindow) -> Iterator[Window]:
    """A window that speaks the pseudo-language, at the smallest size of a laptop's screen."""
    with pseudo_language():
        window = make_window()
        window.resize(1280, 720)
        settled(window)
        yield window


def faults(root: QWidget) -> list[str]:
    """What is not translated, and what is cut."""
    settled(root)
    return [*untranslated(root, KNOWN), *cut_texts(root)]


@pytest.mark.parametrize("level", LEVELS)
def test_the_window_at_rest(spoken: Window, level: Level) -> None:
    spoken.play.set_level(level)
    assert OPEN in spoken.windowTitle()
    for side in ("data", "settings", "outline"):
        spoken.room.show_side(side)
        assert faults(spoken) == []


@pytest.mark.parametrize("level", LEVELS)
def test_every_step_of_a_pass(spoken: Window, level: Level) -> None:
    spoken.play.set_level(level)
    timeline = spoken.player.timeline
    assert timeline is not None
    assert timeline.step_count > 4
    for index in range(timeline.step_count):
        step = timeline.step(index)
        spoken.player.seek((step.start_s + step.end_s) / 2)
        spoken.keeper.refresh()
        assert faults(spoken) == []


@pytest.mark.parametrize("level", LEVELS)
def test_the_inspector(spoken: Window, level: Level) -> None:
    spoken.play.set_level(level)
    spoken.player.to_end()
    network = spoken.document.experiment.network
    nodes = [next(node.id for node in network.nodes.values() if node.role == role) for role in ROLES]
    for chosen in (
        *(Selection(frozenset({node})) for node in nodes),
        Selection(edges=frozenset(network.edge_keys[:1])),
        Selection(frozenset(network.nodes), frozenset(network.edges)),
    ):
        spoken.keeper.set_selection(chosen)
        assert spoken.room.inspector.isVisible()
        assert faults(spoken) == []


def test_while_it_learns(spoken: Window, qtbot: QtBot) -> None:
    spoken.training.toggle()
    qtbot.waitUntil(lambda: spoken.training.snapshot is not None, timeout=WAIT_MS)
    spoken.training.pause()
    qtbot.waitUntil(lambda: not spoken.training.is_running, timeout=WAIT_MS)
    assert faults(spoken) == []


def test_the_presentation(spoken: Window, qapp: QApplication) -> None:
    spoken.player.seek(1.0)
    spoken.keeper.refresh()
    spoken.presenting.open()
    presenter = spoken.presenting.presenter
    assert presenter is not None
    assert OPEN in presenter.sentence.text.text()
    assert faults(presenter) == []


@pytest.mark.parametrize("action", DIALOGS)
def test_a_dialog(spoken: Window, butler: Butler, action: str) -> None:
    found: list[str] = []
    shown: list[str] = []

    def look(dialog: QWidget) -> None:
        shown.append(dialog.windowTitle())
        found.extend(faults(dialog))
        dialog.close()

    butler.expect(DIALOGS[action], look)
    spoken.acts[action].trigger()
    assert shown
    assert OPEN in shown[0]
    assert found == []


def test_every_menu(spoken: Window) -> None:
    menus = [menu for menu in spoken.menu.findChildren(QMenu) if menu.actions()]
    texts = [action.text() for menu in menus for action in menu.actions() if not action.isSeparator()]
    assert len(texts) > 40
    assert [text for text in texts if OPEN not in text and any(map(str.isalpha, text))] == []
    assert [action.toolTip() for action in spoken.acts.values() if OPEN not in action.toolTip()] == []
