"""What is said while the answer is compared with the right one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from playground.engine.narration.algebra import signed
from playground.engine.narration.told import others, strongest, told
from playground.engine.narration.view import View
from playground.model.keys import Level, Loss
from playground.model.message import Message, message
from playground.model.moment import Step
from playground.model.narration import ArithmeticRow, Formula, Narration


def narrate_loss(view: View, step: Step, level: Level) -> Narration:
    """Return the text of a step of the loss phase."""
    return comparing(view, step.nodes, level)


def comparing(view: View, outputs: Sequence[int], level: Level) -> Narration:
    """Return the text for outputs that are compared with their right answers."""
    return told(
        level,
        message("The answer is compared with the right one"),
        _words(view, outputs),
        [_MATHS[view.trace.experiment.learning.loss]],
        lambda: loss_rows(view, outputs),
        lambda: loss_formulas(view, outputs),
        outputs,
    )


def loss_rows(view: View, outputs: Sequence[int]) -> Iterator[ArithmeticRow]:
    """The rows of the outputs' parts of the loss, and the example's loss where they are all of it."""
    shown, rest = strongest(outputs, view.losses_of(outputs))
    calculate = _CALCULATIONS[view.trace.experiment.learning.loss]
    for node in shown:
        calculation = calculate(view.answer(node), view.right_answer(node))
        yield ArithmeticRow(message("{name}", name=view.name(node)), calculation, view.loss_of(node))
    if len(rest):
        yield others(rest)
    yield ArithmeticRow(message("Loss of {example}", example=view.example_name), None, view.loss, strong=True)


def loss_formulas(view: View, outputs: Sequence[int]) -> Iterator[Formula]:
    """The formula of each output's part of the loss."""
    loss = view.trace.experiment.learning.loss
    for node in strongest(outputs, view.losses_of(outputs))[0]:
        numbers = message(
            "{node}: <i>L</i> = {calculation} = {part}",
            node=view.name(node),
            calculation=_CALCULATIONS[loss](view.answer(node), view.right_answer(node)),
            part=view.loss_of(node),
        )
        yield Formula(_SYMBOLS[loss], numbers)
    if len(view.network.outputs) > 1:
        yield Formula(
            "<i>L</i> = Σ<sub><i>k</i></sub> <i>L</i><sub><i>k</i></sub>",
            message("<i>L</i> = {loss}", loss=view.loss),
        )


def _words(view: View, outputs: Sequence[int]) -> list[Message]:
    if view.has_softmax:
        right = max(view.network.outputs, key=view.right_answer)
        if len(outputs) > 1 or outputs[0] == right:
            if view.right_answer(right) == 1:
                share = message(
                    "The right answer is {node}. The network gives it a share of {share}.",
                    node=view.name(right),
                    share=view.answer(right),
                )
                missing = 1 - view.answer(right)
                return [share, message("It is off by {difference}.", difference=missing)]
            return [
                message(
                    "The right answer is {node}. The network gives it a share of {share}, "
                    "and {target} would be right.",
                    node=view.name(right),
                    share=view.answer(right),
                    target=view.right_answer(right),
                )
            ]
    worst = max(outputs, key=lambda node: abs(view.answer(node) - view.right_answer(node)))
    values = {"node": view.name(worst), "answer": view.answer(worst), "target": view.right_answer(worst)}
    difference = abs(view.answer(worst) - view.right_answer(worst))
    if difference == 0:
        return [message("{node} says {answer}, and that is right.", **values)]
    if len(outputs) > 1:
        furthest = message(
            "Of {count} answers, {node} is the furthest off: it says {answer}, and {target} is right.",
            count=len(outputs),
            **values,
        )
        return [furthest, message("It is off by {difference}.", difference=difference)]
    if len(view.network.outputs) > 1:
        said = message("{node} says {answer}. The right answer is {target}.", **values)
    else:
        said = message(
            "The network says {answer}. The right answer is {target}.",
            answer=values["answer"],
            target=values["target"],
        )
    return [said, message("It is off by {difference}.", difference=difference)]


def _squared(answer: float, target: float) -> Message:
    return message("½ × ({answer} − {target})²", answer=answer, target=signed(target))


def _cross_entropy(answer: float, target: float) -> Message:
    if target == 1:
        return message("−ln({answer})", answer=answer)
    if target == 0:
        return message("−ln(1 − {answer})", answer=answer)
    return message(
        "−{target} × ln({answer}) − (1 − {target}) × ln(1 − {answer})", answer=answer, target=target
    )


def _softmax_cross_entropy(answer: float, target: float) -> Message:
    if target == 1:
        return message("−ln({answer})", answer=answer)
    return message("{target} × −ln({answer})", answer=answer, target=target)


_CALCULATIONS: Mapping[Loss, Callable[[float, float], Message]] = MappingProxyType(
    {
        "squared": _squared,
        "cross_entropy": _cross_entropy,
        "softmax_cross_entropy": _softmax_cross_entropy,
    }
)

_SYMBOLS: Mapping[Loss, str] = MappingProxyType(
    {
        "squared": "<i>L</i> = ½ (<i>a</i> − <i>t</i>)²",
        "cross_entropy": "<i>L</i> = −<i>t</i> ln <i>a</i> − (1 − <i>t</i>) ln(1 − <i>a</i>)",
        "softmax_cross_entropy": "<i>L</i> = −<i>t</i> ln <i>p</i>",
    }
)

_MATHS: Mapping[Loss, Message] = MappingProxyType(
    {
        "squared": message("The loss is half the squared difference between activation and target."),
        "cross_entropy": message(
            "The loss is the cross-entropy between the target and the sigmoid's answer."
        ),
        "softmax_cross_entropy": message("The loss is the cross-entropy between the target and the softmax."),
    }
)
