"""What is said while numbers flow forward: reading, travelling, adding up, squashing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from playground.engine.narration.activations import TEXTS
from playground.engine.narration.algebra import Part, listed
from playground.engine.narration.sums import (
    activation_formula,
    activation_row,
    node_formulas,
    node_rows,
    product_formula,
    product_row,
    softmax_formula,
    softmax_rows,
    sum_formula,
    sum_rows,
)
from playground.engine.narration.told import others_on_average, strongest, told
from playground.engine.narration.view import View
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.moment import Step
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.network import EdgeKey

_FORMULAS_OF_A_LAYER = 4


def narrate_forward(view: View, step: Step, level: Level) -> Narration:
    """Return the text of a step of the forward phase."""
    if step.part == "read":
        return reading(view, level)
    if step.part == "softmax":
        return sharing(view, level)
    if step.part == "send":
        return sending(view, step.edges[0], level)
    if step.part == "sum":
        return adding(view, step.nodes[0], level)
    if step.part == "squash":
        return squashing(view, step.nodes[0], level)
    computed = [node for node in step.nodes if not view.is_input(node)]
    if len(computed) == 1 and len(step.nodes) == 1:
        return computing(view, computed[0], level)
    return layer(view, computed, step.edges, level) if computed else reading(view, level)


def reading(view: View, level: Level) -> Narration:
    """Return the text for the inputs, which take the example's values."""
    inputs = view.network.inputs
    facts = [message("{name} {value}", name=view.name(node), value=view.value(node)) for node in inputs]
    words = message("The network reads {example}: {facts}.", example=view.example_name, facts=listed(facts))
    if not inputs:
        words = message("The network has no inputs yet, so there is nothing to read.")
    shown, rest = strongest(inputs, view.values(inputs))

    def rows() -> Iterator[ArithmeticRow]:
        for node in shown:
            yield ArithmeticRow(message("{name}", name=view.name(node)), None, view.value(node))
        if len(rest):
            yield others_on_average(rest)

    def formulas() -> Iterator[Formula]:
        for node in shown:
            yield Formula(
                "<i>a</i> = <i>x</i>",
                message("{node}: <i>a</i> = {value}", node=view.name(node), value=view.value(node)),
            )

    return told(
        level,
        message("The example comes in"),
        [words],
        [words, *([message("At an input the activation is the value itself.")] if inputs else [])],
        rows,
        formulas,
        inputs,
    )


def sending(view: View, edge: EdgeKey, level: Level) -> Narration:
    """Return the text for one value that travels along one edge."""
    source, target = edge
    weight, value, arrives = view.weight(edge), view.value(source), view.product(edge)
    values = {"source": view.name(source), "target": view.name(target), "weight": weight, "value": value}
    if weight < 0:
        words = message(
            "{source} sends {value} to {target} along an arrow of {weight}, which turns it round: "
            "{product} arrives.",
            **values,
            product=arrives,
        )
    else:
        words = message(
            "{source} sends {value} to {target} along an arrow of {weight}: {product} arrives.",
            **values,
            product=arrives,
        )
    return told(
        level,
        message("From {source} to {target}", source=view.name(source), target=view.name(target)),
        [words],
        [message("The activation is multiplied by the weight of the edge.")],
        lambda: [product_row(view, edge)],
        lambda: [product_formula(view, edge)],
        edges=[edge],
    )


def adding(view: View, node: int, level: Level) -> Narration:
    """Return the text for a node that adds up its bias and what has arrived."""
    words = message(
        "{node} adds up what has arrived and its own starting value {bias}: {sum}.",
        node=view.name(node),
        bias=view.bias(node),
        sum=view.total(node),
    )
    return told(
        level,
        message("{node} adds up", node=view.name(node)),
        [words],
        [message("The sum is the bias plus each weight times the activation at its source.")],
        lambda: sum_rows(view, node),
        lambda: [sum_formula(view, node)],
        [node],
        view.edges_into(node),
    )


def squashing(view: View, node: int, level: Level) -> Narration:
    """Return the text for an activation."""
    text = TEXTS[view.activation(node)]
    return told(
        level,
        message("What {node} makes of its sum", node=view.name(node)),
        [text.words(view.name(node), view.total(node), view.value(node))],
        [message("The activation of {node} is {name} of its sum.", node=view.name(node), name=text.name)],
        lambda: [
            ArithmeticRow(message("Adds up to"), None, view.total(node)),
            activation_row(view, node),
        ],
        lambda: [activation_formula(view, node)],
        [node],
    )


def computing(view: View, node: int, level: Level) -> Narration:
    """Return the text for a node from what arrives to its activation."""
    edges = view.edges_into(node)
    maths = message(
        "{node} adds its bias to the weighted sum of {count} activations and applies {name}.",
        node=view.name(node),
        count=len(edges),
        name=TEXTS[view.activation(node)].name,
    )
    return told(
        level,
        message("{node} listens", node=view.name(node)),
        listening(view, node),
        [maths],
        lambda: node_rows(view, node),
        lambda: node_formulas(view, node),
        [node],
        edges,
    )


def layer(view: View, nodes: Sequence[int], edges: Sequence[EdgeKey], level: Level) -> Narration:
    """Return the text for nodes that compute together: a layer, or the whole way forward."""
    loudest = nodes[int(np.abs(view.values(nodes)).argmax())]
    outputs = [node for node in nodes if view.is_output(node)]
    values: dict[str, Part] = {
        "count": len(nodes),
        "example": view.example_name,
        "facts": len(view.network.inputs),
    }
    if len({view.network.depth[node] for node in nodes}) > 1:
        heard = message("Numbers flow forward along the arrows, from layer to layer.")
    elif len(view.network.inputs) > 1 and {source for source, _ in edges} == set(view.network.inputs):
        if len(view.network.inputs) == 2:
            heard = message("{count} nodes listen to both facts about {example} at once.", **values)
        else:
            heard = message("{count} nodes listen to all {facts} facts about {example} at once.", **values)
    else:
        heard = message("{count} nodes listen at once, each on its own arrows.", **values)
    if len(outputs) == 1:
        answer = message("{node} answers {value}.", node=view.name(outputs[0]), value=view.answer(outputs[0]))
    else:
        answer = message(
            "{node} answers the loudest: {value}.", node=view.name(loudest), value=view.value(loudest)
        )
    return told(
        level,
        message("Numbers flow forward"),
        [heard, answer],
        [message("Each node takes the weighted sum over its edges and applies its activation.")],
        lambda: _layer_rows(view, nodes),
        lambda: _layer_formulas(view, nodes),
        nodes,
        edges,
    )


def sharing(view: View, level: Level) -> Narration:
    """Return the text for the softmax over all outputs."""
    outputs = view.network.outputs
    most = max(outputs, key=view.answer)
    words = message(
        "The scores become shares that add up to 1. {node} gets the largest share: {share}.",
        node=view.name(most),
        share=view.answer(most),
    )
    return told(
        level,
        message("Scores become shares"),
        [words],
        [message("The softmax divides each output's power of e by the sum of all of them.")],
        lambda: softmax_rows(view),
        lambda: [softmax_formula(view, node) for node in strongest(outputs, view.answers(outputs))[0]],
        outputs,
    )


def listening(view: View, node: int) -> list[Message]:
    """Return one or two sentences on what a node hears and what counts the most."""
    edges, name = view.edges_into(node), view.name(node)
    count = len(edges)
    if not count:
        return [
            message(
                "{node} listens to nothing, so it starts from its own value {bias} and answers {value}.",
                node=name,
                bias=view.bias(node),
                value=view.value(node),
            )
        ]
    if count == 1:
        first = message("{node} listens to {source} only.", node=name, source=view.name(edges[0][0]))
    elif {source for source, _ in edges} == set(view.network.inputs):
        values: dict[str, Part] = {"node": name, "count": count, "example": view.example_name}
        if count == 2:
            first = message("{node} listens to both facts about {example}.", **values)
        else:
            first = message("{node} listens to all {count} facts about {example}.", **values)
    else:
        first = message("{node} listens to {count} values.", node=name, count=count)
    return [first, _counts_most(view, edges)]


def _counts_most(view: View, edges: Sequence[EdgeKey]) -> Message:
    loudest = max(edges, key=lambda edge: abs(view.product(edge)))
    thickest = max(edges, key=lambda edge: abs(view.weight(edge)))
    source, arrives = view.name(loudest[0]), view.product(loudest)
    values = {"source": source, "value": view.value(loudest[0]), "product": arrives}
    if arrives == 0:
        return message("Nothing that arrives there is different from 0.")
    if len(edges) == 1:
        return message("{source} {value} arrives as {product}.", **values)
    if loudest == thickest:
        return message("{source} {value} arrives on its thickest arrow, so it counts the most.", **values)
    return message("{source} {value} arrives as {product}, so it counts the most.", **values)


def _layer_rows(view: View, nodes: Sequence[int]) -> Iterator[ArithmeticRow]:
    shown, rest = strongest(nodes, view.values(nodes))
    for node in shown:
        calculation = message("{name} of {sum}", name=TEXTS[view.activation(node)].name, sum=view.total(node))
        yield ArithmeticRow(message("{name}", name=view.name(node)), calculation, view.value(node))
    if len(rest):
        yield others_on_average(rest)


def _layer_formulas(view: View, nodes: Sequence[int]) -> Iterator[Formula]:
    for node in strongest(nodes, view.values(nodes))[0][:_FORMULAS_OF_A_LAYER]:
        formula = activation_formula(view, node)
        yield Formula(
            formula.symbols, message("{node}: {formula}", node=view.name(node), formula=formula.numbers)
        )
