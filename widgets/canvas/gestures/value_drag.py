"""Value drag: dragging a pill changes its weight, dragging a bias changes the bias, live."""

from __future__ import annotations

from PySide6.QtCore import Qt

from playground.model import edits
from playground.model.edit import Edit
from playground.model.network import EdgeKey
from playground.model.stage import Selection, Stage
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer, Surface, joined
from widgets.canvas.stepping import FINE, PER_PIXEL, rounded, scale_of


def value_of(stage: Stage, element: int | EdgeKey) -> float:
    """The weight of an edge or the bias of a node."""
    if isinstance(element, int):
        return stage.parameters.bias(stage.network, element)
    return stage.parameters.weight(stage.network, element)


def set_value(element: int | EdgeKey, value: float, gesture: str | None = None) -> Edit:
    """The edit that sets the weight of an edge or the bias of a node."""
    if isinstance(element, int):
        return edits.set_bias(element, value, gesture)
    return edits.set_weight(element, value, gesture)


class ValueDrag(Gesture):
    """Changes a weight or bias: up and to the right is more, Shift is fine; one undo step in the end."""

    cursor = Qt.CursorShape.SizeAllCursor

    def __init__(self, surface: Surface, start: Pointer, element: int | EdgeKey) -> None:
        super().__init__(surface, start)
        self._element = element
        self._before = value_of(surface.stage, element)
        self._scale = scale_of(self._before)
        self._wish = self._before
        self._sent = self._before
        self._last = start
        self._key = surface.gesture_key()
        self._selection = surface.stage.selection

    def drag(self, to: Pointer) -> None:
        """Ask for the value that the way so far makes."""
        if self._sent == self._before and self._last is self.start:
            self.surface.choose(self._chosen(Pointer(to.x, to.y)))
        way = (to.x - self._last.x) - (to.y - self._last.y)
        self._last = to
        step = PER_PIXEL * self._scale * (FINE if to.shift else 1.0)
        self._wish += way * step
        value = rounded(self._wish, step)
        if value != self._sent:
            self._sent = value
            self.surface.ask(set_value(self._element, value, self._key))

    def click(self, at: Pointer) -> None:
        """Select the edge or node."""
        self.surface.choose(self._chosen(at))

    def cancel(self) -> None:
        """Give back the value that it had."""
        if self._sent != self._before and self._is_there():
            self.surface.ask(set_value(self._element, self._before, self._key))
        self.surface.choose(self._selection)

    def _is_there(self) -> bool:
        network = self.surface.stage.network
        return self._element in (network.nodes if isinstance(self._element, int) else network.edges)

    def _chosen(self, at: Pointer) -> Selection:
        if isinstance(self._element, int):
            return joined(self._selection, frozenset({self._element}), frozenset(), at)
        return joined(self._selection, frozenset(), frozenset({self._element}), at)
