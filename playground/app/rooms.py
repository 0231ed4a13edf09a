"""The rooms of the window: one is shown, each is made when it is first opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from playground.app import settings as remembered
from playground.app.actions import DRAW, PASS, SPECS
from playground.app.settings import Settings
from widgets.controls.labels import Rule
from widgets.rail import Rail

RoomKey = Literal["play", "kernels"]
ROOMS: tuple[RoomKey, ...] = ("play", "kernels")
WIDE_ENOUGH_PX = 1180
"""From this width on the rooms have names."""
WIDGET_SIZE_MAX = 16_777_215
"""Qt's own largest size of a widget."""

ON_THE_STAGE = frozenset(
    {
        *(spec.name for spec in SPECS if spec.menu in (DRAW, PASS)),
        *("cut", "copy", "paste", "duplicate", "delete", "select_all", "rename"),
        "save_animation",
        *("zoom_fit", "zoom_in", "zoom_out", "side_data", "side_settings", "side_outline"),
    }
)
"""Actions that do something to the stage, and so have a meaning only where it is seen."""


class Rooms(QWidget):
    """The rail and, beside it, the room that is open; the last one is remembered."""

    changed = Signal(str)

    def __init__(
        self,
        actions: Mapping[str, QAction],
        makers: Mapping[RoomKey, Callable[[], QWidget]],
        settings: Settings,
    ) -> None:
        super().__init__()
        self._actions = actions
        self._makers = makers
        self._settings = settings
        self._made: dict[RoomKey, QWidget] = {}
        self._current: RoomKey = "play"
        self.rail = Rail(actions)
        self._stack = QStackedWidget()
        rule = Rule()
        rule.setMinimumSize(1, 0)
        rule.setMaximumSize(1, WIDGET_SIZE_MAX)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(rule)
        row.addWidget(self._stack, 1)
        self._enter("play")

    @property
    def current(self) -> RoomKey:
        """The room that is open."""
        return self._current

    @property
    def remembered(self) -> RoomKey:
        """The room that was open last, perhaps in another window."""
        return cast("RoomKey", self._settings.get(remembered.ROOM))

    def room(self, key: RoomKey) -> QWidget | None:
        """A room, or None while it was never opened."""
        return self._made.get(key)

    def go(self, key: RoomKey) -> None:
        """Open a room, and remember it."""
        self._settings.set(remembered.ROOM, key)
        if key != self._current:
            self._enter(key)
            self.changed.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names of the rooms out where the window is narrow."""
        self.rail.set_narrow(event.size().width() < WIDE_ENOUGH_PX)
        super().resizeEvent(event)

    def _enter(self, key: RoomKey) -> None:
        if key not in self._made:
            self._made[key] = self._makers[key]()
            self._stack.addWidget(self._made[key])
        self._current = key
        self._stack.setCurrentWidget(self._made[key])
        self._actions[f"room_{key}"].setChecked(True)
        for name in ON_THE_STAGE:
            self._actions[name].setEnabled(key == "play")
