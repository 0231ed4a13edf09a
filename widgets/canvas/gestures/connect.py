"""Connect: an edge is drawn from a node to another, and says on the way whether it may land."""

from __future__ import annotations

from PySide6.QtCore import Qt

from playground.model import edits
from playground.model.message import Message, message
from playground.model.stage import Selection
from widgets.canvas.gestures.gesture import Gesture
from widgets.canvas.gestures.surface import Pointer, Surface, joined
from widgets.canvas.overlay import Overlay

LET_GO_ON_A_NODE = message("Nothing was connected. Let go on another node to draw the edge.")


class Connect(Gesture):
    """Draws an edge from a node; from one of several selected nodes, an edge from each of them.

    may_stick : a click starts it as well, and the next click ends it (in the tool Connect)
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface, start: Pointer, source: int, *, may_stick: bool = False) -> None:
        super().__init__(surface, start)
        chosen = surface.stage.selection.nodes
        several = source in chosen and len(chosen) > 1
        self.sources: tuple[int, ...] = tuple(sorted(chosen)) if several else (source,)
        self.target: int | None = None
        self.refusal: Message | None = None
        self._may_stick = may_stick

    def drag(self, to: Pointer) -> None:
        """See what is under the pointer, and whether the edge may land there."""
        self.aim(self.surface.hit_at(to.at).node)

    def aim(self, target: int | None) -> None:
        """Choose where the edge is to land; None is nowhere."""
        self.target = None if target in self.sources else target
        self.refusal = None
        if self.target is not None:
            self.refusal = self._why_not(self.target)

    def drop(self, at: Pointer) -> None:
        """Ask for the edge, or say why there is none."""
        self.drag(at)
        self.land()

    def land(self) -> None:
        """Draw the edge to the node that is aimed at."""
        self.sticky = False
        if self.target is None:
            self.surface.tell(LET_GO_ON_A_NODE)
        elif self.refusal is not None:
            self.surface.tell(self.refusal)
        elif len(self.sources) == 1:
            self.surface.ask(edits.connect(self.sources[0], self.target))
        else:
            self.surface.ask(edits.connect_groups(self.sources, (self.target,)))

    def click(self, at: Pointer) -> None:
        """Select the node, or go on until the next click."""
        if self._may_stick and not self.sticky:
            self.sticky = True
            self.dragging = True
            return
        self.surface.choose(
            joined(self.surface.stage.selection, frozenset(self.sources), frozenset(), at)
            if at.shift or at.ctrl
            else Selection(frozenset(self.sources))
        )

    def paint(self, overlay: Overlay) -> None:
        """Show the edges as they would be, and at the pointer why they may not."""
        if not self.dragging:
            return
        allowed = None if self.target is None else self.refusal is None
        for source in self.sources:
            overlay.edge(source, self.target if allowed else None, self.now.at, allowed)
        if self.refusal is not None:
            overlay.note(self.now.at, self.refusal)

    def _why_not(self, target: int) -> Message | None:
        network = self.surface.stage.network
        refusals = [edits.why_not_connect(network, source, target) for source in self.sources]
        return None if None in refusals else refusals[0]
