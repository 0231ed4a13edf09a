"""The arithmetic of one update of one value, optimizer by optimizer, with the memory that it uses."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from playground.engine.narration.algebra import Part, base, product, signed
from playground.engine.narration.changes import Change
from playground.model.experiment import Learning
from playground.model.keys import Optimizer, Regularization
from playground.model.message import Message, message
from playground.model.narration import ArithmeticRow, Formula


def change_rows(change: Change) -> Iterator[ArithmeticRow]:
    """The rows from the gradient to the new value."""
    calculation = None
    if change.penalty:
        calculation = message(
            "{gradient} + {penalty}",
            gradient=change.gradient - change.penalty,
            penalty=signed(change.penalty),
        )
    label = message("Gradient with the penalty") if change.penalty else message("Gradient")
    yield ArithmeticRow(label, calculation, change.gradient)
    if change.memory is None and change.learning.optimizer != "sgd":
        yield new_row(change)
    else:
        yield from _ROWS[change.learning.optimizer](change)


def change_formulas(change: Change) -> Iterator[Formula]:
    """The formulas from the gradient to the new value."""
    if change.penalty:
        symbols, numbers = _PENALTIES[change.learning.regularization]
        yield Formula(
            f"<i>g</i> = ∂<i>L</i>/∂<i>w</i> + {symbols}",
            message(
                "<i>g</i> = {gradient} + {penalty} = {sum}",
                gradient=change.gradient - change.penalty,
                penalty=numbers(change),
                sum=change.gradient,
            ),
        )
    if change.memory is None and change.learning.optimizer != "sgd":
        yield _new_formula(change, "Δ", message("{step}", step=signed(change.old - change.new)))
    else:
        yield from _FORMULAS[change.learning.optimizer](change)


def new_row(change: Change, label: Message | None = None) -> ArithmeticRow:
    """The one row from the old value to the new, in the optimizer's own terms."""
    calculation = message("{old} − {step}", old=change.old, step=signed(change.old - change.new))
    if change.memory is not None or change.learning.optimizer == "sgd":
        calculation = _NEW[change.learning.optimizer](change)
    return ArithmeticRow(label or message("New value"), calculation, change.new, strong=label is None)


def _new_by_sgd(change: Change) -> Message:
    rate, gradient = change.learning.learning_rate, signed(change.gradient)
    return message("{old} − {rate} × {gradient}", old=change.old, rate=rate, gradient=gradient)


def _velocity(change: Change) -> tuple[float, float]:
    """Momentum's memory of one value before and after."""
    (before,) = change.memory or (0.0,)
    return before, change.learning.momentum * before + change.gradient


def _new_by_momentum(change: Change) -> Message:
    rate, velocity = change.learning.learning_rate, signed(_velocity(change)[1])
    return message("{old} − {rate} × {velocity}", old=change.old, rate=rate, velocity=velocity)


def _new_by_adam(change: Change) -> Message:
    rate, direction = change.learning.learning_rate, signed(_Adam.of(change).direction(change.learning))
    return message("{old} − {rate} × {direction}", old=change.old, rate=rate, direction=direction)


def _all_of_adam(change: Change, adam: _Adam) -> Message:
    return message(
        "{old} − {rate} × {mean} / (√({spread}) + {epsilon})",
        old=change.old,
        rate=change.learning.learning_rate,
        mean=signed(adam.mean),
        spread=adam.spread,
        epsilon=change.learning.epsilon,
    )


def _sgd_rows(change: Change) -> Iterator[ArithmeticRow]:
    yield new_row(change)


def _momentum_rows(change: Change) -> Iterator[ArithmeticRow]:
    before, velocity = _velocity(change)
    memory = product(change.learning.momentum, before)
    calculation = message("{memory} + {gradient}", memory=memory, gradient=signed(change.gradient))
    yield ArithmeticRow(message("Velocity"), calculation, velocity)
    yield new_row(change)


@dataclass(frozen=True, slots=True)
class _Adam:
    """Adam's numbers for one value: its two means before and after, and after the correction."""

    first_before: float
    second_before: float
    first: float
    second: float
    mean: float
    spread: float

    @classmethod
    def of(cls, change: Change) -> _Adam:
        first_before, second_before = change.memory or (0.0, 0.0)
        learning, g = change.learning, change.gradient
        first = learning.beta1 * first_before + (1 - learning.beta1) * g
        second = learning.beta2 * second_before + (1 - learning.beta2) * g * g
        return cls(
            first_before,
            second_before,
            first,
            second,
            first / (1 - learning.beta1**change.count),
            second / (1 - learning.beta2**change.count),
        )

    def direction(self, learning: Learning) -> float:
        """What the learning rate is multiplied by."""
        return self.mean / (math.sqrt(self.spread) + learning.epsilon)


def _adam_parts(change: Change, adam: _Adam) -> tuple[Message, Message, Message, Message]:
    """The calculations of mean and spread, and of both corrected."""
    learning, gradient = change.learning, signed(change.gradient)
    first = message(
        "{memory} + {share} × {gradient}",
        memory=product(learning.beta1, adam.first_before),
        share=1 - learning.beta1,
        gradient=gradient,
    )
    second = message(
        "{memory} + {share} × {gradient}²",
        memory=product(learning.beta2, adam.second_before),
        share=1 - learning.beta2,
        gradient=base(change.gradient),
    )
    mean, spread = (
        message("{value} / (1 − {beta}^{count})", value=value, beta=beta, count=change.count)
        for value, beta in ((adam.first, learning.beta1), (adam.second, learning.beta2))
    )
    return first, second, mean, spread


def _adam_rows(change: Change) -> Iterator[ArithmeticRow]:
    adam = _Adam.of(change)
    first, second, mean, spread = _adam_parts(change, adam)
    yield ArithmeticRow(message("Mean of gradients"), first, adam.first)
    yield ArithmeticRow(message("Mean of squares"), second, adam.second)
    yield ArithmeticRow(message("Corrected mean"), mean, adam.mean)
    yield ArithmeticRow(message("Corrected squares"), spread, adam.spread)
    direction = message(
        "{mean} / (√({spread}) + {epsilon})",
        mean=adam.mean,
        spread=adam.spread,
        epsilon=change.learning.epsilon,
    )
    yield ArithmeticRow(message("Direction"), direction, adam.direction(change.learning))
    yield new_row(change)


def _sgd_formulas(change: Change) -> Iterator[Formula]:
    step = product(change.learning.learning_rate, change.gradient)
    yield _new_formula(change, "<i>η g</i>", step)


def _momentum_formulas(change: Change) -> Iterator[Formula]:
    before, velocity = _velocity(change)
    yield Formula(
        "<i>v</i> ← <i>μ v</i> + <i>g</i>",
        message(
            "<i>v</i> = {memory} + {gradient} = {velocity}",
            memory=product(change.learning.momentum, before),
            gradient=signed(change.gradient),
            velocity=velocity,
        ),
    )
    yield _new_formula(change, "<i>η v</i>", product(change.learning.learning_rate, velocity))


def _adam_formulas(change: Change) -> Iterator[Formula]:
    adam = _Adam.of(change)
    first, second, mean, spread = _adam_parts(change, adam)
    for symbols, left, calculation, result in (
        (
            "<i>m</i> ← <i>β</i><sub>1</sub> <i>m</i> + (1 − <i>β</i><sub>1</sub>) <i>g</i>",
            "m",
            first,
            adam.first,
        ),
        (
            "<i>v</i> ← <i>β</i><sub>2</sub> <i>v</i> + (1 − <i>β</i><sub>2</sub>) <i>g</i>²",
            "v",
            second,
            adam.second,
        ),
        ("<i>m̂</i> = <i>m</i> / (1 − <i>β</i><sub>1</sub><sup><i>n</i></sup>)", "m̂", mean, adam.mean),
        ("<i>v̂</i> = <i>v</i> / (1 − <i>β</i><sub>2</sub><sup><i>n</i></sup>)", "v̂", spread, adam.spread),
        (
            "<i>w</i> ← <i>w</i> − <i>η m̂</i> / (√<i>v̂</i> + <i>ε</i>)",
            "w",
            _all_of_adam(change, adam),
            change.new,
        ),
    ):
        numbers = message(
            "<i>{letter}</i> = {calculation} = {result}", letter=left, calculation=calculation, result=result
        )
        yield Formula(symbols, numbers)


def _new_formula(change: Change, symbols: str, step: Part) -> Formula:
    return Formula(
        f"<i>w</i> ← <i>w</i> − {symbols}",
        message("<i>w</i> = {old} − {step} = {new}", old=change.old, step=step, new=change.new),
    )


_ROWS: Mapping[Optimizer, Callable[[Change], Iterator[ArithmeticRow]]] = MappingProxyType(
    {"sgd": _sgd_rows, "momentum": _momentum_rows, "adam": _adam_rows}
)

_NEW: Mapping[Optimizer, Callable[[Change], Message]] = MappingProxyType(
    {"sgd": _new_by_sgd, "momentum": _new_by_momentum, "adam": _new_by_adam}
)

_FORMULAS: Mapping[Optimizer, Callable[[Change], Iterator[Formula]]] = MappingProxyType(
    {"sgd": _sgd_formulas, "momentum": _momentum_formulas, "adam": _adam_formulas}
)

_PENALTIES: Mapping[Regularization, tuple[str, Callable[[Change], Part]]] = MappingProxyType(
    {
        "none": ("0", lambda change: change.penalty),
        "l1": ("<i>λ</i> sgn <i>w</i>", lambda change: signed(change.penalty)),
        "l2": ("<i>λ w</i>", lambda change: product(change.learning.regularization_rate, change.old)),
    }
)
