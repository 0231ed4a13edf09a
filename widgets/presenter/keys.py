"""The keys of a presentation, those of a clicker among them: one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

Deed = Literal["phase", "step", "seek", "scale", "black", "leave", "escape", "play"]


@dataclass(frozen=True, slots=True)
class KeyDeed:
    """What a key does, and in which direction: +1 onward, -1 back."""

    deed: Deed
    direction: int = 0


_KEYS: dict[Qt.Key, KeyDeed] = {
    Qt.Key.Key_PageDown: KeyDeed("phase", +1),
    Qt.Key.Key_PageUp: KeyDeed("phase", -1),
    Qt.Key.Key_Right: KeyDeed("step", +1),
    Qt.Key.Key_Left: KeyDeed("step", -1),
    Qt.Key.Key_Home: KeyDeed("seek", -1),
    Qt.Key.Key_End: KeyDeed("seek", +1),
    Qt.Key.Key_Plus: KeyDeed("scale", +1),
    Qt.Key.Key_Equal: KeyDeed("scale", +1),
    Qt.Key.Key_Minus: KeyDeed("scale", -1),
    Qt.Key.Key_B: KeyDeed("black"),
    Qt.Key.Key_Period: KeyDeed("black"),
    Qt.Key.Key_F5: KeyDeed("leave"),
    Qt.Key.Key_Escape: KeyDeed("escape"),
    Qt.Key.Key_Space: KeyDeed("play"),
}
_IGNORED = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
"""A plus may need Shift, and the keypad has its own."""


def deed_of(event: QKeyEvent) -> KeyDeed | None:
    """Return what a key press does while presenting, or None where it does nothing of its own.

    Only the keys for the size may be pressed together with Ctrl, as in other programs.
    """
    found = _KEYS.get(Qt.Key(event.key()))
    if found is None:
        return None
    modifiers = event.modifiers() & ~_IGNORED
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return found
    if modifiers == Qt.KeyboardModifier.ControlModifier and found.deed == "scale":
        return found
    return None
