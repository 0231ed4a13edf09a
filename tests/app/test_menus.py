"""The menus hold every action once, in the order of the table, and the recent files."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from playground.app.actions import SPECS, make_actions
from playground.app.menus import RULES_BEFORE, fill_menu, fill_menu_bar, titles
from playground.app.recent import RecentFiles
from playground.app.settings import Settings


class Bench:
    """A window without contents, its actions, its recent files, and what was opened."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.actions = make_actions(self.window)
        self.recent = RecentFiles(Settings())
        self.opened: list[Path] = []

    def menu(self) -> QMenu:
        """The menu of the tool bar."""
        menu = QMenu(self.window)
        fill_menu(menu, self.actions, self.recent, self.opened.append)
        return menu


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def inside(menu: QMenu) -> list[QMenu]:
    """The menus within a menu."""
    return [found for action in menu.actions() if isinstance(found := action.menu(), QMenu)]


def names(menu: QMenu) -> list[str]:
    """Names of a menu's own actions."""
    return [action.objectName() for action in menu.actions() if action.objectName()]


def test_every_action_stands_in_its_menu_once(bench: Bench) -> None:
    groups = inside(bench.menu())
    assert [group.title() for group in groups] == list(titles())
    assert sorted(name for group in groups for name in names(group)) == sorted(spec.name for spec in SPECS)
    for group in groups:
        assert set(names(group)) == {spec.name for spec in SPECS if spec.menu == group.title()}


def test_hairlines_stand_between_groups_of_actions_that_exist(bench: Bench) -> None:
    assert {spec.name for spec in SPECS} >= RULES_BEFORE
    for group in inside(bench.menu()):
        actions = group.actions()
        rules = [index for index, action in enumerate(actions) if action.isSeparator()]
        assert 0 not in rules
        assert len(actions) - 1 not in rules
        assert all(later - earlier > 1 for earlier, later in pairwise(rules))


def files_of(menu: QMenu) -> QMenu:
    """The menu of recent files, as it is when it opens."""
    (files,) = inside(inside(menu)[0])
    files.aboutToShow.emit()
    return files


def test_recent_files_are_listed_as_they_are_now_and_opened(bench: Bench, tmp_path: Path) -> None:
    menu = bench.menu()
    (none,) = files_of(menu).actions()
    assert not none.isEnabled()
    paths = [tmp_path / "first.playground", tmp_path / "second.playground"]
    for path in paths:
        path.write_bytes(b"")
        bench.recent.add(path)
    listed: list[QAction] = files_of(menu).actions()
    assert [action.text() for action in listed] == ["second.playground", "first.playground"]
    assert [action.toolTip() for action in listed] == [str(path) for path in reversed(paths)]
    listed[1].trigger()
    assert bench.opened == [paths[0]]
    paths[1].unlink()
    assert [action.text() for action in files_of(menu).actions()] == ["first.playground"]


@pytest.mark.parametrize(("platform", "count"), [("darwin", len(titles())), ("linux", 0), ("win32", 0)])
def test_only_macos_has_a_bar_of_menus(bench: Bench, platform: str, count: int) -> None:
    fill_menu_bar(bench.window, bench.actions, bench.recent, bench.opened.append, platform)
    assert len(bench.window.menuBar().actions()) == count
