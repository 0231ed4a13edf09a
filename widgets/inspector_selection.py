"""What can be done with several nodes and edges at once."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model import edits
from playground.model.keys import Activation, Level
from playground.model.message import Message, message
from playground.model.network import Network
from playground.model.stage import Selection, Stage
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.labels import Label
from widgets.names import ACTIVATION_NAMES
from widgets.text import pick, say


class SelectionInspector(QWidget):
    """Says what is chosen, and offers what can be done with all of it."""

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._network: Network | None = None
        self._selection = Selection()
        self._level: Level = "words"
        self.summary = Label("", "strong")
        self.connect_groups = Button(
            self.tr("Connect the groups"),
            self.tr("Draw an edge from every node on the left to every one on the right"),
        )
        self.share = Button(
            self.tr("Share one weight"), self.tr("Let the chosen edges have one weight together")
        )
        self.delete = Button(self.tr("Delete"), self.tr("Take all that is chosen out of the network (Del)"))
        self.activation = LabelledChoice(
            self.tr("Activation of all"), self.tr("What each chosen node makes of its sum"), ACTIVATION_NAMES
        )
        rows = column(self, gap_px=10)
        rows.addWidget(self.summary)
        rows.addWidget(self.activation)
        rows.addWidget(FlowRow(self.connect_groups, self.share, self.delete))
        self.connect_groups.clicked.connect(self._connect_asked)
        self.share.clicked.connect(self._share_asked)
        self.delete.clicked.connect(self._delete_asked)
        self.activation.chosen.connect(self._activation_chosen)

    def sync(self, stage: Stage) -> None:
        """Show what is chosen on a stage."""
        known = (self._network, self._selection, self._level)
        self._network, self._selection, self._level = stage.network, stage.selection, stage.level
        if known[0] is stage.network and known[1] is stage.selection and known[2] == stage.level:
            return
        self.summary.set_text(say(summary(stage.selection)))
        computing = self._computing()
        used = {stage.network.nodes[node].activation for node in computing}
        self.activation.setVisible(bool(computing))
        self.activation.sync(
            pick(stage.level, self.tr("What they make of their sums"), self.tr("Activation of all")),
            used.pop() if len(used) == 1 else "",
            stage.level,
        )
        self.connect_groups.setVisible(bool(split_groups(stage.network, stage.selection.nodes)))
        self.share.setVisible(len(stage.selection.edges) > 1)

    def _computing(self) -> tuple[int, ...]:
        """The chosen nodes that have an activation: all but inputs."""
        if self._network is None:
            return ()
        nodes = self._network.nodes
        return tuple(
            node for node in sorted(self._selection.nodes) if node in nodes and nodes[node].role != "input"
        )

    def _connect_asked(self) -> None:
        groups = split_groups(self._network, self._selection.nodes) if self._network is not None else None
        if groups is not None:
            self.edit_requested.emit(edits.connect_groups(*groups))

    def _share_asked(self) -> None:
        self.edit_requested.emit(edits.share(sorted(self._selection.edges)))

    def _delete_asked(self) -> None:
        self.edit_requested.emit(edits.delete(self._selection.nodes, self._selection.edges))

    def _activation_chosen(self, key: str) -> None:
        self.edit_requested.emit(edits.set_activation(self._computing(), cast("Activation", key)))


def split_groups(network: Network, nodes: Collection[int]) -> tuple[tuple[int, ...], tuple[int, ...]] | None:
    """Return chosen nodes as a left and a right group, split at the widest gap; None where there is none."""
    placed = sorted((network.nodes[node].x, node) for node in nodes if node in network.nodes)
    gaps = [(after[0] - before[0], index) for index, (before, after) in enumerate(itertools.pairwise(placed))]
    if not gaps or max(gaps)[0] <= 0:
        return None
    cut = max(gaps)[1] + 1
    ids = tuple(node for _, node in placed)
    return ids[:cut], ids[cut:]


def summary(selection: Selection) -> Message:
    """How much is chosen."""
    nodes, edge_count = len(selection.nodes), len(selection.edges)
    if nodes and edge_count:
        return message("Chosen: {nodes} nodes and {edges} edges", nodes=nodes, edges=edge_count)
    if nodes:
        return message("Chosen: {nodes} nodes", nodes=nodes)
    return message("Chosen: {edges} edges", edges=edge_count)
