"""What a gesture sees of the canvas, and what it may ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import hypot
from typing import Protocol

from playground.model.edit import Edit
from playground.model.message import Message
from playground.model.network import EdgeKey
from playground.model.stage import Selection, Stage
from widgets.canvas.camera import Camera
from widgets.canvas.geometry import Geometry
from widgets.canvas.hit import Hit

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pointer:
    """The pointer at one instant: view pixels, and the keys that are held."""

    x: float
    y: float
    shift: bool = False
    ctrl: bool = False

    @property
    def at(self) -> Point:
        """The place as a pair."""
        return (self.x, self.y)

    def away_from(self, other: Pointer) -> float:
        """The distance to another place, in pixels."""
        return hypot(self.x - other.x, self.y - other.y)


class Surface(Protocol):
    """The canvas as gestures and commands know it."""

    @property
    def stage(self) -> Stage:
        """The stage as it came in."""

    @property
    def geometry(self) -> Geometry:
        """Where everything is shown."""

    @property
    def camera(self) -> Camera:
        """What part of the scene is seen."""

    def ask(self, edit: Edit) -> None:
        """Send an edit on its way."""

    def ask_new(self, edit: Edit) -> None:
        """Send an edit on its way and choose the nodes that it adds."""

    def choose(self, selection: Selection) -> None:
        """Select nodes and edges."""

    def hit_at(self, point: Point) -> Hit:
        """What lies under a point of the view."""

    def preview(self, places: Mapping[int, Point] | None) -> None:
        """Show nodes elsewhere for the time being; None shows them where they are."""

    def look(self, camera: Camera) -> None:
        """See another part of the scene."""

    def tell(self, text: Message) -> None:
        """Say something to the person."""

    def gesture_key(self) -> str:
        """A key of its own for every gesture, so that its edits become one undo step."""


def joined(old: Selection, nodes: frozenset[int], edges: frozenset[EdgeKey], pointer: Pointer) -> Selection:
    """The selection after choosing more: Shift adds, Ctrl turns about, otherwise only the new ones stay."""
    if pointer.ctrl:
        return Selection(old.nodes ^ nodes, old.edges ^ edges)
    if pointer.shift:
        return Selection(old.nodes | nodes, old.edges | edges)
    return Selection(nodes, edges)
