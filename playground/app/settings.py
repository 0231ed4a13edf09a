"""What the program remembers of the person: level, theme, sizes, where the window stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from playground.app.folders import NAME
from playground.model.keys import GRANULARITIES, LEVELS
from playground.model.maps import MAP_MODES

T = TypeVar("T", bool, int, float, str)

ThemeChoice = Literal["system", "light", "dark"]
THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One remembered value: its key, what it is at first, and what it may be.

    choices : the texts that are allowed, where there are only some; least, most : bounds of a number
    """

    key: str
    default: T
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None

    def accepts(self, value: T) -> bool:
        """Whether the value is one that the program can use."""
        if self.choices:
            return value in self.choices
        if self.least is None or self.most is None:
            return True
        return self.least <= float(value) <= self.most


LEVEL = Setting("level", "words", LEVELS)
THEME = Setting("theme", "system", THEMES)
GRANULARITY = Setting("granularity", "layer", GRANULARITIES)
SPEED = Setting("speed", 1.0, least=0.25, most=8.0)
LOOP = Setting("loop", False)
KEEP = Setting("keep_what_it_learns", True)
CONTENT_SCALE = Setting("content_scale", 1.0, least=1.0, most=2.5)
PRESENTING_SCALE = Setting("presenting_scale", 1.0, least=1.0, most=2.5)
PRESENTING_SCREEN = Setting("presenting_screen", "")
REDUCED_MOTION = Setting("reduced_motion", "system", ("system", "on", "off"))
LOG_LOSS = Setting("log_loss", False)
PACE = Setting("pace", 2.0, least=0.1, most=1000.0)
FLAT_OUT = Setting("as_fast_as_possible", True)
LAST_FOLDER = Setting("last_folder", "")
FAST_KERNEL = Setting("fast_kernel", False)
NODE_MAPS = Setting("node_maps", "auto", ("auto", *MAP_MODES))
TEST_POINTS = Setting("test_points", False)
ONLY_YES_OR_NO = Setting("only_yes_or_no", False)
ANSWERS_OPEN = Setting("answers_open", False)
WEIGHTS_OPEN = Setting("weights_open", False)
ROOM = Setting("room", "play", ("play", "kernels"))

ALL: tuple[Setting[bool] | Setting[float] | Setting[str], ...] = (
    LEVEL,
    THEME,
    GRANULARITY,
    SPEED,
    LOOP,
    KEEP,
    CONTENT_SCALE,
    PRESENTING_SCALE,
    PRESENTING_SCREEN,
    REDUCED_MOTION,
    LOG_LOSS,
    PACE,
    FLAT_OUT,
    LAST_FOLDER,
    FAST_KERNEL,
    NODE_MAPS,
    TEST_POINTS,
    ONLY_YES_OR_NO,
    ANSWERS_OPEN,
    WEIGHTS_OPEN,
    ROOM,
)
"""Every setting that has a value of its own."""


class Settings(QObject):
    """The remembered values, typed; one that was spoiled from outside counts as not there.

    changed(str) : the key of a setting that has another value now
    """

    changed = Signal(str)

    def __init__(self, store: QSettings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store or QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, "playground"
        )

    def get(self, setting: Setting[T]) -> T:
        """Return the remembered value, or the default."""
        found = self._store.value(setting.key)
        if found is None:
            return setting.default
        value = _read(str(found), setting.default)
        return value if value is not None and setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value; one that the setting does not accept is not remembered."""
        if not setting.accepts(value) or value == self.get(setting):
            return
        self._store.setValue(setting.key, _written(value))
        self.changed.emit(setting.key)

    def layout(self, name: str) -> bytes:
        """Return the geometry of a window or the sizes of a splitter, as Qt gave it; empty at first."""
        found = self._store.value(f"layout/{name}")
        return bytes(found.data()) if isinstance(found, QByteArray) else b""

    def set_layout(self, name: str, layout: bytes) -> None:
        """Remember the geometry of a window or the sizes of a splitter."""
        self._store.setValue(f"layout/{name}", QByteArray(layout))

    def texts(self, name: str) -> list[str]:
        """Return a remembered list of texts, such as the recent files."""
        size = self._store.beginReadArray(name)
        found = []
        for index in range(size):
            self._store.setArrayIndex(index)
            found.append(str(self._store.value("text", "")))
        self._store.endArray()
        return [text for text in found if text]

    def set_texts(self, name: str, texts: list[str]) -> None:
        """Remember a list of texts."""
        self._store.remove(name)
        self._store.beginWriteArray(name, len(texts))
        for index, text in enumerate(texts):
            self._store.setArrayIndex(index)
            self._store.setValue("text", text)
        self._store.endArray()

    def sync(self) -> None:
        """Write everything to the disk now."""
        self._store.sync()


def _written(value: bool | float | str) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _read(text: str, default: T) -> T | None:
    """The value in a text, of the type of the default; None where it is none."""
    if isinstance(default, bool):
        return {"true": True, "false": False}.get(text)
    try:
        return type(default)(text)
    except ValueError:
        return None
