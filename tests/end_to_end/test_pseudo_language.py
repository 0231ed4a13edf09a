"""The whole window in a language whose sentences are 40 % longer: all is translated, nothing is cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from playground.app.kernels_pages import TABS
from playground.app.window import Window
from playground.model import edits
from playground.model.keys import LEVELS, ROLES, Level
from playground.model.stage import Selection
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow
from tests.widgets.gallery import CSV, OWN_WORDS
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


@pytest.mark.usefixtures("measuring")
@pytest.mark.parametrize("level", LEVELS)
def test_the_room_kernels(spoken: Window, qtbot: QtBot, level: Level) -> None:
    spoken.play.set_level(level)
    spoken.acts["room_kernels"].trigger()
    kernels = spoken.kernels
    assert kernels is not None
    qtbot.waitUntil(lambda: kernels.is_ready, timeout=WAIT_MS)
    for tab in TABS:
        kernels.room.show_tab(tab)
        assert faults(spoken) == []
        kernels.room.pages.ask()
        qtbot.waitUntil(lambda: not kernels.measuring.is_running, timeout=WAIT_MS)
        kernels.room.pages.slow.pause()
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


class Inspector:
    """Looks at a dialog when it comes, and closes it."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.faults: list[str] = []

    def look(self, dialog: QDialog) -> None:
        """Keep what is wrong with the dialog."""
        self.faults.extend(faults(dialog))
        self.titles.append(dialog.windowTitle())
        dialog.reject()

    def has_seen_one(self) -> bool:
        """Whether a dialog has come."""
        return bool(self.titles)


@pytest.mark.parametrize("action", DIALOGS)
def test_a_dialog_of_an_action(spoken: Window, qtbot: QtBot, butler: Butler, action: str) -> None:
    inspector = Inspector()
    butler.expect(DIALOGS[action], inspector.look)
    spoken.acts[action].trigger()
    qtbot.waitUntil(inspector.has_seen_one, timeout=WAIT_MS)
    assert OPEN in inspector.titles[0]
    assert inspector.faults == []


FILES = {
    "fruit.csv": ("TableDialog", CSV),
    "fruit.txt": ("ErrorDialog", b"a\n1\n2\n"),
    "fruit.playground": ("ErrorDialog", b'{"format": "neural-playground"}'),
}
"""Files that lead to a dialog when they are opened."""


@pytest.mark.parametrize("name", FILES)
def test_a_dialog_of_a_file(spoken: Window, qtbot: QtBot, butler: Butler, tmp_path: Path, name: str) -> None:
    dialog, contents = FILES[name]
    (tmp_path / name).write_bytes(contents)
    inspector = Inspector()
    butler.expect(dialog, inspector.look)
    spoken.files.open(tmp_path / name)
    qtbot.waitUntil(inspector.has_seen_one, timeout=WAIT_MS)
    assert inspector.faults == []


def test_the_dialog_of_answers(spoken: Window, qtbot: QtBot, butler: Butler, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("height,squishiness,skin_colour\n0.2,0.3,0.4\n0.5,0.6,0.7\n")
    inspector = Inspector()
    butler.expect("PredictDialog", inspector.look)
    spoken.tables.answer(tmp_path / "new.csv")
    qtbot.waitUntil(inspector.has_seen_one, timeout=WAIT_MS)
    assert inspector.faults == []


def test_the_dialog_of_unsaved_work(spoken: Window, qtbot: QtBot, butler: Butler) -> None:
    spoken.room.canvas.commands.tidy_up()
    assert spoken.document.apply(edits.add_node("hidden", 0, 0))
    inspector = Inspector()
    butler.expect("UnsavedDialog", inspector.look)
    spoken.close()
    qtbot.waitUntil(inspector.has_seen_one, timeout=WAIT_MS)
    assert inspector.faults == []
    assert spoken.isVisible()


def test_every_menu(spoken: Window) -> None:
    menus = [menu for menu in spoken.menu.findChildren(QMenu) if menu.actions()]
    texts = [action.text() for menu in menus for action in menu.actions() if not action.isSeparator()]
    assert len(texts) > 40
    assert [text for text in texts if OPEN not in text and any(map(str.isalpha, text))] == []
    assert [action.toolTip() for action in spoken.acts.values() if OPEN not in action.toolTip()] == []
