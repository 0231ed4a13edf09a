"""How each activation is told: its name, its words, its formula and its slope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernels.activations import LEAKY_SLOPE
from playground.engine.narration.algebra import Part, base, signed
from playground.model.keys import Activation
from playground.model.message import Message, message


@dataclass(frozen=True, slots=True)
class ActivationText:
    """One activation in words and symbols.

    name : as it stands in "the slope of ..."
    result : label of the row that holds the activation
    words : node's name, sum, activation -> a sentence without jargon
    value, slope : the formulas as rich text
    value_of : sum -> the formula with its number
    slope_of : sum, activation, slope -> the formula with its numbers
    """

    name: Message
    result: Message
    words: Callable[[Part, float, float], Message]
    value: str
    value_of: Callable[[float], Message]
    slope: str
    slope_of: Callable[[float, float, float], Message]


def _linear(name: Part, z: float, a: float) -> Message:
    return message("{node} passes on its sum as it is: {value}.", node=name, value=a)


def _sigmoid(name: Part, z: float, a: float) -> Message:
    return message(
        "{node} squashes its sum {sum} into a value between 0 and 1: {value}.", node=name, sum=z, value=a
    )


def _tanh(name: Part, z: float, a: float) -> Message:
    return message(
        "{node} squashes its sum {sum} into a value between −1 and 1: {value}.", node=name, sum=z, value=a
    )


def _relu(name: Part, z: float, a: float) -> Message:
    if z > 0:
        return message(
            "{node} passes its sum on as it is, because it is above zero: {value}.", node=name, value=a
        )
    return message(
        "{node} stays silent, because its sum {sum} is not above zero: {value}.", node=name, sum=z, value=a
    )


def _leaky_relu(name: Part, z: float, a: float) -> Message:
    if z > 0:
        return message(
            "{node} passes its sum on as it is, because it is above zero: {value}.", node=name, value=a
        )
    return message(
        "{node} lets only a hundredth of its sum {sum} through, because it is not above zero: {value}.",
        node=name,
        sum=z,
        value=a,
    )


def _softplus(name: Part, z: float, a: float) -> Message:
    return message(
        "{node} bends its sum {sum} softly to a value above zero: {value}.", node=name, sum=z, value=a
    )


def _sine(name: Part, z: float, a: float) -> Message:
    return message("{node} reads the height of a wave at its sum {sum}: {value}.", node=name, sum=z, value=a)


def _slope_alone(z: float, a: float, slope: float) -> Message:
    return message("{slope}", slope=slope)


def _leaky_value(z: float) -> Message:
    return message("max({sum}, {slope} × {bracketed})", sum=z, slope=LEAKY_SLOPE, bracketed=signed(z))


TEXTS: Mapping[Activation, ActivationText] = MappingProxyType(
    {
        "linear": ActivationText(
            name=message("the linear activation"),
            result=message("Passed on as"),
            words=_linear,
            value="<i>z</i>",
            value_of=lambda z: message("{sum}", sum=z),
            slope="1",
            slope_of=_slope_alone,
        ),
        "sigmoid": ActivationText(
            name=message("the sigmoid"),
            result=message("Squashed by the sigmoid to"),
            words=_sigmoid,
            value="1 / (1 + <i>e</i><sup>−<i>z</i></sup>)",
            value_of=lambda z: message("1 / (1 + <i>e</i><sup>−{sum}</sup>)", sum=signed(z)),
            slope="<i>a</i> (1 − <i>a</i>)",
            slope_of=lambda z, a, slope: message("{value} × (1 − {value})", value=a),
        ),
        "tanh": ActivationText(
            name=message("tanh"),
            result=message("Squashed by tanh to"),
            words=_tanh,
            value="tanh(<i>z</i>)",
            value_of=lambda z: message("tanh({sum})", sum=z),
            slope="1 − <i>a</i><sup>2</sup>",
            slope_of=lambda z, a, slope: message("1 − {value}<sup>2</sup>", value=base(a)),
        ),
        "relu": ActivationText(
            name=message("the ReLU"),
            result=message("Cut off at zero by the ReLU"),
            words=_relu,
            value="max(0, <i>z</i>)",
            value_of=lambda z: message("max(0, {sum})", sum=z),
            slope="1 (<i>z</i> &gt; 0), 0 (<i>z</i> ≤ 0)",
            slope_of=_slope_alone,
        ),
        "leaky_relu": ActivationText(
            name=message("the leaky ReLU"),
            result=message("Let through by the leaky ReLU"),
            words=_leaky_relu,
            value="max(<i>z</i>, 0.01 <i>z</i>)",
            value_of=_leaky_value,
            slope="1 (<i>z</i> &gt; 0), 0.01 (<i>z</i> ≤ 0)",
            slope_of=_slope_alone,
        ),
        "softplus": ActivationText(
            name=message("softplus"),
            result=message("Bent by softplus to"),
            words=_softplus,
            value="ln(1 + <i>e</i><sup><i>z</i></sup>)",
            value_of=lambda z: message("ln(1 + <i>e</i><sup>{sum}</sup>)", sum=z),
            slope="1 / (1 + <i>e</i><sup>−<i>z</i></sup>)",
            slope_of=lambda z, a, slope: message("1 / (1 + <i>e</i><sup>−{sum}</sup>)", sum=signed(z)),
        ),
        "sine": ActivationText(
            name=message("the sine"),
            result=message("Read off the sine wave"),
            words=_sine,
            value="sin(<i>z</i>)",
            value_of=lambda z: message("sin({sum})", sum=z),
            slope="cos(<i>z</i>)",
            slope_of=lambda z, a, slope: message("cos({sum})", sum=z),
        ),
    }
)
"""The text of every activation."""
