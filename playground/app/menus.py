"""The menus, made from the table of actions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from playground.app.actions import EDIT, SPECS, translated
from playground.app.recent import RecentFiles

Open = Callable[[Path], None]

RULES_BEFORE = frozenset(
    {
        "examples",
        "save",
        "save_picture",
        "answer_rows",
        "quit",
        "cut",
        "settings",
        "add_layer",
        "group",
        "zoom_fit",
    }
    | {
        "room_play",
        "maps_on",
        "theme_light",
        "present",
        "next_phase",
        "next_example",
        "start_over",
        "look_back",
        "web_playground",
        "fast_kernel",
        "about",
    }
)
"""Actions that a hairline stands above."""


def fill_menu(menu: QMenu, actions: Mapping[str, QAction], recent: RecentFiles, open_file: Open) -> None:
    """Fill the menu of the tool bar: one submenu for each group of actions."""
    for title in titles():
        fill_group(menu.addMenu(translated(title)), title, actions, recent, open_file)


def fill_menu_bar(
    window: QMainWindow,
    actions: Mapping[str, QAction],
    recent: RecentFiles,
    open_file: Open,
    platform: str = sys.platform,
) -> None:
    """Fill the bar at the top of the screen; elsewhere than on macOS the tool bar's menu will do."""
    if platform != "darwin":
        return
    for title in titles():
        fill_group(window.menuBar().addMenu(translated(title)), title, actions, recent, open_file)


def titles() -> tuple[str, ...]:
    """Return the titles of the menus in order, untranslated."""
    return tuple(dict.fromkeys(spec.menu for spec in SPECS))


def fill_group(
    menu: QMenu, title: str, actions: Mapping[str, QAction], recent: RecentFiles, open_file: Open
) -> None:
    """Fill one menu with its actions; the first one also lists the recent files."""
    if title == EDIT:
        menu.addActions([actions["undo"], actions["redo"]])
    for spec in SPECS:
        if spec.menu != title or spec.name in ("undo", "redo"):
            continue
        if spec.name in RULES_BEFORE:
            menu.addSeparator()
        menu.addAction(actions[spec.name])
        if spec.name == "examples":
            add_recent(menu, recent, open_file)


def add_recent(menu: QMenu, recent: RecentFiles, open_file: Open) -> None:
    """Add a submenu of recent files, which is up to date whenever it opens."""
    files = menu.addMenu(QCoreApplication.translate("Menus", "Recent files"))
    files.aboutToShow.connect(lambda: fill_recent(files, recent, open_file))
    fill_recent(files, recent, open_file)


def fill_recent(menu: QMenu, recent: RecentFiles, open_file: Open) -> None:
    """List the recent files as they are now."""
    menu.clear()
    for path in recent.files:
        action = menu.addAction(path.name)
        action.setToolTip(str(path))
        action.triggered.connect(lambda _checked=False, chosen=path: open_file(chosen))
    if menu.isEmpty():
        none = menu.addAction(QCoreApplication.translate("Menus", "No files yet"))
        none.setEnabled(False)
