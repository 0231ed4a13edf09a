"""The canvas's own keys and gestures, for the sheet that lists them."""

from __future__ import annotations

from dataclasses import dataclass

from playground.model.message import Message, message


@dataclass(frozen=True, slots=True)
class CanvasKey:
    """What a key or a gesture on the canvas does."""

    group: Message
    text: Message
    keys: Message


KEYBOARD = message("On the network, by keyboard")
POINTER = message("On the network, by mouse or finger")
PRESENTING = message("While presenting")

CANVAS_KEYS: tuple[CanvasKey, ...] = (
    CanvasKey(KEYBOARD, message("Go from node to node"), message("Arrow keys")),
    CanvasKey(KEYBOARD, message("Go to the next node in the order of a pass"), message("Tab")),
    CanvasKey(KEYBOARD, message("Go to the next edge of a node"), message("E")),
    CanvasKey(KEYBOARD, message("Add a node"), message("N")),
    CanvasKey(KEYBOARD, message("Draw an edge from this node"), message("C, arrow keys, Enter")),
    CanvasKey(KEYBOARD, message("Show all about the chosen node or edge"), message("Enter")),
    CanvasKey(KEYBOARD, message("Type a weight"), message("W")),
    CanvasKey(KEYBOARD, message("Type a bias"), message("B")),
    CanvasKey(KEYBOARD, message("Change the weight or bias a little"), message("+ / −")),
    CanvasKey(KEYBOARD, message("Choose how a node squashes its sum"), message("A")),
    CanvasKey(KEYBOARD, message("Move the chosen nodes"), message("Alt + arrow keys")),
    CanvasKey(KEYBOARD, message("Play or pause"), message("Space")),
    CanvasKey(KEYBOARD, message("Leave what has been begun"), message("Esc")),
    CanvasKey(POINTER, message("Zoom"), message("Wheel, or two fingers")),
    CanvasKey(POINTER, message("See another part"), message("Hold Space and drag, or the middle button")),
    CanvasKey(POINTER, message("Draw an edge"), message("Drag from a node's rim")),
    CanvasKey(POINTER, message("Choose several nodes"), message("Drag over them")),
    CanvasKey(
        POINTER, message("Change a weight or bias"), message("Drag its number; hold Shift for small steps")
    ),
    CanvasKey(POINTER, message("Change the chosen weight"), message("Wheel over its number")),
    CanvasKey(POINTER, message("Type a name, weight or bias"), message("Double click")),
    CanvasKey(POINTER, message("Everything else"), message("Right click")),
    CanvasKey(PRESENTING, message("Next or previous phase"), message("Page down / Page up")),
    CanvasKey(PRESENTING, message("Next or previous step"), message("→ / ←")),
    CanvasKey(PRESENTING, message("Play or pause"), message("Space")),
    CanvasKey(PRESENTING, message("Larger or smaller"), message("+ / −")),
    CanvasKey(PRESENTING, message("Black screen"), message(". or B")),
    CanvasKey(PRESENTING, message("Back to the window"), message("Esc")),
)
