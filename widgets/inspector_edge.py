"""Everything about one edge: its weight, what travels on it, and the paths that its blame takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from playground.model import edits
from playground.model.message import Message, format_exact, message
from playground.model.narration import ArithmeticRow
from playground.model.network import EdgeKey, Network
from playground.model.stage import Stage
from widgets.controls.arithmetic_table import ArithmeticTable
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.flow_layout import FlowRow
from widgets.controls.labels import Label
from widgets.controls.named_field import NamedField
from widgets.controls.number_field import NumberField
from widgets.controls.toggle import Toggle
from widgets.results.weight_curve import WeightCurve
from widgets.text import capital, pick, say


class EdgeInspector(QWidget):
    """One edge's weight to the last digit, its numbers, and whether it learns."""

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._edge: EdgeKey | None = None
        self._counted: tuple[Network, EdgeKey, int] | None = None
        self.heading = Label("", "strong")
        self.weight = NumberField(
            self.tr("Weight"),
            self.tr("What the value of the first node is multiplied by"),
            brief=format_exact,
        )
        self.weight_row = NamedField(self.tr("Weight"), self.weight)
        self.learns = Toggle(
            self.tr("May learn"), self.tr("Off: training leaves this weight as it is, while all others move")
        )
        self.sharing = Label("", "caption")
        self.unshare = Button(
            self.tr("Give it its own weight"), self.tr("This edge stops sharing its weight with others")
        )
        self.delete = Button(self.tr("Delete"), self.tr("Take this edge out of the network (Del)"))
        self.facts = ArithmeticTable(self.tr("Numbers of this edge"), format_exact)
        self.curve = WeightCurve()
        self.paths = PathCard()
        rows = column(self, gap_px=10)
        for part in (
            self.heading,
            self.weight_row,
            self.learns,
            self.sharing,
            FlowRow(self.unshare, self.delete),
            self.facts,
            self.curve,
            self.paths,
        ):
            rows.addWidget(part)
        self.weight.entered.connect(self._weight_entered)
        self.learns.toggled.connect(self._learns_toggled)
        self.unshare.clicked.connect(self._unshare_asked)
        self.delete.clicked.connect(self._delete_asked)

    def sync(self, stage: Stage, edge: EdgeKey) -> None:
        """Show an edge of a stage."""
        network = stage.network
        if edge != self._edge:
            self.paths.set_paths((), None)
            self.curve.set_history(None)
        self._edge = edge
        found = network.edges[edge]
        self.heading.set_text(
            capital(
                say(
                    message(
                        "{source} to {target}", source=network.names[edge[0]], target=network.names[edge[1]]
                    )
                )
            )
        )
        self.weight_row.label.set_text(pick(stage.level, self.tr("Strength"), self.tr("Weight")))
        self.weight.set_number(stage.parameters.weight(network, edge))
        with QSignalBlocker(self.learns):
            self.learns.setChecked(found.trainable)
        shared = self._sharing_count(network, edge)
        self.sharing.setVisible(shared > 0)
        self.unshare.setVisible(shared > 0)
        self.sharing.set_text(say(message("Shares its weight with {count} more.", count=shared)))
        self.facts.set_rows(edge_facts(stage, edge))

    def _sharing_count(self, network: Network, edge: EdgeKey) -> int:
        """How many other edges have the same weight; counted once for each network."""
        if self._counted is None or self._counted[0] is not network or self._counted[1] != edge:
            own = network.edges[edge].parameter
            others = sum(other.parameter == own for other in network.edges.values()) - 1
            self._counted = (network, edge, others)
        return self._counted[2]

    def _weight_entered(self, value: float) -> None:
        if self._edge is not None:
            self.edit_requested.emit(edits.set_weight(self._edge, value))

    def _learns_toggled(self, is_on: bool) -> None:
        if self._edge is not None:
            self.edit_requested.emit(edits.set_trainable((self._edge,), is_on))

    def _unshare_asked(self) -> None:
        if self._edge is not None:
            self.edit_requested.emit(edits.unshare((self._edge,)))

    def _delete_asked(self) -> None:
        if self._edge is not None:
            self.edit_requested.emit(edits.delete((), (self._edge,)))


class PathCard(QWidget):
    """The paths from an edge to the loss, each with its product; together they are the gradient."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = Label(self.tr("Where its blame comes from"), "heading")
        self.table = ArithmeticTable(self.tr("Paths to the loss"))
        rows = column(self, gap_px=6)
        rows.addWidget(self.heading)
        rows.addWidget(self.table)
        self.setVisible(False)

    def set_paths(self, paths: Sequence[tuple[Message, float]], total: float | None) -> None:
        """Show paths with their products, the last of which may stand for all others, and their sum."""
        rows = [ArithmeticRow(label, None, product) for label, product in paths]
        if total is not None and rows:
            rows.append(ArithmeticRow(message("Together: the gradient"), None, total, strong=True))
        self.table.set_rows(rows)
        self.setVisible(bool(rows))


def edge_facts(stage: Stage, edge: EdgeKey) -> tuple[ArithmeticRow, ...]:
    """The numbers of an edge in the example that flows now; without those that are not known."""
    trace = stage.trace
    if trace is None or edge not in trace.experiment.network.edge_index:
        return ()
    network = trace.experiment.network
    row = stage.moment.row if stage.moment is not None else 0
    index = network.edge_index[edge]
    parameter = network.parameter_index[network.edges[edge].parameter]
    words = stage.level == "words"
    value = float(trace.activations[row, network.node_index[edge[0]]])
    facts = (
        (message("Comes in") if words else message("Activation of the source"), value),
        (
            message("Arrives, times the strength") if words else message("Product"),
            value * trace.old.weight(network, edge),
        ),
        (
            message("Blame of this arrow") if words else message("Gradient, this example"),
            float(trace.edge_gradients[row, index]),
        ),
        (
            message("Blame that it follows") if words else message("Gradient, with batch and penalty"),
            float(trace.weight_gradients[parameter]),
        ),
    )
    known = [(label, number) for label, number in facts if number == number]  # noqa: PLR0124 - NaN
    if len(known) == len(facts) and known[-1][1] == known[-2][1]:
        known.pop()
    return tuple(ArithmeticRow(label, None, number) for label, number in known)
