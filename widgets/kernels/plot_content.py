"""What a plot of the room shows: lines with names, two axes, and what its points are called."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from playground.model.message import Message

Ink = Literal["ink", "muted", "accent", "positive", "negative"]
Mark = Literal["", "circle", "square", "up", "down", "diamond", "star"]
Row = tuple[str | int | float, ...]

GLYPHS: Mapping[Mark, str] = {
    "": "",
    "circle": "●",
    "square": "■",
    "up": "▲",
    "down": "▼",
    "diamond": "◆",
    "star": "★",
}
"""The marks as they stand before the names of their lines."""


@dataclass(frozen=True, slots=True)
class Look:
    """The ink and the mark of a line: no two kernels share both."""

    ink: Ink
    mark: Mark
    width: float = 1.6
    is_dashed: bool = False


LOOKS: Mapping[str, Look] = {
    "python": Look("muted", "down"),
    "numba-loops": Look("muted", "square"),
    "numba-blocked": Look("muted", "diamond"),
    "numba-packed": Look("accent", "up"),
    "numba-parallel": Look("accent", "circle", 2.4),
    "numpy": Look("positive", "square"),
    "webgpu": Look("negative", "diamond"),
    "cuda": Look("negative", "circle"),
    "cublas": Look("negative", "up"),
}
"""How each rung of the ladder is drawn in every plot."""
OTHER = Look("ink", "star")
LIMIT = Look("ink", "", 1.4, is_dashed=True)
"""How a line is drawn that nothing can pass."""


@dataclass(frozen=True, slots=True)
class Line:
    """Points that belong together, with a name at their end or beside them.

    told : what each point says when it is pointed at; empty where the line only guides the eye
    beside : where the name stands from its last point, as (right, down) in shares of its own size; None
        puts it in the column at the right
    """

    name: Message
    look: Look
    points: tuple[tuple[float, float], ...]
    told: tuple[Message, ...] = ()
    beside: tuple[float, float] | None = None
    is_joined: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis with its name; it shows all points and at least what lies between low and high.

    ticks : places that must be named; None lets round numbers stand there
    """

    name: Message
    is_log: bool = False
    low: float | None = None
    high: float | None = None
    ticks: tuple[float, ...] | None = None

    def place(self, value: float) -> float:
        """Where a value stands along the axis, in the axis' own measure."""
        if not self.is_log:
            return value
        return math.log10(value) if value > 0 else -math.inf


@dataclass(frozen=True, slots=True)
class Content:
    """All that a plot shows."""

    lines: tuple[Line, ...]
    below: Axis
    left: Axis

    @property
    def is_empty(self) -> bool:
        """Whether nothing was measured yet: lines that only guide the eye do not count."""
        return not any(line.told for line in self.lines)


def spread_out(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Move places along a line as little as needed, so that neighbours are `apart`; in the same order.

    wanted : ascending places. Where there is no room for all between low and high, they begin at low.
    """
    placed: list[float] = []
    for want in wanted:
        placed.append(max(want, placed[-1] + apart if placed else low))
    room = high
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = max(min(placed[index], room), low + index * apart)
        room = placed[index] - apart
    return placed
