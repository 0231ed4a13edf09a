"""Everything about one node: its name, its numbers, and what can be changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from playground.model import edits
from playground.model.keys import Activation, Level
from playground.model.message import format_exact, message
from playground.model.narration import ArithmeticRow
from playground.model.network import Node
from playground.model.stage import Stage
from widgets.controls.arithmetic_table import ArithmeticTable
from widgets.controls.buttons import Button
from widgets.controls.card import column
from widgets.controls.choice_box import Choice, ChoiceBox
from widgets.controls.labelled_choice import LabelledChoice
from widgets.controls.named_field import NamedField
from widgets.controls.number_field import NumberField
from widgets.names import ACTIVATION_NAMES, readable
from widgets.text import capital, pick, say


class NodeInspector(QWidget):
    """One node's name, numbers, bias, activation, and what it reads or is to answer."""

    edit_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._node: Node | None = None
        self._layer: tuple[int, ...] = ()
        self._features: Sequence[str] = ()
        self.label = QLineEdit()
        self.facts = ArithmeticTable(self.tr("Numbers of this node"), format_exact)
        self.bias = NumberField(
            self.tr("Bias"), self.tr("What is added to the sum, whatever comes in"), brief=format_exact
        )
        self.bias_row = NamedField(self.tr("Bias"), self.bias)
        self.activation = LabelledChoice(
            self.tr("Activation"), self.tr("What the node makes of its sum"), ACTIVATION_NAMES
        )
        self.whole_layer = Button(
            self.tr("Use for the whole layer"), self.tr("Give every node of this layer the same activation")
        )
        self.feature = ChoiceBox(
            self.tr("Reads"),
            self.tr("The column that this input reads, or a formula of columns such as height * squishiness"),
            wraps=True,
        )
        self.formula = self.feature.make_editable()
        self.feature_row = NamedField(self.tr("Reads"), self.feature)
        self.target = ChoiceBox(
            self.tr("Is to answer"), self.tr("The column that this output learns to answer"), wraps=True
        )
        self.target_row = NamedField(self.tr("Is to answer"), self.target)
        self._prepare()
        rows = column(self, gap_px=10)
        for part in (
            NamedField(self.tr("Name"), self.label),
            self.feature_row,
            self.target_row,
            self.bias_row,
            self.activation,
        ):
            rows.addWidget(part)
        rows.addWidget(self.whole_layer, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.facts)
        self.label.editingFinished.connect(self._renamed)
        self.bias.entered.connect(self._bias_entered)
        self.activation.chosen.connect(self._activation_chosen)
        self.whole_layer.clicked.connect(self._layer_asked)
        self.feature.chosen.connect(self._feature_chosen)
        self.formula.editingFinished.connect(self._formula_typed)
        self.target.chosen.connect(self._target_chosen)

    def sync(self, stage: Stage, node: int, features: Sequence[str], targets: Sequence[str]) -> None:
        """Show a node of a stage; `features` and `targets` are the columns that can be chosen."""
        network = stage.network
        found = network.nodes[node]
        same = self._node is not None and self._node.id == node
        self._node = found
        self._layer = next((layer for layer in network.layers if node in layer), (node,))
        if not (same and self.label.isModified()):
            self.label.setText(found.label)
            self.label.setPlaceholderText(capital(say(stage.network.names[node])))
        self.bias_row.setVisible(found.role != "input")
        if found.role != "input":
            self.bias.set_number(stage.parameters.bias(network, node))
        self._show_activation(found, stage.level)
        self._show_feature(found, features, typing=same)
        self._show_target(found, targets)
        self.facts.set_rows(node_facts(stage, node))

    def _prepare(self) -> None:
        self.label.setAccessibleName(self.tr("Name"))
        self.label.setToolTip(self.tr("What this node is called (F2)"))
        self.label.setMaxLength(200)
        self.formula.setPlaceholderText(self.tr("Nothing yet"))

    def _show_activation(self, node: Node, level: Level) -> None:
        shown = node.role != "input"
        self.activation.setVisible(shown)
        self.whole_layer.setVisible(node.role == "hidden" and len(self._layer) > 1)
        if shown:
            name = pick(level, self.tr("What it makes of the sum"), self.tr("Activation"))
            self.activation.sync(name, node.activation, level)

    def _show_feature(self, node: Node, features: Sequence[str], *, typing: bool) -> None:
        self.feature_row.setVisible(node.role == "input")
        if node.role != "input" or (typing and self.formula.isModified()):
            return
        if features is not self._features:
            self._features = features
            self.feature.set_choices([Choice(name, readable(name)) for name in features])
        self.feature.set_current(node.feature or "")
        if self.feature.currentIndex() < 0:
            with QSignalBlocker(self.feature):
                self.feature.setEditText(node.feature or "")
        self.formula.setModified(False)

    def _show_target(self, node: Node, targets: Sequence[str]) -> None:
        self.target_row.setVisible(node.role == "output" and bool(targets))
        if node.role == "output":
            offered = [Choice(name, readable(name)) for name in targets]
            self.target.set_choices([Choice("", self.tr("What is left")), *offered])
            self.target.set_current(node.target or "")

    def _renamed(self) -> None:
        if self._node is not None and self.label.isModified():
            self.label.setModified(False)
            self.edit_requested.emit(edits.rename(self._node.id, self.label.text().strip()))

    def _bias_entered(self, value: float) -> None:
        if self._node is not None:
            self.edit_requested.emit(edits.set_bias(self._node.id, value))

    def _activation_chosen(self, key: str) -> None:
        if self._node is not None and key != self._node.activation:
            self.edit_requested.emit(edits.set_activation((self._node.id,), cast("Activation", key)))

    def _layer_asked(self) -> None:
        if self._node is not None:
            self.edit_requested.emit(edits.set_activation(self._layer, self._node.activation))

    def _feature_chosen(self, key: str) -> None:
        self.formula.setModified(False)
        self._ask_feature(key)

    def _formula_typed(self) -> None:
        """Take a typed text: the name of a column as it is shown, or a formula."""
        if not self.formula.isModified():
            return
        self.formula.setModified(False)
        text = self.formula.text().strip()
        known = self.feature.findText(text)
        self._ask_feature(str(self.feature.itemData(known)) if known >= 0 else text)

    def _ask_feature(self, feature: str) -> None:
        if self._node is not None and (feature or None) != self._node.feature:
            self.edit_requested.emit(edits.set_feature(self._node.id, feature or None))

    def _target_chosen(self, key: str) -> None:
        if self._node is not None and (key or None) != self._node.target:
            self.edit_requested.emit(edits.set_target(self._node.id, key or None))


def node_facts(stage: Stage, node: int) -> tuple[ArithmeticRow, ...]:
    """The numbers of a node in the example that flows now; without those that are not known."""
    trace = stage.trace
    if trace is None or node not in trace.experiment.network.node_index:
        return ()
    row = stage.moment.row if stage.moment is not None else 0
    index = trace.experiment.network.node_index[node]
    words = stage.level == "words"
    labels = (
        (message("Value") if words else message("Activation a"), trace.activations),
        (message("Sum before squashing") if words else message("Sum z"), trace.sums),
        (message("Blame of the value") if words else message("Gradient dL/da"), trace.dl_da),
        (message("Blame of the sum") if words else message("Gradient dL/dz"), trace.dl_dz),
    )
    is_input = stage.network.nodes[node].role == "input" if node in stage.network.nodes else False
    shown = labels[:1] if is_input else labels
    values = [(label, float(array[row, index])) for label, array in shown]
    return tuple(ArithmeticRow(label, None, value) for label, value in values if value == value)  # noqa: PLR0124 - NaN
