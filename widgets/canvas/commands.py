"""What can be done with the selection: for the menus, the keyboard and the window's actions alike."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from playground.model import edits
from playground.model.distances import LAYER_DISTANCE, NODE_DISTANCE
from playground.model.keys import Activation, Role
from playground.model.layout import tidy
from playground.model.message import Message, message
from playground.model.network import EdgeKey, Node
from playground.model.stage import Selection
from widgets.canvas import clipping
from widgets.canvas.camera import Camera
from widgets.canvas.gestures.surface import Surface
from widgets.canvas.gestures.value_drag import set_value, value_of
from widgets.canvas.landing import landing
from widgets.canvas.stepping import stepped

TOO_NEAR = 80.0
"""Nodes whose places differ by less than this, both ways, would stand in each other's way; scene units."""

PASTE_STEP = 80.0
"""Each further paste stands this much lower and to the right, in scene units."""

TIDIED_HERE = 2_000
"""Nodes and edges up to which the layout is ready within a few milliseconds."""

SELECT_FIRST = message("Select a node or an arrow first.")
SELECT_NODES_FIRST = message("Select one or more nodes first.")
SELECT_TWO_GROUPS = message("Select two groups of nodes first: one to come from, one to go to.")
NOTHING_TO_PASTE = message("There is nothing to paste. Copy some nodes first.")


class Commands(QObject):
    """Commands on the selection of one surface.

    Signals
    -------
    copied : something was put on the clipboard
    arranged : all nodes were moved to calm places
    tidy_requested : the network is too large to be laid out here; `playground.model.layout.tidy` gives the
        places elsewhere, and `edits.arrange` takes them
    placed : a node was added at a place that nobody pointed at
    """

    copied = Signal()
    arranged = Signal()
    tidy_requested = Signal()
    placed = Signal()

    def __init__(self, surface: Surface, parent: QObject) -> None:
        super().__init__(parent)
        self._surface = surface
        self._pasted = 0

    @property
    def _selection(self) -> Selection:
        return self._surface.stage.selection

    def select_all(self) -> None:
        """Select every node and edge."""
        network = self._surface.stage.network
        self._surface.choose(Selection(frozenset(network.nodes), frozenset(network.edges)))

    def select_nothing(self) -> None:
        """Select nothing."""
        self._surface.choose(Selection())

    def delete(self) -> None:
        """Delete the selected nodes and edges."""
        if self._has_selection():
            chosen = self._selection
            self._surface.ask(edits.delete(sorted(chosen.nodes), sorted(chosen.edges)))

    def copy(self) -> bool:
        """Put the selected nodes, with the edges between them, on the clipboard; says whether it did."""
        if not self._has_nodes():
            return False
        stage = self._surface.stage
        part = edits.fragment(stage.network, stage.parameters, sorted(self._selection.nodes))
        QGuiApplication.clipboard().setMimeData(clipping.to_mime(part))
        self._pasted = 0
        self.copied.emit()
        return True

    def cut(self) -> None:
        """Copy the selected nodes and delete them."""
        if self.copy():
            self._surface.ask(edits.delete(sorted(self._selection.nodes)))

    def paste(self) -> None:
        """Add what is on the clipboard, beside the original, or in the middle where that is out of sight."""
        part = clipping.from_mime(QGuiApplication.clipboard().mimeData())
        if part is None or not part.network.nodes:
            self._surface.tell(NOTHING_TO_PASTE)
            return
        self._pasted += 1
        shift = PASTE_STEP * self._pasted
        places = np.array([(node.x, node.y) for node in part.network.nodes.values()])
        middle = places.mean(axis=0) + shift
        left, top, right, bottom = self._surface.camera.visible
        if left <= middle[0] <= right and top <= middle[1] <= bottom:
            self._surface.ask_new(edits.paste(part, shift, shift))
        else:
            camera = self._surface.camera
            dx, dy = (camera.centre_x, camera.centre_y) - places.mean(axis=0)
            self._surface.ask_new(edits.paste(part, round(float(dx), -1), round(float(dy), -1)))

    def duplicate(self) -> None:
        """Add a copy of the selected nodes beside them."""
        if self._has_nodes():
            nodes = sorted(self._selection.nodes)
            self._surface.ask_new(edits.duplicate(nodes, PASTE_STEP, PASTE_STEP))

    def tidy_up(self) -> None:
        """Move all nodes to calm places in layers."""
        network = self._surface.stage.network
        if len(network.nodes) + len(network.edges) > TIDIED_HERE:
            self.tidy_requested.emit()
            return
        places = tidy(network)
        if any(places[node.id] != (node.x, node.y) for node in network.nodes.values()):
            self._surface.ask(edits.arrange(places))
        self.arranged.emit()

    def connect_selected(self) -> None:
        """Connect two selected groups: every node of the left one with every node of the right one."""
        groups = self._two_groups()
        if groups is None:
            self._surface.tell(SELECT_TWO_GROUPS)
        else:
            self._surface.ask(edits.connect_groups(*groups))

    def set_activation(self, key: Activation) -> None:
        """Give the selected nodes an activation; inputs have none and are passed over."""
        self._activate(self._selection.nodes, key)

    def say_what_has_no_activation(self) -> None:
        """Say why nothing that is selected can be given an activation."""
        if self._has_nodes():
            self._surface.tell(message("An input has no activation: it passes its value on as it is."))

    def set_activation_of_layer(self, node: int, key: Activation) -> None:
        """Give all nodes of a node's layer an activation: its group, or what is as deep as it."""
        self._activate(self.layer_of(node), key)

    def layer_of(self, node: int) -> tuple[int, ...]:
        """Ids of the nodes in a node's layer: its group, else the nodes of its role that are as deep."""
        network = self._surface.stage.network
        found = network.nodes[node]
        if found.group in network.groups and found.group is not None:
            return network.members(found.group)
        layer = network.layers[network.depth[node]]
        return tuple(other for other in layer if network.nodes[other].role == found.role)

    def step_value(self, notches: float, *, fine: bool = False, gesture: str | None = None) -> None:
        """Change the one selected weight or bias by some steps."""
        element = self.one_value()
        if element is None:
            self._surface.tell(SELECT_FIRST)
            return
        value = stepped(value_of(self._surface.stage, element), notches, fine=fine)
        self._surface.ask(set_value(element, value, gesture))

    def one_value(self) -> int | EdgeKey | None:
        """The one selected edge, or the one selected node that has a bias."""
        chosen, network = self._selection, self._surface.stage.network
        if len(chosen.edges) == 1:
            return next(iter(chosen.edges))
        if len(chosen.nodes) == 1 and not chosen.edges:
            node = next(iter(chosen.nodes))
            return node if network.nodes[node].role != "input" else None
        return None

    def nudge(self, dx: float, dy: float, gesture: str | None = None) -> None:
        """Move the selected nodes a little, in scene units."""
        if self._has_nodes():
            nodes = self._surface.stage.network.nodes
            places = {node: (nodes[node].x + dx, nodes[node].y + dy) for node in self._selection.nodes}
            self._surface.ask(edits.move(places, gesture))

    def share(self) -> None:
        """Let the selected edges share one weight."""
        self._surface.ask(edits.share(sorted(self._selection.edges)))

    def unshare(self) -> None:
        """Give the selected edges weights of their own."""
        self._surface.ask(edits.unshare(sorted(self._selection.edges)))

    def set_trainable(self, flag: bool) -> None:
        """Let the selected edges' weights learn, or hold them still."""
        self._surface.ask(edits.set_trainable(sorted(self._selection.edges), flag))

    def group(self, name: str) -> None:
        """Make the selected nodes one layer."""
        if self._has_nodes():
            self._surface.ask(edits.group(sorted(self._selection.nodes), name))

    def ungroup(self) -> None:
        """Take the groups of the selected nodes apart."""
        network = self._surface.stage.network
        groups = {network.nodes[node].group for node in self._selection.nodes}
        for group in sorted(group for group in groups if group is not None):
            self._surface.ask(edits.ungroup(group))

    def add_node(self, role: Role | None = None, at: tuple[float, float] | None = None) -> None:
        """Add a node at a point of the view, or in a free place where none is given."""
        camera, network = self._surface.camera, self._surface.stage.network
        spot = landing(network, camera, at or self._free_place(role), role)
        self._surface.ask_new(edits.add_node(spot.role, spot.x, spot.y))
        if at is None:
            self.placed.emit()

    def _free_place(self, role: Role | None) -> tuple[float, float]:
        """A point of the view where no node is: below the selection, or in the column of the role."""
        camera, nodes = self._surface.camera, self._surface.stage.network.nodes
        chosen = [nodes[node] for node in self._selection.nodes]
        if chosen and role in (None, chosen[0].role):
            x, y = chosen[0].x, max(node.y for node in chosen) + NODE_DISTANCE
        else:
            x, y = _column(nodes.values(), role or "input", camera)
        while any(abs(node.x - x) < TOO_NEAR and abs(node.y - y) < TOO_NEAR for node in nodes.values()):
            y += NODE_DISTANCE
        place = camera.to_view((x, y))
        return (float(place[0]), float(place[1]))

    def _activate(self, nodes: Collection[int], key: Activation) -> None:
        network = self._surface.stage.network
        fitting = sorted(node for node in nodes if network.nodes[node].role != "input")
        if fitting:
            self._surface.ask(edits.set_activation(fitting, key))
        else:
            self.say_what_has_no_activation()

    def _two_groups(self) -> tuple[list[int], list[int]] | None:
        network = self._surface.stage.network
        chosen = sorted(self._selection.nodes, key=lambda node: network.nodes[node].x)
        if len(chosen) < 2:
            return None
        groups: dict[int | None, list[int]] = {}
        for node in chosen:
            groups.setdefault(network.nodes[node].group, []).append(node)
        if len(groups) == 2:
            first, second = groups.values()
            return first, second
        # Otherwise they part where the widest gap from left to right is.
        gaps = np.diff([network.nodes[node].x for node in chosen])
        widest = int(np.argmax(gaps))
        if gaps[widest] <= 0:
            return None
        return chosen[: widest + 1], chosen[widest + 1 :]

    def _has_nodes(self) -> bool:
        return bool(self._selection.nodes) or self._say(SELECT_NODES_FIRST)

    def _has_selection(self) -> bool:
        return bool(self._selection) or self._say(SELECT_FIRST)

    def _say(self, text: Message) -> bool:
        self._surface.tell(text)
        return False


def _column(nodes: Collection[Node], role: Role, camera: Camera) -> tuple[float, float]:
    """Where the next node of a role stands: with its like, or beside the others."""
    alike = [node for node in nodes if node.role == role]
    if alike:
        lowest = max(alike, key=lambda node: node.y)
        return lowest.x, lowest.y + NODE_DISTANCE
    if not nodes:
        offset = {"input": -LAYER_DISTANCE, "hidden": 0.0, "output": LAYER_DISTANCE}[role]
        return camera.centre_x + offset, camera.centre_y - NODE_DISTANCE
    left, right = min(node.x for node in nodes), max(node.x for node in nodes)
    top = min(node.y for node in nodes)
    if role == "input":
        return left - LAYER_DISTANCE, top
    if role == "output":
        return right + LAYER_DISTANCE, top
    inputs = [node.x for node in nodes if node.role == "input"]
    return (max(inputs) if inputs else left - LAYER_DISTANCE) + LAYER_DISTANCE, top
