"""What is said while blame flows back: from the loss through the squash, along the edges, to the mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from playground.engine.narration.algebra import Part
from playground.engine.narration.gradients import (
    blame_formulas,
    blame_rows,
    gradient_formula,
    gradient_formulas,
    gradient_row,
    mean_formula,
    mean_row,
)
from playground.engine.narration.told import others, strongest, told
from playground.engine.narration.view import View
from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.moment import Step
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.network import EdgeKey

_FORMULAS_OF_A_LAYER = 4
_MISTAKE = message("The mistake flows backwards: each arrow learns its share of the blame.")


def narrate_backward(view: View, step: Step, level: Level) -> Narration:
    """Return the text of a step of the backward phase."""
    if step.part == "mean":
        return averaging(view, step.edges, level)
    if step.part == "return":
        return returning(view, step.edges[0], level)
    if step.part == "blame":
        return blaming(view, step.nodes[0], (), level)
    if len(step.nodes) == 1:
        return blaming(view, step.nodes[0], step.edges, level)
    return layer(view, step.nodes, step.edges, level)


def blaming(view: View, node: int, edges: Sequence[EdgeKey], level: Level) -> Narration:
    """Return the text for a node that learns its blame, and for the edges that it hands it on to."""
    words = [blame_words(view, node)]
    if edges:
        # How far an output is off has just been said.
        first = _MISTAKE if view.is_output(node) else words[0]
        words = [first, _largest_share(view, edges)]
    shown, rest = strongest(edges, view.edge_gradients(edges))

    def rows() -> Iterator[ArithmeticRow]:
        yield from blame_rows(view, node)
        for edge in shown:
            yield gradient_row(view, edge)
        if len(rest):
            label = message("Gradients of {count} other weights together", count=len(rest))
            yield ArithmeticRow(label, None, float(rest.sum()))

    def formulas() -> Iterator[Formula]:
        yield from blame_formulas(view, node)
        for edge in shown:
            yield gradient_formula(view, edge)

    title = message("The blame of {node}", node=view.name(node))
    if level != "words":
        title = message("The gradient of {node}", node=view.name(node))
    return told(
        level,
        title,
        words,
        [message("The gradient of {node} is the loss's derivative by its sum.", node=view.name(node))],
        rows,
        formulas,
        [node],
        edges or view.edges_out_of(node),
    )


def returning(view: View, edge: EdgeKey, level: Level) -> Narration:
    """Return the text for the tag on one edge."""
    source, target = edge
    maths = message(
        "By the chain rule, the gradient of the weight is the gradient of {target} "
        "times the activation of {source}.",
        source=view.name(source),
        target=view.name(target),
    )
    return told(
        level,
        message("Back from {target} to {source}", source=view.name(source), target=view.name(target)),
        share_words(view, edge),
        [maths],
        lambda: [gradient_row(view, edge)],
        lambda: gradient_formulas(view, edge),
        edges=[edge],
    )


def layer(view: View, nodes: Sequence[int], edges: Sequence[EdgeKey], level: Level) -> Narration:
    """Return the text for nodes that hand on their blame together: a layer, or the whole way back."""
    words = [_MISTAKE]
    if edges:
        words.append(_largest_share(view, edges))
    computed = [node for node in nodes if not view.is_input(node)]
    shown_nodes, rest_nodes = strongest(computed, view.blames(computed))
    shown_edges, rest_edges = strongest(edges, view.edge_gradients(edges))

    def rows() -> Iterator[ArithmeticRow]:
        for node in shown_nodes:
            yield ArithmeticRow(message("Gradient of {node}", node=view.name(node)), None, view.dl_dz(node))
        if len(rest_nodes):
            label = message("Gradients of {count} other nodes together", count=len(rest_nodes))
            yield ArithmeticRow(label, None, float(rest_nodes.sum()))
        for edge in shown_edges:
            yield gradient_row(view, edge)
        if len(rest_edges):
            label = message("Gradients of {count} other weights together", count=len(rest_edges))
            yield ArithmeticRow(label, None, float(rest_edges.sum()))

    def formulas() -> Iterator[Formula]:
        for edge in shown_edges[:_FORMULAS_OF_A_LAYER]:
            yield gradient_formula(view, edge)

    return told(
        level,
        message("The mistake flows backwards"),
        words,
        [message("The chain rule gives the gradient of every weight.")],
        rows,
        formulas,
        nodes,
        edges,
    )


def averaging(view: View, edges: Sequence[EdgeKey], level: Level) -> Narration:
    """Return the text for the tags of a batch that become their mean."""
    count = view.trace.n_rows
    shown, rest = strongest(edges, view.mean_edge_gradients(edges))

    def rows() -> Iterator[ArithmeticRow]:
        for edge in shown:
            yield mean_row(view, edge)
        if len(rest):
            yield others(rest)

    return told(
        level,
        message("The mean of {count} examples", count=count),
        [
            message(
                "Each arrow takes the average of the blame that {count} examples have left on it.",
                count=count,
            )
        ],
        [
            message(
                "The gradient of the batch is the mean of the gradients of its {count} examples.", count=count
            )
        ],
        rows,
        lambda: [mean_formula(view, edge) for edge in shown[:_FORMULAS_OF_A_LAYER]],
        edges=edges,
    )


def share_words(view: View, edge: EdgeKey) -> list[Message]:
    """Return what an edge's gradient means, in words."""
    gradient = view.edge_gradient(edge)
    share = message(
        "The arrow from {source} to {target} learns its share of the blame: {gradient}.",
        source=view.name(edge[0]),
        target=view.name(edge[1]),
        gradient=gradient,
    )
    if gradient < 0:
        return [share, message("A larger number on it would make the mistake smaller.")]
    if gradient > 0:
        return [share, message("A smaller number on it would make the mistake smaller.")]
    return [share, message("A slightly different number on it would not change the mistake.")]


def blame_words(view: View, node: int) -> Message:
    """Return what a node's gradient means, in words."""
    gradient, name = view.dl_dz(node), view.name(node)
    if view.is_output(node):
        return _output_words(view, node)
    count = len(view.network.outgoing[node])
    values: dict[str, Part] = {"node": name, "count": count, "gradient": gradient}
    if not count:
        return message("Nobody listens to {node}, so it has no blame.", node=name)
    if gradient == 0:
        return message(
            "{node} has no blame: a little more or less here would not have changed the mistake.", node=name
        )
    if count == 1:
        values["listener"] = view.name(view.network.outgoing[node][0])
        if gradient < 0:
            return message(
                "{node} takes its blame from {listener}: {gradient}. "
                "A larger sum here would have made the mistake smaller.",
                **values,
            )
        return message(
            "{node} takes its blame from {listener}: {gradient}. "
            "A smaller sum here would have made the mistake smaller.",
            **values,
        )
    if gradient < 0:
        return message(
            "{node} collects blame from {count} arrows: {gradient}. "
            "A larger sum here would have made the mistake smaller.",
            **values,
        )
    return message(
        "{node} collects blame from {count} arrows: {gradient}. "
        "A smaller sum here would have made the mistake smaller.",
        **values,
    )


def _output_words(view: View, node: int) -> Message:
    values = {
        "node": view.name(node),
        "answer": view.answer(node),
        "target": view.right_answer(node),
        "gradient": view.dl_dz(node),
    }
    if view.answer(node) < view.right_answer(node):
        return message(
            "{node} says {answer}, which is too little: {target} is right. Its blame is {gradient}.", **values
        )
    if view.answer(node) > view.right_answer(node):
        return message(
            "{node} says {answer}, which is too much: {target} is right. Its blame is {gradient}.", **values
        )
    return message(
        "{node} says {answer}, which is right, so it has no blame.",
        node=values["node"],
        answer=values["answer"],
    )


def _largest_share(view: View, edges: Sequence[EdgeKey]) -> Message:
    edge = view.strongest_edge(edges)
    values = {
        "source": view.name(edge[0]),
        "target": view.name(edge[1]),
        "gradient": view.edge_gradient(edge),
    }
    if values["gradient"] == 0:
        return (
            message("No arrow into it gets any blame.")
            if len({t for _, t in edges}) == 1
            else message("No arrow gets any blame.")
        )
    return message("The arrow from {source} to {target} gets the largest share: {gradient}.", **values)
