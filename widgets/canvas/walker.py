"""The node and the edge that have the keyboard, and the ways from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.model.network import EdgeKey
from playground.model.stage import Selection
from widgets.canvas.scene import Scene
from widgets.canvas.walk import Direction, neighbour, next_edge, next_node


class Walker(QObject):
    """Goes from node to node and from edge to edge, and follows what is selected elsewhere.

    node : id of the node that has the keyboard
    edge : the edge that has the keyboard, at that node

    Signals
    -------
    went : another node or edge has the keyboard
    """

    went = Signal()

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self._scene = scene
        self.node: int | None = None
        self.edge: EdgeKey | None = None
        scene.structure_changed.connect(self._forget_what_is_gone)
        scene.selection_shown.connect(self._follow)

    def go_to(self, node: int | None) -> None:
        """Give a node the keyboard and select it."""
        self.node, self.edge = node, None
        self._scene.choose(Selection() if node is None else Selection(frozenset({node})))
        self.went.emit()

    def step(self, by: int) -> bool:
        """Go to the next node in the order of a pass, or the one before; False past the ends."""
        found = next_node(self._scene.stage.network, self.node, by)
        if found is None:
            return False
        self.go_to(found)
        return True

    def enter_from(self, by: int) -> None:
        """Tab came in from before (1) or from behind (-1): go on at the selection, else at that end."""
        if self.node is None or self.node not in self._scene.stage.selection.nodes:
            self.node = None
            self.step(by)

    def walk(self, direction: Direction, *, extend: bool) -> None:
        """Go to the nearest node that way; `extend` keeps what is selected and adds it."""
        if self.node is None:
            self.step(1)
            return
        found = neighbour(self._scene.geometry, self.node, direction)
        if found is None:
            return
        if not extend:
            self.go_to(found)
            return
        chosen = self._scene.stage.selection
        self._scene.choose(Selection(chosen.nodes | {self.node, found}, chosen.edges))
        self.node = found
        self.went.emit()

    def walk_edges(self, by: int) -> bool:
        """Select the next edge at the node, or the one before; False where it has none."""
        node = self.node
        found = None if node is None else next_edge(self._scene.stage.network, node, self.edge, by)
        if found is None:
            return False
        self._scene.choose(Selection(edges=frozenset({found})))
        self.node, self.edge = node, found
        self.went.emit()
        return True

    def _follow(self, selection: Selection) -> None:
        if len(selection.nodes) == 1:
            self.node = next(iter(selection.nodes))
        if selection.nodes or self.edge not in selection.edges:
            self.edge = None
        self.went.emit()

    def _forget_what_is_gone(self) -> None:
        network = self._scene.stage.network
        if self.node not in network.nodes:
            self.node = None
        if self.edge not in network.edges:
            self.edge = None
        self.went.emit()
