"""The activation of all hidden nodes, of one layer or of one node, chosen in one place."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model import edits
from playground.model.keys import Activation, Level
from playground.model.message import message
from playground.model.network import Network
from widgets.controls.card import column
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.labelled_choice import LabelledChoice
from widgets.names import ACTIVATION_NAMES
from widgets.text import pick, say

ALL = "all"
MOST_NODES = 60
"""Up to how many hidden nodes each is listed by itself; more are chosen on the stage."""


class ActivationSettings(QWidget):
    """Which nodes, and what they make of their sums; a change of many nodes is one edit."""

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._network = Network.build()
        self._level: Level = "words"
        self._nodes: dict[str, tuple[int, ...]] = {}
        self.activation = LabelledChoice(
            self.tr("Activation"), self.tr("What nodes make of their sums"), ACTIVATION_NAMES
        )
        self.where = ChoiceBox(
            self.tr("Nodes that get the activation"),
            self.tr("Whether the choice above is for all hidden nodes, one layer or one node"),
            wraps=True,
        )
        rows = column(self, gap_px=4)
        rows.addWidget(self.activation)
        rows.addWidget(self.where)
        self.where.chosen.connect(self._show)
        self.activation.chosen.connect(self._chosen)

    def sync(self, network: Network, level: Level) -> None:
        """Show the hidden nodes of a network at a level; without any it takes no room."""
        if network is not self._network or level != self._level:
            self._network, self._level = network, level
            self._list()
        self.setVisible(bool(self._nodes[ALL]) if self._nodes else False)

    def _list(self) -> None:
        network = self._network
        hidden = [
            tuple(node for node in layer if network.nodes[node].role == "hidden") for layer in network.layers
        ]
        layers = [layer for layer in hidden if layer]
        everything = tuple(node for layer in layers for node in layer)
        self._nodes = {ALL: everything}
        choices = [Choice(ALL, self.tr("in all hidden nodes"))]
        for number, layer in enumerate(layers, start=1):
            key = f"layer {number}"
            self._nodes[key] = layer
            choices.append(Choice(key, say(message("in layer {number}", number=number))))
        for node in everything if len(everything) <= MOST_NODES else ():
            self._nodes[f"node {node}"] = (node,)
            choices.append(Choice(f"node {node}", say(message("in {node}", node=network.names[node]))))
        self.where.set_choices(choices)
        if self.where.current_key not in self._nodes:
            self.where.set_current(ALL)
        self._show()

    def _show(self) -> None:
        used = {self._network.nodes[node].activation for node in self._nodes[self.where.current_key]}
        self.activation.sync(
            pick(self._level, self.tr("What nodes make of their sums"), self.tr("Activation")),
            used.pop() if len(used) == 1 else "",
            self._level,
        )

    def _chosen(self, key: str) -> None:
        nodes = self._nodes[self.where.current_key]
        if any(self._network.nodes[node].activation != key for node in nodes):
            self.edit_requested.emit(edits.set_activation(nodes, cast("Activation", key)))
