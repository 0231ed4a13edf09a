"""What is said while the weights change from old to new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from playground.engine.narration.algebra import Part
from playground.engine.narration.changes import Change, bias_change, weight_change
from playground.engine.narration.optimizers import change_formulas, change_rows, new_row
from playground.engine.narration.told import strongest, told
from playground.engine.narration.view import View
from playground.model.keys import Level
from playground.model.message import Message, format_number, message
from playground.model.moment import Step
from playground.model.narration import ArithmeticRow, Formula, Narration
from playground.model.network import EdgeKey

_FORMULAS_OF_MANY = 4


def narrate_update(view: View, step: Step, level: Level) -> Narration:
    """Return the text of a step of the update phase."""
    own = tuple(dict.fromkeys(view.network.edges[edge].parameter for edge in step.edges))
    if len(own) == 1 and not step.nodes:
        return changing_weight(view, step.edges, level)
    if len(step.nodes) == 1 and not step.edges:
        return changing_bias(view, step.nodes[0], level)
    return changing_many(view, step.nodes, step.edges, level)


def changing_weight(view: View, edges: Sequence[EdgeKey], level: Level) -> Narration:
    """Return the text for one weight, which several edges may share."""
    change = weight_change(view, edges[0])
    if len(edges) == 1:
        names = {"source": view.name(edges[0][0]), "target": view.name(edges[0][1])}
        who = message("The arrow from {source} to {target}", **names)
        title = message("The weight from {source} to {target} changes", **names)
    else:
        who = message("The strength that {count} arrows share", count=len(edges))
        title = message("A shared weight changes")
    return _changing(title, who, change, level, (), edges)


def changing_bias(view: View, node: int, level: Level) -> Narration:
    """Return the text for the bias of a node."""
    return _changing(
        message("The bias of {node} changes", node=view.name(node)),
        message("The starting value of {node}", node=view.name(node)),
        bias_change(view, node),
        level,
        (node,),
        (),
    )


def changing_many(view: View, nodes: Sequence[int], edges: Sequence[EdgeKey], level: Level) -> Narration:
    """Return the text for weights and biases that change together."""
    places = view.parameter_places(edges)
    # Of edges that share a weight the first speaks for it.
    firsts = np.sort(np.unique(places, return_index=True)[1])
    moves = view.weight_moves(places[firsts])
    kept, rest = strongest(firsts.tolist(), moves)
    shown = [edges[place] for place in kept]
    biases = [node for node in nodes if not view.is_input(node)]
    learning = view.trace.experiment.learning
    words = [
        message(
            "Every arrow takes a step to make the mistake smaller. The {rate_name} is {rate}.",
            rate_name=rate_name(level),
            rate=learning.learning_rate,
        )
    ]
    if len(biases) == 1:
        words = [
            message(
                "What comes into {node} takes a step to make the mistake smaller. The {rate_name} is {rate}.",
                node=view.name(biases[0]),
                rate_name=rate_name(level),
                rate=learning.learning_rate,
            )
        ]
    if len(firsts):
        most = edges[firsts[int(np.abs(moves).argmax())]]
        who = message(
            "The arrow from {source} to {target}", source=view.name(most[0]), target=view.name(most[1])
        )
        words.append(change_words(who, weight_change(view, most)))
    shown_biases, rest_biases = strongest(biases, view.bias_moves(biases))

    def rows() -> Iterator[ArithmeticRow]:
        for edge in shown:
            label = message("{source} → {target}", source=view.name(edge[0]), target=view.name(edge[1]))
            yield new_row(weight_change(view, edge), label)
        if len(rest):
            label = message("and {count} other weights: average change", count=len(rest))
            yield ArithmeticRow(label, None, float(rest.mean()))
        for node in shown_biases:
            yield new_row(bias_change(view, node), message("Bias of {node}", node=view.name(node)))
        if len(rest_biases):
            label = message("and {count} other biases: average change", count=len(rest_biases))
            yield ArithmeticRow(label, None, float(rest_biases.mean()))

    def formulas() -> Iterator[Formula]:
        for edge in shown[:_FORMULAS_OF_MANY]:
            for formula in change_formulas(weight_change(view, edge)):
                numbers = message(
                    "{source} → {target}: {formula}",
                    source=view.name(edge[0]),
                    target=view.name(edge[1]),
                    formula=formula.numbers,
                )
                yield Formula(formula.symbols, numbers)

    maths = message("Each weight and bias takes one step of the optimizer.")
    title = message("The network learns")
    if len(biases) == 1:
        title = message("{node} learns", node=view.name(biases[0]))
    return told(level, title, words, [maths], rows, formulas, nodes, edges)


def rate_name(level: Level) -> Message:
    """Return what the learning rate is called at a level, as its control calls it."""
    return message("step size") if level == "words" else message("learning rate")


def change_words(who: Message, change: Change) -> Message:
    """Return the sentence on one value's change, which stays true where the change is too small to show."""
    values: dict[str, Part] = {"who": who, "old": change.old, "new": change.new, "change": _moved(change)}
    if change.new == change.old:
        return message("{who} stays at {new}.", who=who, new=change.new)
    if format_number(change.old) == format_number(change.new):
        return message("{who} changes only by {change} and stays near {new}.", **values)
    return message("{who} changes from {old} to {new}.", **values)


def _changing(
    title: Message,
    who: Message,
    change: Change,
    level: Level,
    nodes: Sequence[int],
    edges: Sequence[EdgeKey],
) -> Narration:
    reason = message(
        "The {rate_name} {rate} says how far it goes.",
        rate_name=rate_name(level),
        rate=change.learning.learning_rate,
    )
    return told(
        level,
        title,
        [change_words(who, change), reason],
        [message("The optimizer takes one step against the gradient.")],
        lambda: change_rows(change),
        lambda: change_formulas(change),
        nodes,
        edges,
    )


def _moved(change: Change) -> float:
    return change.new - change.old
