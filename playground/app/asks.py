"""The dialogs that the window's actions open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence

import playground
from playground.app import settings as remembered
from playground.app.actions import SPECS, translated
from playground.model.examples import EXAMPLES
from playground.model.message import message
from widgets.canvas.keys_list import CANVAS_KEYS
from widgets.runs.keys_list import RUN_KEYS
from widgets.text import say

if TYPE_CHECKING:
    from playground.app.window import Window
    from widgets.dialogs.settings_dialog import WindowSettings


class Asks(QObject):
    """Opens dialogs, and does what was answered."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window

    def choose_example(self) -> None:
        """Show the gallery, and open what is chosen."""
        from playground.app.gallery import example_pictures
        from widgets.dialogs.examples_dialog import ExamplesDialog

        dialog = ExamplesDialog(EXAMPLES, example_pictures(self._window.theming.theme), self._window)
        if dialog.wait():
            self._window.files.open_example(dialog.chosen_key)

    def add_layer(self) -> None:
        """Ask for a layer, and add it."""
        from widgets.dialogs.add_layer_dialog import AddLayerDialog

        dialog = AddLayerDialog(self._window.play.level, self._window)
        if dialog.wait() and self._window.document.apply(dialog.edit):
            self._window.room.canvas.zoom_to_fit()

    def show_settings(self) -> None:
        """Show the settings; each change holds at once."""
        from widgets.dialogs.settings_dialog import SettingsDialog, WindowSettings

        settings = self._window.settings
        present = WindowSettings(
            theme=settings.get(remembered.THEME),
            content_scale=settings.get(remembered.CONTENT_SCALE),
            presenting_scale=settings.get(remembered.PRESENTING_SCALE),
            reduced_motion=settings.get(remembered.REDUCED_MOTION),
            presenting_screen=settings.get(remembered.PRESENTING_SCREEN),
        )
        names = [screen.name() for screen in QGuiApplication.screens()]
        dialog = SettingsDialog(present, names, self._window)
        dialog.changed.connect(self._take_settings)
        dialog.wait()

    def show_keys(self) -> None:
        """Show every key on one sheet."""
        from widgets.dialogs.shortcut_sheet import Shortcut, ShortcutSheet

        native = QKeySequence.SequenceFormat.NativeText
        of_actions = [
            Shortcut(
                translated(spec.menu).replace("&", ""),
                translated(spec.text).removesuffix("…"),
                " / ".join(keys.toString(native) for keys in self._window.acts[spec.name].shortcuts()),
            )
            for spec in SPECS
            if self._window.acts[spec.name].shortcuts()
        ]
        of_canvas = [Shortcut(say(entry.group), say(entry.text), say(entry.keys)) for entry in CANVAS_KEYS]
        of_runs = [Shortcut(say(entry.group), say(entry.text), say(entry.keys)) for entry in RUN_KEYS]
        ShortcutSheet([*of_actions, *of_canvas, *of_runs], self._window).wait()

    def show_about(self) -> None:
        """Say what program this is."""
        from widgets.controls.buttons import Button
        from widgets.controls.labels import Label
        from widgets.dialogs.dialog import Dialog

        dialog = Dialog(self.tr("Neural Playground"), self._window)
        about = message(
            "Version {version}. Free to use and to change, under the MIT licence.",
            version=playground.__version__,
        )
        dialog.add(
            Label(self.tr("See what a neural network does: draw it, watch its numbers, let it learn."))
        )
        dialog.add(Label(say(about), "muted"))
        close = Button(self.tr("Close"), self.tr("Close this (Esc)"), "primary")
        close.clicked.connect(dialog.accept)
        dialog.add_button(close, is_default=True)
        dialog.wait()

    def _take_settings(self, wanted: WindowSettings) -> None:
        settings = self._window.settings
        settings.set(remembered.THEME, wanted.theme)
        settings.set(remembered.CONTENT_SCALE, wanted.content_scale)
        settings.set(remembered.PRESENTING_SCALE, wanted.presenting_scale)
        settings.set(remembered.REDUCED_MOTION, wanted.reduced_motion)
        settings.set(remembered.PRESENTING_SCREEN, wanted.presenting_screen)
