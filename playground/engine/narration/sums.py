"""The arithmetic behind forward values: products, sums, activations and shares, as rows and formulas."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.engine.narration.activations import TEXTS
from playground.engine.narration.algebra import TERMS_IN_A_FORMULA, Part, added, product, weighted_sum
from playground.engine.narration.told import others, strongest
from playground.engine.narration.view import View
from playground.model.message import Message, message
from playground.model.narration import ArithmeticRow, Formula
from playground.model.network import EdgeKey


def product_row(view: View, edge: EdgeKey) -> ArithmeticRow:
    """The row of one product, named after the source."""
    calculation = message("{activation} × {weight}", activation=view.value(edge[0]), weight=view.weight(edge))
    return ArithmeticRow(message("{name}", name=view.name(edge[0])), calculation, view.product(edge))


def sum_rows(view: View, node: int) -> Iterator[ArithmeticRow]:
    """The rows of a weighted sum: products, bias, sum."""
    edges = view.edges_into(node)
    shown, rest = strongest(edges, np.array([view.product(edge) for edge in edges]))
    for edge in shown:
        yield product_row(view, edge)
    if len(rest):
        yield others(rest)
    yield ArithmeticRow(message("Bias of {node}", node=view.name(node)), None, view.bias(node))
    yield ArithmeticRow(message("Adds up to"), None, view.total(node), strong=True)


def activation_row(view: View, node: int) -> ArithmeticRow:
    """The row of what the activation makes of the sum."""
    return ArithmeticRow(TEXTS[view.activation(node)].result, None, view.value(node), strong=True)


def node_rows(view: View, node: int) -> Iterator[ArithmeticRow]:
    """The rows from the products to the activation."""
    yield from sum_rows(view, node)
    yield activation_row(view, node)


def softmax_rows(view: View) -> Iterator[ArithmeticRow]:
    """The rows of the shares; their powers are taken from the largest sum down, as they are computed."""
    shown, rest = strongest(view.network.outputs, view.answers(view.network.outputs))
    for node in shown:
        calculation = message("softmax of {sum}", sum=view.total(node))
        yield ArithmeticRow(message("{name}", name=view.name(node)), calculation, view.answer(node))
    if len(rest):
        yield others(rest)


def product_formula(view: View, edge: EdgeKey) -> Formula:
    """The formula of one product."""
    return Formula(
        "<i>w a</i>",
        message(
            "{product} = {result}",
            product=product(view.weight(edge), view.value(edge[0])),
            result=view.product(edge),
        ),
    )


def sum_formula(view: View, node: int) -> Formula:
    """The formula of a weighted sum."""
    pairs = [(view.weight(edge), view.value(edge[0])) for edge in view.edges_into(node)]
    return Formula(
        "<i>z</i> = <i>b</i> + Σ<sub><i>i</i></sub> <i>w</i><sub><i>i</i></sub> <i>a</i><sub><i>i</i></sub>",
        message(
            "<i>z</i> = {terms} = {sum}", terms=weighted_sum(view.bias(node), pairs), sum=view.total(node)
        ),
    )


def activation_formula(view: View, node: int) -> Formula:
    """The formula of an activation."""
    text = TEXTS[view.activation(node)]
    return Formula(
        f"<i>a</i> = {text.value}",
        message(
            "<i>a</i> = {expression} = {value}",
            expression=text.value_of(view.total(node)),
            value=view.value(node),
        ),
    )


def node_formulas(view: View, node: int) -> list[Formula]:
    """The formulas from the products to the activation."""
    return [sum_formula(view, node), activation_formula(view, node)]


def softmax_formula(view: View, node: int) -> Formula:
    """The formula of one output's share."""
    outputs = view.network.outputs
    listed_outputs = outputs if len(outputs) <= TERMS_IN_A_FORMULA else outputs[: TERMS_IN_A_FORMULA - 1]
    powers: list[Part] = [_power(view, output) for output in listed_outputs]
    if len(listed_outputs) < len(outputs):
        powers.append(message("({count} more)", count=len(outputs) - len(listed_outputs)))
    return Formula(
        "<i>p</i> = <i>e</i><sup><i>z</i></sup> / "
        "Σ<sub><i>k</i></sub> <i>e</i><sup><i>z</i><sub><i>k</i></sub></sup>",
        message(
            "{node}: <i>p</i> = {power} / ({powers}) = {share}",
            node=view.name(node),
            power=_power(view, node),
            powers=added(powers),
            share=view.answer(node),
        ),
    )


def _power(view: View, node: int) -> Message:
    return message("<i>e</i><sup>{sum}</sup>", sum=view.total(node))
