"""The count of operations against numbers that count what is done with them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from playground.engine.compile import compile_graph, compile_task
from playground.engine.flops import flops
from playground.model.experiment import Learning
from playground.model.keys import ACTIVATIONS, LOSSES, OPTIMIZERS, REGULARIZATIONS, Activation, Loss
from playground.model.network import Edge, Network, Node
from tests.strategies import random_case


class Counted:
    """A number that notes every operation that it takes part in."""

    done = 0

    def __init__(self, value: float) -> None:
        self.value = value

    def _made(self, value: float) -> Counted:
        Counted.done += 1
        return Counted(value)

    def __add__(self, other: Counted) -> Counted:
        return self._made(self.value + other.value)

    def __sub__(self, other: Counted) -> Counted:
        return self._made(self.value - other.value)

    def __mul__(self, other: Counted) -> Counted:
        return self._made(self.value * other.value)

    def __truediv__(self, other: Counted) -> Counted:
        return self._made(self.value / other.value)

    def __neg__(self) -> Counted:
        return Counted(-self.value)

    def of(self, function: Callable[[float], float]) -> Counted:
        return self._made(function(self.value))


ONE = Counted(1.0)


def sigmoid(z: Counted) -> Counted:
    return ONE / (ONE + (-z).of(math.exp))


FUNCTIONS: dict[Activation, tuple[Callable[[Counted], Counted], Callable[[Counted, Counted], Counted]]] = {
    "linear": (lambda z: z, lambda _z, _a: ONE),
    "sigmoid": (sigmoid, lambda _z, a: a * (ONE - a)),
    "tanh": (lambda z: z.of(math.tanh), lambda _z, a: ONE - a * a),
    "relu": (lambda z: z if z.value > 0 else Counted(0.0), lambda _z, _a: ONE),
    "leaky_relu": (lambda z: Counted(0.01) * z, lambda _z, _a: Counted(0.01)),
    "softplus": (lambda z: (ONE + z.of(math.exp)).of(math.log), lambda z, _a: sigmoid(z)),
    "sine": (lambda z: z.of(math.sin), lambda z, _a: z.of(math.cos)),
}


def count_example(network: Network, loss: Loss) -> int:
    """Pass one example forward and back by the definition, and return how many operations it took."""
    Counted.done = 0
    sums = {i: Counted(0.1) for i in network.nodes}
    answers: dict[int, Counted] = {}
    for node in network.order:
        if network.nodes[node].role == "input":
            answers[node] = Counted(0.5)
            continue
        for source in network.incoming[node]:
            sums[node] = sums[node] + answers[source] * Counted(0.3)
        answers[node] = FUNCTIONS[network.nodes[node].activation][0](sums[node])
    blame = {i: Counted(0.0) for i in network.nodes}
    by_sum: dict[int, Counted] = {}
    if loss == "softmax_cross_entropy":
        powers = [sums[i].of(math.exp) for i in network.outputs]
        total = powers[0]
        for power in powers[1:]:
            total = total + power
        for i, power in zip(network.outputs, powers, strict=True):
            by_sum[i] = power / total - ONE
    for node in reversed(network.order):
        role, activation = network.nodes[node].role, network.nodes[node].activation
        if role == "input":
            continue
        slope = FUNCTIONS[activation][1]
        if role == "hidden":
            by_sum[node] = blame[node] * slope(sums[node], answers[node])
        elif loss == "squared":
            by_sum[node] = (answers[node] - ONE) * slope(sums[node], answers[node])
        elif loss == "cross_entropy":
            by_sum[node] = answers[node] - ONE
        _ = Counted(0.0) + by_sum[node]  # into the gradient of the bias
        for source in network.incoming[node]:
            _ = Counted(0.0) + by_sum[node] * answers[source]  # into the gradient of the edge
            if network.nodes[source].role != "input":
                blame[source] = blame[source] + by_sum[node] * Counted(0.3)
    return Counted.done


@pytest.mark.parametrize("seed", range(40))
def test_one_example_takes_as_many_operations_as_are_counted(seed: int) -> None:
    case = random_case(np.random.default_rng(seed))
    task = compile_task(compile_graph(case.network), Learning(loss=case.loss), None)
    assert flops(task).per_example == count_example(case.network, case.loss)


def count_update(optimizer: str, regularization: str, n_weights: int, n_biases: int) -> int:
    Counted.done = 0
    rate, half = Counted(0.1), Counted(0.5)
    for place in range(n_weights + n_biases):
        w, g, v, m = (Counted(0.3) for _ in range(4))
        g = g * half  # the mean over the batch
        if place < n_weights and regularization == "l2":
            g = g + rate * w
        if place < n_weights and regularization == "l1":
            g = g + rate
        if optimizer == "sgd":
            w = w - rate * g
        if optimizer == "momentum":
            v = half * v + g
            w = w - rate * v
        if optimizer == "adam":
            m = half * m + half * g
            v = half * v + half * (g * g)
            w = w - rate * (m / half) / ((v / half).of(math.sqrt) + half)
    return Counted.done


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
def test_one_update_takes_as_many_operations_as_are_counted(optimizer: str, regularization: str) -> None:
    # Two inputs, a hidden node, an output: four weights of which two edges share one and one is held.
    nodes = [Node(1, "input"), Node(2, "input"), Node(3, "hidden", "tanh"), Node(4, "output", "linear")]
    edges = [Edge(1, 3, 1), Edge(2, 3, 1), Edge(3, 4, 2), Edge(1, 4, 3, trainable=False)]
    network = Network.build(nodes, edges)
    learning = Learning(optimizer=optimizer, regularization=regularization)  # type: ignore[arg-type]  # keys
    task = compile_task(compile_graph(network), learning, None)
    assert flops(task).per_update == count_update(optimizer, regularization, 2, 2)


def test_every_activation_and_loss_was_counted() -> None:
    assert set(FUNCTIONS) == set(ACTIVATIONS)
    seen = {random_case(np.random.default_rng(seed)).loss for seed in range(40)}
    assert seen == set(LOSSES)
