"""The arithmetic and the chain rule behind gradients, for one example and for the mean of a batch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from playground.engine.narration.activations import TEXTS
from playground.engine.narration.algebra import Part, added, product, signed, weighted_sum
from playground.engine.narration.told import others, strongest
from playground.engine.narration.view import View
from playground.model.message import message
from playground.model.narration import ArithmeticRow, Formula
from playground.model.network import EdgeKey

_TERMS_OF_A_MEAN = 4


def blame_rows(view: View, node: int) -> Iterator[ArithmeticRow]:
    """The rows behind the gradient of a node."""
    if view.is_output(node):
        yield from _output_rows(view, node)
        return
    edges = view.edges_out_of(node)
    shown, rest = strongest(edges, np.array([view.dl_dz(edge[1]) * view.weight(edge) for edge in edges]))
    for edge in shown:
        calculation = message("{blame} × {weight}", blame=view.dl_dz(edge[1]), weight=view.weight(edge))
        label = message("Blame from {node}", node=view.name(edge[1]))
        yield ArithmeticRow(label, calculation, view.dl_dz(edge[1]) * view.weight(edge))
    if len(rest):
        yield others(rest)
    yield ArithmeticRow(message("Adds up to"), None, view.dl_da(node), strong=True)
    if not view.is_input(node):
        yield from _through_slope(view, node)


def gradient_row(view: View, edge: EdgeKey) -> ArithmeticRow:
    """The row of one edge's gradient for this example."""
    calculation = message(
        "{gradient} × {activation}", gradient=view.dl_dz(edge[1]), activation=view.value(edge[0])
    )
    label = message("Gradient of {source} → {target}", source=view.name(edge[0]), target=view.name(edge[1]))
    return ArithmeticRow(label, calculation, view.edge_gradient(edge))


def mean_row(view: View, edge: EdgeKey) -> ArithmeticRow:
    """The row of one edge's mean over the batch."""
    own = _own_gradients(view, edge)
    calculation = message("({sum}) / {count}", sum=_few(own), count=len(own))
    label = message("{source} → {target}", source=view.name(edge[0]), target=view.name(edge[1]))
    return ArithmeticRow(label, calculation, view.mean_edge_gradient(edge))


def blame_formulas(view: View, node: int) -> Iterator[Formula]:
    """The formulas behind the gradient of a node."""
    if view.is_output(node):
        yield from _output_formulas(view, node)
        return
    pairs = [(view.dl_dz(edge[1]), view.weight(edge)) for edge in view.edges_out_of(node)]
    yield Formula(
        "∂<i>L</i>/∂<i>a</i> = Σ<sub><i>k</i></sub> "
        "∂<i>L</i>/∂<i>z</i><sub><i>k</i></sub> <i>w</i><sub><i>k</i></sub>",
        message(
            "∂<i>L</i>/∂<i>a</i> = {terms} = {sum}", terms=weighted_sum(None, pairs), sum=view.dl_da(node)
        ),
    )
    if not view.is_input(node):
        yield slope_formula(view, node)
        yield _chain_to_sum(view, node)


def slope_formula(view: View, node: int) -> Formula:
    """The formula of da/dz."""
    text, slope = TEXTS[view.activation(node)], view.slope(node)
    return Formula(
        f"∂<i>a</i>/∂<i>z</i> = {text.slope}",
        message(
            "∂<i>a</i>/∂<i>z</i> = {expression} = {slope}",
            expression=text.slope_of(view.total(node), view.value(node), slope),
            slope=slope,
        ),
    )


def gradient_formulas(view: View, edge: EdgeKey) -> Iterator[Formula]:
    """The chain rule for an edge, factor by factor, and its product."""
    target = edge[1]
    yield from blame_formulas(view, target)
    yield Formula(
        "∂<i>z</i>/∂<i>w</i> = <i>a</i>",
        message(
            "∂<i>z</i>/∂<i>w</i> = {value} ({source})",
            value=view.value(edge[0]),
            source=view.name(edge[0]),
        ),
    )
    yield gradient_formula(view, edge)


def gradient_formula(view: View, edge: EdgeKey) -> Formula:
    """The chain rule for an edge as one product."""
    source, target = edge
    names = {"source": view.name(source), "target": view.name(target)}
    if not _chain_has_three_factors(view, target):
        return Formula(
            "∂<i>L</i>/∂<i>w</i> = ∂<i>L</i>/∂<i>z</i> · ∂<i>z</i>/∂<i>w</i>",
            message(
                "{source} → {target}: ∂<i>L</i>/∂<i>w</i> = {product} = {gradient}",
                **names,
                product=product(view.dl_dz(target), view.value(source)),
                gradient=view.edge_gradient(edge),
            ),
        )
    return Formula(
        "∂<i>L</i>/∂<i>w</i> = ∂<i>L</i>/∂<i>a</i> · ∂<i>a</i>/∂<i>z</i> · ∂<i>z</i>/∂<i>w</i>",
        message(
            "{source} → {target}: ∂<i>L</i>/∂<i>w</i> = {blame} × {slope} × {value} = {gradient}",
            **names,
            blame=signed(view.dl_da(target)),
            slope=signed(view.slope(target)),
            value=signed(view.value(source)),
            gradient=view.edge_gradient(edge),
        ),
    )


def mean_formula(view: View, edge: EdgeKey) -> Formula:
    """The formula of one edge's mean over the batch."""
    own = _own_gradients(view, edge)
    return Formula(
        "∂<i>L</i>/∂<i>w</i> = (1/<i>n</i>) Σ<sub><i>i</i></sub> ∂<i>L</i><sub><i>i</i></sub>/∂<i>w</i>",
        message(
            "{source} → {target}: ({sum}) / {count} = {mean}",
            source=view.name(edge[0]),
            target=view.name(edge[1]),
            sum=_few(own),
            count=len(own),
            mean=view.mean_edge_gradient(edge),
        ),
    )


def _chain_has_three_factors(view: View, node: int) -> bool:
    """Whether dL/da times da/dz says anything: behind a softmax, or at a saturated sigmoid, it does not."""
    if view.is_output(node) and view.trace.experiment.learning.loss != "squared":
        return not view.has_softmax and math.isfinite(view.dl_da(node)) and view.slope(node) > 0
    return True


def _output_rows(view: View, node: int) -> Iterator[ArithmeticRow]:
    difference = message(
        "{answer} − {target}", answer=view.answer(node), target=signed(view.right_answer(node))
    )
    if view.trace.experiment.learning.loss == "squared":
        yield ArithmeticRow(message("Answer − right answer"), difference, view.dl_da(node), strong=True)
        yield from _through_slope(view, node)
    else:
        # The slope of the loss and that of the squash cancel: only the difference is left.
        label = message("Gradient of {node}", node=view.name(node))
        yield ArithmeticRow(label, difference, view.dl_dz(node), strong=True)


def _through_slope(view: View, node: int) -> Iterator[ArithmeticRow]:
    slope = view.slope(node)
    label = message("Slope of {name}", name=TEXTS[view.activation(node)].name)
    yield ArithmeticRow(label, None, slope)
    calculation = message("{blame} × {slope}", blame=view.dl_da(node), slope=slope)
    yield ArithmeticRow(
        message("Gradient of {node}", node=view.name(node)), calculation, view.dl_dz(node), strong=True
    )


def _output_formulas(view: View, node: int) -> Iterator[Formula]:
    answer, target = view.answer(node), signed(view.right_answer(node))
    loss = view.trace.experiment.learning.loss
    if loss == "squared":
        yield Formula(
            "∂<i>L</i>/∂<i>a</i> = <i>a</i> − <i>t</i>",
            message(
                "∂<i>L</i>/∂<i>a</i> = {answer} − {target} = {blame}",
                answer=answer,
                target=target,
                blame=view.dl_da(node),
            ),
        )
        yield slope_formula(view, node)
        yield _chain_to_sum(view, node)
        return
    if _chain_has_three_factors(view, node):
        yield Formula(
            "∂<i>L</i>/∂<i>a</i> = (<i>a</i> − <i>t</i>) / (<i>a</i> (1 − <i>a</i>))",
            message(
                "∂<i>L</i>/∂<i>a</i> = ({answer} − {target}) / ({answer} × (1 − {answer})) = {blame}",
                answer=answer,
                target=target,
                blame=view.dl_da(node),
            ),
        )
        yield slope_formula(view, node)
    yield Formula(
        "∂<i>L</i>/∂<i>z</i> = <i>p</i> − <i>t</i>"
        if view.has_softmax
        else "∂<i>L</i>/∂<i>z</i> = <i>a</i> − <i>t</i>",
        message(
            "∂<i>L</i>/∂<i>z</i> = {answer} − {target} = {gradient}",
            answer=answer,
            target=target,
            gradient=view.dl_dz(node),
        ),
    )


def _chain_to_sum(view: View, node: int) -> Formula:
    return Formula(
        "∂<i>L</i>/∂<i>z</i> = ∂<i>L</i>/∂<i>a</i> · ∂<i>a</i>/∂<i>z</i>",
        message(
            "∂<i>L</i>/∂<i>z</i> = {product} = {gradient}",
            product=product(view.dl_da(node), view.slope(node)),
            gradient=view.dl_dz(node),
        ),
    )


def _own_gradients(view: View, edge: EdgeKey) -> list[float]:
    return [float(g) for g in view.trace.edge_gradients[:, view.network.edge_index[edge]]]


def _few(gradients: Sequence[float]) -> Part:
    shown = gradients if len(gradients) <= _TERMS_OF_A_MEAN else gradients[: _TERMS_OF_A_MEAN - 1]
    terms: list[Part] = [signed(gradient) for gradient in shown]
    if len(shown) < len(gradients):
        rest = gradients[len(shown) :]
        terms.append(message("({count} more: {total})", count=len(rest), total=sum(rest)))
    return added(terms)
