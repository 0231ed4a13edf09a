"""The reference for gradients: a network's loss written node by node, differentiated by `autograd`.

It walks the drawn network by ids and takes nothing from the code under test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
from autograd import grad

from playground.model.experiment import Learning
from playground.model.parameters import Floats
from tests.strategies import Case

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + anp.exp(-z)),
    "tanh": anp.tanh,
    "relu": lambda z: anp.where(z > 0, z, 0.0 * z),
    "leaky_relu": lambda z: anp.where(z > 0, z, 0.01 * z),
    "softplus": lambda z: anp.logaddexp(0.0, z),
    "sine": anp.sin,
}


class Reference(NamedTuple):
    """What the reference says: objective (loss and penalty) and its derivatives."""

    objective: float
    weights: Floats
    biases: Floats
    dl_da: Floats
    dl_dz: Floats


def reference(case: Case, learning: Learning, kept: Floats | None = None) -> Reference:
    """Return loss, gradients and each row's own blame for a case under these settings.

    kept : what dropout multiplies answers by, (n_rows, n_nodes)
    """
    weights, biases = case.parameters.weights, case.parameters.biases
    still = np.zeros((len(case.inputs), len(biases)))

    def batch(w: Any, b: Any) -> Any:
        # The last term is 0: a network without edges depends on no weight, of which autograd warns.
        return anp.mean(row_losses(case, w, b, still, still, kept)) + penalty(learning, w) + 0.0 * anp.sum(w)

    def nudged(by_a: Any, by_z: Any) -> Any:
        return anp.sum(row_losses(case, weights, biases, by_a, by_z, kept))

    of_biases = grad(batch, 1)(weights, biases)
    of_biases[[case.network.node_index[node] for node in case.network.inputs]] = 0.0
    return Reference(
        float(batch(weights, biases)),
        grad(batch, 0)(weights, biases),
        of_biases,
        grad(nudged, 0)(still, still),
        grad(nudged, 1)(still, still),
    )


def row_losses(
    case: Case, weights: Any, biases: Any, by_a: Any, by_z: Any, kept: Floats | None = None
) -> Any:
    """Each row's loss, where every node's activation and sum are nudged a little: (n_rows,)."""
    network = case.network
    answers: dict[int, Any] = {}
    sums: dict[int, Any] = {}

    def answer(node: int) -> Any:
        if node not in answers:
            place = network.node_index[node]
            if node in network.inputs:
                total = case.inputs[:, network.inputs.index(node)] + by_z[:, place]
            else:
                total = biases[place] + by_z[:, place]
                for (source, target), edge in network.edges.items():
                    if target == node:
                        total = total + weights[network.parameter_index[edge.parameter]] * answer(source)
            sums[node] = total
            share = 1.0 if kept is None else kept[:, place]
            answers[node] = share * FUNCTIONS[network.nodes[node].activation](total) + by_a[:, place]
        return answers[node]

    outputs = [answer(node) for node in network.outputs]
    pairs = zip(outputs, case.targets.T, strict=True)
    if case.loss == "squared":
        return sum(0.5 * (a - t) ** 2 for a, t in pairs)
    if case.loss == "cross_entropy":
        # 1 - sigmoid(z) as sigmoid(-z), so that the reference keeps its own digits where an answer is sure.
        no = [1 / (1 + anp.exp(sums[n])) - by_a[:, network.node_index[n]] for n in network.outputs]
        return sum(-t * anp.log(a) - (1 - t) * anp.log(b) for (a, t), b in zip(pairs, no, strict=True))
    # -log p = log(1 + sum of exp(b - a) over the other outputs), which keeps its digits where p is nearly 1.
    return sum(
        t * anp.log(1.0 + sum(anp.exp(b - a) for other, b in enumerate(outputs) if other != place))
        for place, (a, t) in enumerate(pairs)
    )


def penalty(learning: Learning, weights: Any) -> Any:
    """The penalty for weights as the format defines it."""
    if learning.regularization == "l2":
        return learning.regularization_rate * 0.5 * anp.sum(weights**2)
    if learning.regularization == "l1":
        return learning.regularization_rate * anp.sum(anp.abs(weights))
    return 0.0


def assert_close(found: Floats, expected: Floats) -> None:
    """Assert |g - g'| <= 1e-9 max(|g'|, 1e-3 max|g'|) for every element."""
    assert found.shape == expected.shape
    size = np.abs(expected)
    allowed = 1e-9 * np.maximum(size, 1e-3 * size.max(initial=0.0))
    wrong = np.abs(found - expected) - allowed
    assert (wrong <= 0).all(), f"off by {np.abs(found - expected).max()}, allowed {allowed}"
