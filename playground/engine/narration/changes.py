"""One value's way through an update: what it was and is, its gradient, and what the optimizer remembers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from playground.engine.narration.view import View
from playground.model.experiment import Learning
from playground.model.keys import Optimizer
from playground.model.network import EdgeKey
from playground.model.parameters import Parameters

_MEMORIES: Mapping[Optimizer, int] = MappingProxyType({"sgd": 0, "momentum": 1, "adam": 2})


@dataclass(frozen=True, slots=True)
class Change:
    """One value's way from old to new.

    penalty : the part of the gradient that regularization gives
    memory : the optimizer's numbers for this value before the update; None where they are not at hand
    count : the number of this update, from 1
    """

    learning: Learning
    old: float
    new: float
    gradient: float
    penalty: float
    memory: tuple[float, ...] | None
    count: int


def weight_change(view: View, edge: EdgeKey) -> Change:
    """Return the change of an edge's weight."""
    place, trace = view.network.parameter_index[view.network.edges[edge].parameter], view.trace
    memory, count = _memory(view, lambda moment: float(moment.weights[place]))
    return Change(
        learning=trace.experiment.learning,
        old=float(trace.old.weights[place]),
        new=float(trace.new.weights[place]),
        gradient=float(trace.weight_gradients[place]),
        penalty=float(trace.penalty_gradients[place]),
        memory=memory,
        count=count,
    )


def bias_change(view: View, node: int) -> Change:
    """Return the change of a node's bias, which no penalty touches."""
    place, trace = view.network.node_index[node], view.trace
    memory, count = _memory(view, lambda moment: float(moment.biases[place]))
    return Change(
        learning=trace.experiment.learning,
        old=float(trace.old.biases[place]),
        new=float(trace.new.biases[place]),
        gradient=float(trace.bias_gradients[place]),
        penalty=0.0,
        memory=memory,
        count=count,
    )


def _memory(view: View, of: Callable[[Parameters], float]) -> tuple[tuple[float, ...] | None, int]:
    """The memory of one value and the number of this update; another optimizer's memory begins anew."""
    if view.state is None:
        return None, 1
    wanted = _MEMORIES[view.trace.experiment.learning.optimizer]
    sizes = len(view.trace.old.weights), len(view.trace.old.biases)
    kept = view.state.moments
    if len(kept) == wanted and all((len(m.weights), len(m.biases)) == sizes for m in kept):
        return tuple(of(moment) for moment in kept), view.state.step_count + 1
    return (0.0,) * wanted, 1
