"""What the inspector says about one node or one edge, whether or not a pass plays."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine.narration.backward import blame_words, share_words
from playground.engine.narration.changes import bias_change, weight_change
from playground.engine.narration.forward import listening
from playground.engine.narration.gradients import (
    blame_formulas,
    blame_rows,
    gradient_formulas,
    gradient_row,
    mean_formula,
    mean_row,
)
from playground.engine.narration.optimizers import change_formulas, change_rows
from playground.engine.narration.sums import (
    node_formulas,
    node_rows,
    product_formula,
    product_row,
    softmax_formula,
)
from playground.engine.narration.told import told
from playground.engine.narration.view import View
from playground.model.keys import Level
from playground.model.message import message
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.network import EdgeKey
from playground.model.trace import LearnerState, Trace


def narrate_node(
    trace: Trace, row: int, node: int, level: Level, state: LearnerState | None = None
) -> Narration:
    """Return what one node holds: the way to its value and, where the right answer is known, to its gradient.

    row : index of the example within the trace
    state : the learner before the pass, for the optimizer's memory
    Raises IndexError or KeyError where the trace has no such row or node.
    """
    view = View.of(trace, row, state)
    is_input, shares = view.is_input(node), view.is_output(node) and view.has_softmax

    def rows() -> Iterator[ArithmeticRow]:
        if is_input:
            yield ArithmeticRow(message("Value"), None, view.value(node), strong=True)
        else:
            yield from node_rows(view, node)
        if shares:
            yield ArithmeticRow(message("Share of the softmax"), None, view.answer(node), strong=True)
        if trace.has_answer:
            yield from blame_rows(view, node)
        if trace.has_answer and not is_input:
            yield from change_rows(bias_change(view, node))

    def formulas() -> Iterator[Formula]:
        if not is_input:
            yield from node_formulas(view, node)
        if shares:
            yield softmax_formula(view, node)
        if trace.has_answer:
            yield from blame_formulas(view, node)
        if trace.has_answer and not is_input:
            yield from change_formulas(bias_change(view, node))

    words = listening(view, node)
    if is_input:
        words = [message("{node} reads {value}.", node=view.name(node), value=view.value(node))]
    if trace.has_answer and not is_input:
        words.append(blame_words(view, node))
    return told(
        level,
        message("{node}", node=view.name(node)),
        words,
        [message("{node} has the activation {value}.", node=view.name(node), value=view.value(node))],
        rows,
        formulas,
        [node],
        view.edges_into(node) + view.edges_out_of(node),
    )


def narrate_edge(
    trace: Trace, row: int, edge: EdgeKey, level: Level, state: LearnerState | None = None
) -> Narration:
    """Return what one edge does: its product and, where the right answer is known, its gradient and change.

    row : index of the example within the trace
    state : the learner before the pass, for the optimizer's memory
    Raises IndexError or KeyError where the trace has no such row or edge.
    """
    view = View.of(trace, row, state)
    names = {"source": view.name(edge[0]), "target": view.name(edge[1])}
    learns = trace.has_answer and view.trains(edge)

    def rows() -> Iterator[ArithmeticRow]:
        yield product_row(view, edge)
        if trace.has_answer:
            yield gradient_row(view, edge)
        if trace.has_answer and trace.n_rows > 1:
            yield mean_row(view, edge)
        if learns:
            yield from change_rows(weight_change(view, edge))

    def formulas() -> Iterator[Formula]:
        yield product_formula(view, edge)
        if trace.has_answer:
            yield from gradient_formulas(view, edge)
        if trace.has_answer and trace.n_rows > 1:
            yield mean_formula(view, edge)
        if learns:
            yield from change_formulas(weight_change(view, edge))

    words = [
        message(
            "{source} sends {value} to {target} along this arrow of {weight}: {product} arrives.",
            **names,
            value=view.value(edge[0]),
            weight=view.weight(edge),
            product=view.product(edge),
        )
    ]
    if trace.has_answer:
        words += share_words(view, edge)
    if not view.trains(edge):
        words.append(message("Its strength is held: learning does not change it."))
    return told(
        level,
        message("From {source} to {target}", **names),
        words,
        [message("The weight from {source} to {target} is {weight}.", **names, weight=view.weight(edge))],
        rows,
        formulas,
        edge,
        [edge],
    )
