"""What each action does: the table that joins names to deeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup

from playground.app import settings as remembered
from playground.app.actions import CHOICES
from playground.app.rooms import ROOMS
from playground.model.keys import LEVELS, ROLES
from playground.model.maps import MAP_MODES
from widgets.canvas.gestures.table import Tool

if TYPE_CHECKING:
    from playground.app.asks import Asks
    from playground.app.exports import Exports
    from playground.app.sharing import Sharing
    from playground.app.window import Window

K = TypeVar("K", bound=str)

ZOOM_STEP = 1.25
TOOLS: Mapping[str, Tool] = {
    "tool_select": "select",
    "tool_add": "add",
    "tool_connect": "connect",
    "tool_erase": "erase",
}
LATER: Mapping[str, str] = {
    "examples": "commands.asks.choose_example",
    "settings": "commands.asks.show_settings",
    "add_layer": "commands.asks.add_layer",
    "shortcuts": "commands.asks.show_keys",
    "about": "commands.asks.show_about",
    "save_animation": "commands.exports.save_animation",
    "take_out": "commands.sharing.open",
    "sweep": "sweeps.open",
}
"""Deeds of parts of the window that are made when they are first asked for."""


class Commands(QObject):
    """Does what the window's actions ask for."""

    def __init__(self, window: Window, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window

    @cached_property
    def exports(self) -> Exports:
        """Saves pictures and films; made when it is first asked for, as all that only opens dialogs."""
        from playground.app.exports import Exports

        made = Exports(self._window, self._window.compute.background, self)
        made.notice.connect(self._window.status.show_notice)
        return made

    @cached_property
    def sharing(self) -> Sharing:
        """The dialog “Share”."""
        from playground.app.sharing import Sharing

        return Sharing(self._window, self._window.compute.background, self)

    @cached_property
    def asks(self) -> Asks:
        """The other dialogs."""
        from playground.app.asks import Asks

        return Asks(self._window, self)

    def connect_actions(self, actions: Mapping[str, QAction]) -> None:
        """Give every action its deed, and keep the checked ones at the present."""
        for name, deed in self._deeds().items():
            actions[name].triggered.connect(_plainly(deed))
        for names in CHOICES:
            group = QActionGroup(self)
            for name in names:
                group.addAction(actions[name])
        actions["tool_select"].setChecked(True)
        self._follow_undo(actions)
        self._follow_choices(actions)
        self._follow_work(actions)

    def shutdown(self) -> None:
        """Stop what is still being drawn."""
        for name in {"exports", "sharing"} & vars(self).keys():  # those that were made
            getattr(self, name).shutdown()

    def _deeds(self) -> Mapping[str, Callable[[], object]]:
        window = self._window
        canvas, commands, player = window.room.canvas, window.room.canvas.commands, window.player
        deeds: dict[str, Callable[[], object]] = {
            "new": window.files.new,
            "open": window.files.ask_open,
            "open_table": window.tables.ask_open,
            "paste_table": window.tables.paste,
            "save": window.files.save,
            "save_as": window.files.save_as,
            "save_picture": self._save_picture,
            "answer_rows": window.tables.ask_answers,
            "quit": window.close,
            "undo": window.document.undo_stack.undo,
            "redo": window.document.undo_stack.redo,
            "cut": commands.cut,
            "copy": commands.copy,
            "paste": window.data.paste,
            "duplicate": commands.duplicate,
            "delete": commands.delete,
            "select_all": commands.select_all,
            "rename": canvas.rename_selected,
            "connect_selected": commands.connect_selected,
            "group": lambda: commands.group(""),
            "share": commands.share,
            "unshare": commands.unshare,
            "tidy": commands.tidy_up,
            "play": window.passes.toggle,
            "step_forward": lambda: player.step(1),
            "step_back": lambda: player.step(-1),
            "pass_start": player.to_start,
            "pass_end": player.to_end,
            "next_phase": lambda: player.jump_by(1),
            "previous_phase": lambda: player.jump_by(-1),
            "leave_pass": window.passes.leave,
            "next_example": lambda: window.passes.go_on(1),
            "previous_example": lambda: window.passes.go_on(-1),
            "train": window.training.toggle,
            "one_epoch": lambda: window.training.start("epoch"),
            "one_batch": lambda: window.training.start("batch"),
            "start_over": window.training.start_over,
            "new_start": window.training.new_start,
            "look_back": lambda: window.runs.look_by(-1),
            "look_on": lambda: window.runs.look_by(1),
            "back_to_now": window.runs.back,
            "continue_here": window.time_travel.continue_here,
            "compare_runs": window.time_travel.compare,
            "web_playground": window.learning.take_web_playground,
            "fast_kernel": window.kernel.switch,
            "zoom_fit": canvas.zoom_to_fit,
            "zoom_in": lambda: canvas.zoom_by(ZOOM_STEP),
            "zoom_out": lambda: canvas.zoom_by(1 / ZOOM_STEP),
            "present": window.presenting.toggle,
        }
        for name, place in LATER.items():
            deeds[name] = _called(self._do_later, place)
        for name, tool in TOOLS.items():
            deeds[name] = _called(canvas.set_tool, tool)
        for role in ROLES:
            deeds[f"add_{role}"] = _called(commands.add_node, role)
        for level in LEVELS:
            deeds[f"level_{level}"] = _called(window.play.set_level, level)
        for mode in MAP_MODES:
            deeds[f"maps_{mode}"] = _called(window.maps.set_mode, mode)
        for theme in remembered.THEMES:
            deeds[f"theme_{theme}"] = _called(self._set_theme, theme)
        for room in ROOMS:
            deeds[f"room_{room}"] = _called(window.rooms.go, room)
        for side in ("data", "settings", "outline"):
            deeds[f"side_{side}"] = _called(window.room.show_side, side)
        return deeds

    def _follow_undo(self, actions: Mapping[str, QAction]) -> None:
        stack = self._window.document.undo_stack
        for name, is_able, changed, text_changed in (
            ("undo", stack.canUndo(), stack.canUndoChanged, stack.undoTextChanged),
            ("redo", stack.canRedo(), stack.canRedoChanged, stack.redoTextChanged),
        ):
            action = actions[name]
            plain, tip = action.text(), action.toolTip()
            action.setIconText(plain)
            action.setEnabled(is_able)
            changed.connect(action.setEnabled)

            def show(text: str, action: QAction = action, plain: str = plain, tip: str = tip) -> None:
                what = f"{plain} {text[:1].lower()}{text[1:]}" if text else plain
                action.setText(what)
                action.setIconText(plain)
                action.setToolTip(f"{what}\n{tip}" if text else tip)

            text_changed.connect(show)

    def _follow_choices(self, actions: Mapping[str, QAction]) -> None:
        window = self._window

        def show_level(level: str) -> None:
            actions[f"level_{level}"].setChecked(True)
            window.tool_bar.set_level(window.play.level)

        def show_theme(key: str) -> None:
            if key == remembered.THEME.key:
                actions[f"theme_{window.settings.get(remembered.THEME)}"].setChecked(True)

        def show_maps(mode: str) -> None:
            actions[f"maps_{mode}"].setChecked(True)

        window.maps.mode_changed.connect(show_maps)
        show_maps(window.maps.mode)
        window.play.level_changed.connect(show_level)
        window.settings.changed.connect(show_theme)
        show_level(window.play.level)
        show_theme(remembered.THEME.key)

    def _follow_work(self, actions: Mapping[str, QAction]) -> None:
        window = self._window

        def show_running(is_running: bool) -> None:
            actions["train"].setText(self.tr("Pause learning") if is_running else self.tr("Train"))
            for name in ("one_epoch", "one_batch"):
                actions[name].setEnabled(not is_running)

        def show_playing(is_playing: bool) -> None:
            actions["play"].setText(self.tr("Pause the pass") if is_playing else self.tr("Play"))

        def show_past(is_past: bool) -> None:
            for name in ("look_on", "back_to_now", "continue_here"):
                actions[name].setEnabled(is_past)

        def show_runs() -> None:
            actions["look_back"].setEnabled(window.runs.current is not None)
            actions["compare_runs"].setEnabled(len(window.runs.listed) > 1)

        window.time_travel.looked.connect(show_past)
        window.runs.changed.connect(show_runs)
        show_past(False)
        show_runs()
        window.training.running_changed.connect(show_running)
        window.player.playing_changed.connect(show_playing)

    def _do_later(self, place: str) -> None:
        """Do the deed that the window has at this place."""
        attrgetter(place)(self._window)()

    def _save_picture(self) -> None:
        """Save what the room shows: the stage, or a plot."""
        kernels = self._window.kernels
        if self._window.rooms.current == "kernels" and kernels is not None:
            kernels.save_picture()
        else:
            self.exports.save_picture()

    def _set_theme(self, choice: str) -> None:
        self._window.settings.set(remembered.THEME, choice)


def _called(deed: Callable[[K], object], key: K) -> Callable[[], object]:
    """Return the deed with its key."""
    return lambda: deed(key)


def _plainly(deed: Callable[[], object]) -> Callable[[], None]:
    """Return the deed without the signal's own argument."""

    def do() -> None:
        deed()

    return do
