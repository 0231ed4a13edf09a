"""Which gesture a press begins, and which pointer shape says so beforehand: tables by tool and target."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt

from widgets.canvas.gestures.add import Add
from widgets.canvas.gestures.band import Band
from widgets.canvas.gestures.connect import Connect
from widgets.canvas.gestures.erase import Erase
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.move import Move
from widgets.canvas.gestures.surface import Pointer, Surface
from widgets.canvas.gestures.value_drag import ValueDrag
from widgets.canvas.hit import Hit, HitKind

Tool = Literal["select", "add", "connect", "erase"]
TOOLS: tuple[Tool, ...] = ("select", "add", "connect", "erase")

Begin = Callable[[Surface, Pointer, Hit], Gesture]


def _move(surface: Surface, start: Pointer, hit: Hit) -> Gesture:
    assert hit.node is not None
    return Move(surface, start, hit.node)


def _draw_edge(surface: Surface, start: Pointer, hit: Hit) -> Gesture:
    assert hit.node is not None
    return Connect(surface, start, hit.node)


def _connect(surface: Surface, start: Pointer, hit: Hit) -> Gesture:
    assert hit.node is not None
    return Connect(surface, start, hit.node, may_stick=True)


def _value(surface: Surface, start: Pointer, hit: Hit) -> Gesture:
    assert hit.element is not None
    return ValueDrag(surface, start, hit.element)


def _band(surface: Surface, start: Pointer, hit: Hit) -> Gesture:
    return Band(surface, start, hit.edge)


def _add(surface: Surface, start: Pointer, _hit: Hit) -> Gesture:
    return Add(surface, start)


def _erase(surface: Surface, start: Pointer, _hit: Hit) -> Gesture:
    return Erase(surface, start)


_ERASE: dict[HitKind, Begin] = dict.fromkeys(("node", "rim", "pill", "edge", "bias", "nothing"), _erase)

BEGIN: dict[Tool, dict[HitKind, Begin]] = {
    "select": {
        "node": _move, "rim": _draw_edge, "pill": _value, "edge": _band, "bias": _value, "nothing": _band,
    },
    "add": {
        "node": _move, "rim": _draw_edge, "pill": _value, "edge": _add, "bias": _value, "nothing": _add,
    },
    "connect": {
        "node": _connect, "rim": _connect, "pill": _value, "edge": _band, "bias": _connect, "nothing": _band,
    },
    "erase": _ERASE,
}  # fmt: skip

SHAPE = Qt.CursorShape

CURSORS: dict[Tool, dict[HitKind, Qt.CursorShape]] = {
    "select": {
        "node": SHAPE.SizeAllCursor, "rim": SHAPE.CrossCursor, "pill": SHAPE.SizeVerCursor,
        "edge": SHAPE.PointingHandCursor, "bias": SHAPE.SizeVerCursor, "nothing": SHAPE.ArrowCursor,
    },
    "add": {
        "node": SHAPE.SizeAllCursor, "rim": SHAPE.CrossCursor, "pill": SHAPE.SizeVerCursor,
        "edge": SHAPE.CrossCursor, "bias": SHAPE.SizeVerCursor, "nothing": SHAPE.CrossCursor,
    },
    "connect": {
        "node": SHAPE.CrossCursor, "rim": SHAPE.CrossCursor, "pill": SHAPE.SizeVerCursor,
        "edge": SHAPE.PointingHandCursor, "bias": SHAPE.CrossCursor, "nothing": SHAPE.ArrowCursor,
    },
    "erase": {
        "node": SHAPE.PointingHandCursor, "rim": SHAPE.PointingHandCursor,
        "pill": SHAPE.PointingHandCursor, "edge": SHAPE.PointingHandCursor,
        "bias": SHAPE.PointingHandCursor, "nothing": SHAPE.ArrowCursor,
    },
}  # fmt: skip
