"""Every number that the canvas paints, as a value: what it belongs to, the number, and its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from playground.model.network import EdgeKey
from playground.model.stage import Stage
from widgets.canvas import numbers
from widgets.canvas.readings import NODE_KINDS, NOTHING, Readings

Kind = Literal[
    "value", "partial", "sum", "probability", "bias", "weight", "source", "product",
    "gradient", "mean gradient", "travelling gradient", "pile", "dl_da", "dl_dz", "target", "loss",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """One painted number.

    element : a node's id, an edge's key, or None for the loss
    before : the old value where the text shows a change from old to new; `value` is then the new one
    """

    kind: Kind
    element: int | EdgeKey | None
    value: float
    text: str
    before: float | None = None


def labels(stage: Stage) -> list[Label]:
    """Every number that `paint` draws of a stage where there is room for it.

    Which of them are seen depends on the camera: what would be too small to read is left out.
    """
    readings = Readings.of(stage, stage.network.topology)
    network = stage.network
    found: list[Label | None] = []
    for node, role in enumerate(n.role for n in network.nodes.values()):
        found.append(node_label(readings, node))
        found.append(None if role == "input" else bias_label(readings, node))
        found.append(None if role == "input" else blame_label(readings, node))
    found.extend(weight_label(readings, edge) for edge in range(len(network.edges)))
    found.extend(chip_label(readings, int(edge)) for edge in readings.chips)
    found.extend(tag_label(readings, int(edge)) for edge in readings.tags)
    found.extend(rested_label(readings, int(edge)) for edge in readings.rested)
    found.extend(pile_label(readings, int(edge)) for edge in readings.rested)
    found.extend(target_label(readings, output) for output in range(len(network.outputs)))
    found.append(loss_label(readings))
    return [label for label in found if label is not None]


def node_label(readings: Readings, node: int) -> Label | None:
    """The number in a node, None while it is empty."""
    kind = int(readings.node_kind[node])
    if kind == NOTHING:
        return None
    value = float(readings.node_value[node])
    return Label(NODE_KINDS[kind], readings.network.node_ids[node], value, numbers.plain(value))  # type: ignore[arg-type]  # the table holds kinds


def bias_label(readings: Readings, node: int) -> Label:
    """The bias of a node, or its change while and after it is updated."""
    old, new = float(readings.old_biases[node]), float(readings.new_biases[node])
    element = readings.network.node_ids[node]
    if readings.bias_progress[node] > 0 and old != new:
        return Label("bias", element, new, f"b {numbers.change(old, new)}", old)
    return Label("bias", element, old, f"b {numbers.signed(old)}")


def weight_label(readings: Readings, edge: int) -> Label:
    """The weight of an edge, or its change while and after it is updated."""
    old, new = float(readings.old_weights[edge]), float(readings.new_weights[edge])
    element = readings.network.edge_keys[edge]
    if readings.weight_progress[edge] > 0 and old != new:
        return Label("weight", element, new, numbers.change(old, new), old)
    return Label("weight", element, old, numbers.signed(old))


def chip_label(readings: Readings, edge: int) -> Label:
    """The number on a chip: the source's value, then the product."""
    value = float(readings.chip_value[edge])
    kind: Kind = "product" if readings.product_shown[edge] else "source"
    return Label(kind, readings.network.edge_keys[edge], value, numbers.plain(value))


def tag_label(readings: Readings, edge: int) -> Label:
    """The gradient on a tag that is on its way back."""
    value = float(readings.tag_value[edge])
    return Label("travelling gradient", readings.network.edge_keys[edge], value, numbers.signed(value))


def rested_label(readings: Readings, edge: int) -> Label:
    """The gradient that lies at an edge: of the example, or the mean of a batch."""
    value = float(readings.rested_value[edge])
    kind: Kind = "mean gradient" if readings.averaged else "gradient"
    return Label(kind, readings.network.edge_keys[edge], value, numbers.signed(value))


def pile_label(readings: Readings, edge: int) -> Label | None:
    """How many examples' tags lie on an edge; None for one, and once they have become their mean."""
    count = int(readings.rested_count[edge])
    if count < 2 or readings.averaged:
        return None
    return Label("pile", readings.network.edge_keys[edge], count, f"×{count}")


def blame_label(readings: Readings, node: int) -> Label | None:
    """A node's blame: dL/da, then dL/dz; None while it is not known."""
    known = int(readings.blame_known[node])
    if known == 0:
        return None
    value = float(readings.blame[node])
    kind: Kind = "dl_dz" if known == 2 else "dl_da"
    return Label(kind, readings.network.node_ids[node], value, numbers.signed(value))


def target_label(readings: Readings, output: int) -> Label | None:
    """The right answer at an output, None until it is compared."""
    if readings.trace is None or readings.compared[output] <= 0:
        return None
    value = float(readings.trace.targets[readings.row, output])
    return Label("target", readings.network.outputs[output], value, numbers.plain(value))


def loss_label(readings: Readings) -> Label | None:
    """The loss, None until all outputs are compared."""
    if readings.loss is None:
        return None
    return Label("loss", None, readings.loss, numbers.plain(readings.loss))
