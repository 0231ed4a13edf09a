"""Shows everything about what is chosen, to the last digit, and lets it be changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import Message
from playground.model.narration import Narration
from playground.model.network import EdgeKey, Network
from playground.model.stage import Selection, Stage
from widgets.controls.arithmetic_table import ArithmeticTable
from widgets.controls.card import column
from widgets.controls.labels import Label
from widgets.explanation import FormulaCard
from widgets.inspector_edge import EdgeInspector
from widgets.inspector_node import NodeInspector
from widgets.inspector_selection import SelectionInspector
from widgets.text import capital, say


class InspectorPanel(QWidget):
    """One node, one edge, or several: each has its own view; nothing chosen says what to choose."""

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._asked: tuple[Network, Selection] | None = None
        self._found: tuple[tuple[int, ...], tuple[EdgeKey, ...]] = ((), ())
        self.heading = Label(self.tr("What is chosen"), "heading")
        self.empty = Label(
            self.tr("Choose a node or an arrow, and all of its numbers can be read and changed here."),
            "muted",
        )
        self.node = NodeInspector()
        self.edge = EdgeInspector()
        self.selection = SelectionInspector()
        self.sentence = Label()
        self.rows = ArithmeticTable(self.tr("Arithmetic of what is chosen"))
        self.formulas = FormulaCard()
        parts = column(self, gap_px=10)
        for part in (
            self.heading,
            self.empty,
            self.node,
            self.edge,
            self.selection,
            self.sentence,
            self.rows,
            self.formulas,
        ):
            parts.addWidget(part)
        for view in (self.node, self.edge, self.selection):
            view.setVisible(False)
            view.edit_requested.connect(self.edit_requested)
        self.set_narration(None, "words")

    def sync(self, stage: Stage, features: Sequence[str] = (), targets: Sequence[str] = ()) -> None:
        """Show what is chosen on a stage; `features` and `targets` name the columns to choose from."""
        nodes, edges = self._present(stage)
        one_node, one_edge = len(nodes) == 1 and not edges, len(edges) == 1 and not nodes
        self.empty.setVisible(not nodes and not edges)
        self.node.setVisible(one_node)
        self.edge.setVisible(one_edge)
        self.selection.setVisible(len(nodes) + len(edges) > 1)
        if one_node:
            self.node.sync(stage, nodes[0], features, targets)
        elif one_edge:
            self.edge.sync(stage, edges[0])
        elif nodes or edges:
            self.selection.sync(stage)
        if not (one_node or one_edge):
            self.set_narration(None, stage.level)

    def _present(self, stage: Stage) -> tuple[tuple[int, ...], tuple[EdgeKey, ...]]:
        """What is chosen and still there; looked up only when choice or network are others."""
        asked = (stage.network, stage.selection)
        if self._asked is None or self._asked[0] is not asked[0] or self._asked[1] is not asked[1]:
            self._asked = asked
            nodes = tuple(node for node in stage.selection.nodes if node in stage.network.nodes)
            edges = tuple(edge for edge in stage.selection.edges if edge in stage.network.edges)
            self._found = (nodes, edges)
        return self._found

    def set_narration(self, narration: Narration | None, level: Level) -> None:
        """Show the arithmetic behind what is chosen, as the level wants it."""
        sentences = narration.sentences if narration is not None else ()
        self.sentence.set_text("\n".join(capital(say(part)) for part in sentences))
        self.sentence.setVisible(bool(sentences))
        rows = narration.rows if narration is not None and level != "words" else ()
        self.rows.set_rows(rows)
        self.rows.setVisible(bool(rows))
        self.formulas.set_formulas(narration.formulas if narration is not None and level == "maths" else ())

    def set_paths(self, paths: Sequence[tuple[Message, float]], total: float | None) -> None:
        """Show the paths from the chosen edge to the loss with their products, and the sum of all."""
        self.edge.paths.set_paths(paths, total)
