"""Seeded hands: clicks, drags, wheels and keys in any order never break the canvas or the rules."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.widgets.canvas.sketch import Sketch, small
from widgets.canvas.gestures.table import TOOLS

K = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

KEYS = (
    K.Key_Left, K.Key_Right, K.Key_Up, K.Key_Down, K.Key_Tab, K.Key_Return, K.Key_Escape, K.Key_Space,
    K.Key_C, K.Key_N, K.Key_E, K.Key_A, K.Key_W, K.Key_B, K.Key_F2, K.Key_Plus, K.Key_Minus, K.Key_Delete,
    K.Key_V, K.Key_X, K.Key_D,
)  # fmt: skip
MODIFIERS = (NONE, NONE, NONE, SHIFT, CTRL, ALT)


def _somewhere(sketch: Sketch, rng: random.Random) -> QPoint:
    """Mostly on something, sometimes anywhere."""
    network = sketch.network
    if network.nodes and rng.random() < 0.5:
        node = rng.choice(list(network.nodes))
        return rng.choice((sketch.node, sketch.rim, sketch.bias))(node)
    if network.edges and rng.random() < 0.5:
        return sketch.pill(rng.choice(list(network.edges)))
    return QPoint(rng.randrange(900), rng.randrange(600))


def _act(sketch: Sketch, rng: random.Random) -> str:
    deed = rng.choice(("click", "drag", "drag", "leave a drag", "key", "key", "key", "tool", "menu", "undo"))
    keys = rng.choice(MODIFIERS)
    if deed == "click":
        sketch.click(_somewhere(sketch, rng), keys)
    elif deed == "drag":
        sketch.drag(_somewhere(sketch, rng), _somewhere(sketch, rng), keys)
    elif deed == "leave a drag":
        sketch.begin_drag(_somewhere(sketch, rng), _somewhere(sketch, rng))
        sketch.key(K.Key_Escape)
    elif deed == "key":
        sketch.key(rng.choice(KEYS), keys)
    elif deed == "tool":
        sketch.canvas.set_tool(rng.choice(TOOLS))
    elif deed == "menu":
        at = _somewhere(sketch, rng)
        place = (float(at.x()), float(at.y()))
        menu = sketch.canvas.menu_for(sketch.canvas.scene.hit_at(place), place)
        actions = [action for action in menu.actions() if action.isEnabled() and not action.isSeparator()]
        rng.choice(actions).trigger()
        menu.deleteLater()
    elif sketch.steps:
        sketch.undo_all()
    return deed


@pytest.mark.parametrize("seed", range(3))
def test_no_order_of_deeds_breaks_anything(qtbot: QtBot, seed: int) -> None:
    sketch = small(qtbot)
    rng = random.Random(seed)
    done: dict[str, int] = {}
    for _ in range(250):
        deed = _act(sketch, rng)
        done[deed] = done.get(deed, 0) + 1
        for menu in sketch.canvas.findChildren(QMenu):
            menu.close()
        if len(sketch.network.nodes) > 60:
            sketch.undo_all()
        network = sketch.network
        assert len(network.order) == len(network.nodes), "no circle"
        assert sketch.canvas.stage.selection.nodes <= network.nodes.keys()
        assert sketch.canvas.stage.selection.edges <= network.edges.keys()
    sketch.canvas.grab()
    sketch.key(K.Key_Escape)
    assert sketch.gesture() is None
    assert min(done.values()) > 5
