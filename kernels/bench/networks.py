"""The networks whose training is timed: layers joined all to all, on rows drawn once with a seed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.graph import Graph

Floats = NDArray[np.float64]

SEED = 7


@dataclass(frozen=True, slots=True)
class DenseNetwork:
    """Layers joined all to all, and how they are trained: plain steps downhill over rows in their order.

    sizes : nodes of each layer, inputs first
    hidden, output, loss : codes
    """

    sizes: tuple[int, ...]
    hidden: int
    output: int
    loss: int
    n_rows: int
    batch_size: int
    learning_rate: float = 0.03

    @property
    def name(self) -> str:
        """The sizes of its layers: "2-4-2-1"."""
        return "-".join(map(str, self.sizes))

    def graph(self) -> Graph:
        """The network for the kernels."""
        starts = np.cumsum([0, *self.sizes])
        edges = [
            (source, target)
            for layer in range(len(self.sizes) - 1)
            for target in range(starts[layer + 1], starts[layer + 2])
            for source in range(starts[layer], starts[layer + 1])
        ]
        sources, targets = (np.array(side, np.intp) for side in zip(*edges, strict=True))
        activations = np.full(starts[-1], self.hidden, np.int64)
        activations[: starts[1]] = codes.LINEAR
        activations[starts[-2] :] = self.output
        nodes, parameters = np.arange(starts[-1]), np.arange(len(edges))
        return Graph.build(
            activations,
            sources,
            targets,
            parameters,
            np.ones(len(edges), np.bool_),
            nodes[: starts[1]],
            nodes[starts[-2] :],
        )

    def values(self) -> Floats:
        """Weights of Glorot's size and biases of zero, one after the other."""
        rng = np.random.default_rng(SEED)
        weights = [
            rng.uniform(-1, 1, n_in * n_out) * np.sqrt(6 / (n_in + n_out))
            for n_in, n_out in pairwise(self.sizes)
        ]
        return np.concatenate([*weights, np.zeros(sum(self.sizes))])

    def rows(self) -> tuple[Floats, Floats]:
        """Inputs round zero, and targets that depend on them: a circle's inside, or one of classes."""
        rng = np.random.default_rng(SEED)
        n_inputs, n_outputs = self.sizes[0], self.sizes[-1]
        inputs = rng.standard_normal((self.n_rows, n_inputs))
        if n_outputs == 1:
            lengths = np.square(inputs).sum(axis=1, keepdims=True)
            return inputs, np.where(lengths < n_inputs, 1.0, -1.0)
        classes = (inputs @ rng.standard_normal((n_inputs, n_outputs))).argmax(axis=1)
        return inputs, np.eye(n_outputs)[classes]


NETWORKS = (
    DenseNetwork((2, 4, 2, 1), codes.TANH, codes.TANH, codes.SQUARED, 250, 10),
    DenseNetwork((7, 8, 8, 8, 8, 8, 8, 1), codes.TANH, codes.TANH, codes.SQUARED, 250, 10),
    DenseNetwork((64, 64, 32, 10), codes.RELU, codes.LINEAR, codes.SOFTMAX_CROSS_ENTROPY, 1437, 32),
)
"""The default network of TensorFlow Playground, its largest one, and one that reads handwritten digits."""
