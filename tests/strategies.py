"""Random networks, values and rows for tests of anything that takes a drawn network."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple, get_args

import numpy as np

from playground.model.dataset import BoundData, Dataset
from playground.model.experiment import Column, Experiment, Learning, Table
from playground.model.keys import ACTIVATIONS, OUTPUT_ACTIVATION, Activation, Loss, Role
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters, frozen_array


class Case(NamedTuple):
    """A network with values, and rows that suit its loss.

    inputs : (n_rows, n_inputs); targets : (n_rows, n_outputs)
    """

    network: Network
    parameters: Parameters
    loss: Loss
    inputs: Floats
    targets: Floats

    @property
    def experiment(self) -> Experiment:
        """The network with its loss and otherwise usual settings."""
        return Experiment(self.network, learning=Learning(loss=self.loss))


def random_network(
    rng: np.random.Generator,
    loss: Loss = "squared",
    activations: tuple[Activation, ...] = ACTIVATIONS,
    max_hidden: int = 9,
    share: float = 0.3,
    held: float = 0.1,
) -> Network:
    """Return a random acyclic network that suits a loss: skip connections, any ids, any order of nodes.

    share : chance of each edge to take the weight of an edge before it
    held : chance of each parameter to be held still
    Some nodes may have no edge in, or none out.
    """
    n_inputs, n_hidden = int(rng.integers(1, 5)), int(rng.integers(0, max_hidden + 1))
    n_outputs = int(rng.integers(2 if loss == "softmax_cross_entropy" else 1, 5))
    count = n_inputs + n_hidden + n_outputs
    ids = [int(i) for i in rng.choice(np.arange(1, 4 * count), count, replace=False)]
    counts: tuple[tuple[Role, int], ...] = (("input", n_inputs), ("hidden", n_hidden), ("output", n_outputs))
    roles = [role for role, number in counts for _ in range(number)]
    nodes = [
        Node(i, role, _activation(rng, role, loss, activations)) for i, role in zip(ids, roles, strict=True)
    ]
    density = rng.uniform(0.2, 1.0)
    pairs = [
        (ids[s], ids[t])
        for t in range(n_inputs, count)
        for s in range(min(t, n_inputs + n_hidden))
        if rng.random() < density
    ]
    rng.shuffle(pairs)
    parameters: list[int] = []
    for place in range(len(pairs)):
        shares = bool(parameters) and rng.random() < share
        parameters.append(int(rng.choice(parameters)) if shares else 10 + 3 * place)
    still = {parameter for parameter in parameters if rng.random() < held}
    edges = [
        Edge(source, target, parameter, trainable=parameter not in still)
        for (source, target), parameter in zip(pairs, parameters, strict=True)
    ]
    rng.shuffle(nodes)
    return Network.build(nodes, edges)


def random_case(rng: np.random.Generator, loss: Loss | None = None, n_rows: int | None = None) -> Case:
    """Return a random network with random values and rows."""
    loss = loss or get_args(Loss)[int(rng.integers(3))]
    network = random_network(rng, loss)
    biases = {node.id: float(rng.normal()) for node in network.nodes.values() if node.role != "input"}
    weights = {parameter: float(rng.normal()) for parameter in network.parameter_ids}
    rows = int(rng.integers(1, 8)) if n_rows is None else n_rows
    return Case(
        network,
        Parameters.of(network, weights, biases),
        loss,
        rng.normal(size=(rows, len(network.inputs))),
        random_targets(rng, loss, rows, len(network.outputs)),
    )


def random_targets(rng: np.random.Generator, loss: Loss, n_rows: int, n_outputs: int) -> Floats:
    """Return targets that a loss can take: (n_rows, n_outputs)."""
    if loss == "squared":
        return rng.normal(size=(n_rows, n_outputs))
    if loss == "cross_entropy":
        return np.where(rng.random((n_rows, n_outputs)) < 0.5, rng.integers(0, 2, (n_rows, n_outputs)), 0.3)
    return np.eye(n_outputs)[rng.integers(0, n_outputs, n_rows)]


def bound_data(
    inputs: Floats,
    targets: Floats,
    test_inputs: Floats | None = None,
    test_targets: Floats | None = None,
) -> BoundData:
    """Return rows as if a network had read them from a table of its own: columns x0, x1, ..., y0, y1, ..."""
    tests = np.zeros((0, inputs.shape[1])) if test_inputs is None else test_inputs
    answers = np.zeros((0, targets.shape[1])) if test_targets is None else test_targets
    cells = np.vstack([np.hstack([inputs, targets]), np.hstack([tests, answers])])
    features = tuple(f"x{i}" for i in range(inputs.shape[1]))
    wanted = tuple(f"y{i}" for i in range(targets.shape[1]))
    table = Table(tuple(Column(name) for name in features + wanted), cells)
    dataset = Dataset(
        name="rows",
        table=table,
        feature_names=features,
        targets=(),
        train=np.arange(len(inputs)),
        test=np.arange(len(inputs), len(cells)),
        left_out=0,
        offset=np.zeros(len(table.columns)),
        scale=np.ones(len(table.columns)),
        task="regression",
    )
    return BoundData(
        dataset=dataset,
        train_inputs=frozen_array(inputs),
        train_targets=frozen_array(targets),
        test_inputs=frozen_array(tests),
        test_targets=frozen_array(answers),
        unbound=(),
        unclaimed=(),
    )


def dense_network(
    sizes: tuple[int, ...], activation: Activation = "tanh", output: Activation = "linear"
) -> Network:
    """Return a fully connected network: ids from 1 in layer order, edges by target, then by source."""
    ids = iter(range(1, sum(sizes) + 1))
    layers = [[next(ids) for _ in range(size)] for size in sizes]
    roles: list[Role] = ["input", *["hidden"] * (len(sizes) - 2), "output"]  # type: ignore[list-item]
    kinds: dict[Role, Activation] = {"input": "linear", "hidden": activation, "output": output}
    nodes = [Node(i, role, kinds[role]) for role, layer in zip(roles, layers, strict=True) for i in layer]
    pairs = [(s, t) for a, b in pairwise(layers) for t in b for s in a]
    return Network.build(nodes, [Edge(s, t, number) for number, (s, t) in enumerate(pairs, 1)])


def _activation(
    rng: np.random.Generator, role: Role, loss: Loss, activations: tuple[Activation, ...]
) -> Activation:
    if role == "input":
        return "linear"
    if role == "output" and OUTPUT_ACTIVATION[loss] is not None:
        return OUTPUT_ACTIVATION[loss] or "linear"
    return activations[int(rng.integers(len(activations)))]
