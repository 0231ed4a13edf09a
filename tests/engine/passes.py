"""Passes for tests: random networks, and traces made by plain Python, one number at a time.

Shares no code with the engine, so that it can tell whether the engine's numbers are right.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence

import numpy as np

from playground.model.experiment import Experiment, Learning
from playground.model.keys import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    OUTPUT_ACTIVATION,
    REGULARIZATIONS,
    Activation,
    Loss,
)
from playground.model.network import Edge, Network, Node
from playground.model.parameters import Floats, Parameters, frozen_array
from playground.model.trace import LearnerState, Trace

ACTIVATION: dict[Activation, Callable[[float], float]] = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "softplus": lambda z: math.log1p(math.exp(-abs(z))) + max(z, 0.0),
    "sine": math.sin,
}
SLOPE: dict[Activation, Callable[[float], float]] = {
    "linear": lambda z: 1.0,
    "sigmoid": lambda z: 0.25 / math.cosh(z / 2) ** 2,
    "tanh": lambda z: 1 / math.cosh(z) ** 2,
    "relu": lambda z: 1.0 if z > 0 else 0.0,
    "leaky_relu": lambda z: 1.0 if z > 0 else 0.01,
    "softplus": lambda z: 1 / (1 + math.exp(-z)),
    "sine": math.cos,
}


def layered(
    sizes: Sequence[int], activation: Activation = "tanh", output: Activation = "linear", labels: bool = True
) -> Network:
    """Return a fully connected network with layers of these sizes, the inputs first."""
    nodes: list[Node] = []
    edges: list[tuple[int, int]] = []
    layers: list[list[int]] = []
    number = 1
    for depth, size in enumerate(sizes):
        layer = []
        for place in range(size):
            role = "input" if depth == 0 else "output" if depth == len(sizes) - 1 else "hidden"
            chosen: Activation = "linear" if role == "input" else output if role == "output" else activation
            label = f"{role.capitalize()} {number}" if labels else ""
            nodes.append(Node(number, role, chosen, label, 220.0 * depth, 130.0 * place))  # type: ignore[arg-type]
            layer.append(number)
            number += 1
        edges += [(a, b) for a in (layers[-1] if layers else []) for b in layer]
        layers.append(layer)
    return Network.build(nodes, (Edge(a, b, i) for i, (a, b) in enumerate(edges)))


def random_experiment(rng: random.Random, loss: Loss | None = None) -> Experiment:
    """Return an experiment with a random network: skip connections, shared and fixed weights, loose ends."""
    chosen_loss: Loss = rng.choice(LOSSES) if loss is None else loss
    n_inputs, n_hidden = rng.randint(1, 4), rng.randint(0, 6)
    n_outputs = rng.randint(2 if chosen_loss == "softmax_cross_entropy" else 1, 3)
    numbers = rng.sample(range(1, 99), n_inputs + n_hidden + n_outputs)
    roles = ["input"] * n_inputs + ["hidden"] * n_hidden + ["output"] * n_outputs
    nodes = []
    for place, (number, role) in enumerate(zip(numbers, roles, strict=True)):
        kind: Activation = "linear" if role == "input" else rng.choice(ACTIVATIONS)
        if role == "output":
            kind = OUTPUT_ACTIVATION[chosen_loss] or kind
        label = rng.choice(["", f"{role} {place}", f"{{{place}}} of <it>"])
        x, y = rng.uniform(-400, 900), rng.uniform(-300, 300)
        nodes.append(Node(number, role, kind, label, x, y))  # type: ignore[arg-type]
    pairs = [
        (numbers[a], numbers[b])
        for a in range(len(numbers))
        for b in range(max(a + 1, n_inputs), len(numbers))
        if roles[a] != "output" and rng.random() < 0.6
    ]
    rng.shuffle(pairs)
    edges = [
        Edge(a, b, 1000 + (i // 2 if rng.random() < 0.2 else i), trainable=rng.random() < 0.85)
        for i, (a, b) in enumerate(pairs)
    ]
    fixed = {edge.parameter for edge in edges if not edge.trainable}
    edges = [Edge(e.source, e.target, e.parameter, e.parameter not in fixed) for e in edges]
    rng.shuffle(nodes)
    learning = Learning(
        loss=chosen_loss,
        optimizer=rng.choice(OPTIMIZERS),
        learning_rate=rng.choice([0.03, 0.1, 0.5]),
        regularization=rng.choice(REGULARIZATIONS),
        regularization_rate=rng.choice([0.0, 0.01, 0.2]),
    )
    return Experiment(Network.build(nodes, edges), None, learning)


def random_parameters(rng: random.Random, network: Network) -> Parameters:
    """Return random weights and biases; inputs have none."""
    biases = [0.0 if node.role == "input" else rng.gauss(0, 0.5) for node in network.nodes.values()]
    return Parameters(frozen_array([rng.gauss(0, 1) for _ in network.parameter_ids]), frozen_array(biases))


def random_state(rng: random.Random, experiment: Experiment) -> LearnerState:
    """Return a learner somewhere on its way, with a memory where its optimizer has one."""
    network = experiment.network
    parameters = random_parameters(rng, network)
    steps = rng.choice([0, 1, 7])
    count = {"sgd": 0, "momentum": 1, "adam": 2}[experiment.learning.optimizer]
    if steps == 0:
        return LearnerState(parameters, tuple(Parameters.zeros(network) for _ in range(count)), 0)
    moments = [random_parameters(rng, network) for _ in range(count)]
    if count == 2:
        moments[1] = Parameters(moments[1].weights ** 2, moments[1].biases ** 2)
    return LearnerState(parameters, tuple(moments), steps)


def random_rows(
    rng: random.Random, experiment: Experiment, n_rows: int
) -> tuple[list[list[float]], list[list[float]]]:
    """Return inputs and right answers that suit the loss."""
    network, loss = experiment.network, experiment.learning.loss
    inputs = [[rng.uniform(-2, 2) for _ in network.inputs] for _ in range(n_rows)]
    targets = []
    for _ in range(n_rows):
        count = len(network.outputs)
        if loss == "softmax_cross_entropy":
            chosen = rng.randrange(count)
            targets.append([1.0 if place == chosen else 0.0 for place in range(count)])
        elif loss == "cross_entropy":
            targets.append([rng.choice([0.0, 1.0, 0.25]) for _ in range(count)])
        else:
            targets.append([rng.uniform(-1, 1) for _ in range(count)])
    return inputs, targets


def random_pass(rng: random.Random, n_rows: int = 1, loss: Loss | None = None) -> tuple[Trace, LearnerState]:
    """Return the pass of a random learner over random examples, and the learner before it."""
    experiment = random_experiment(rng, loss)
    state = random_state(rng, experiment)
    return pass_over(experiment, state, *random_rows(rng, experiment, n_rows)), state


class _Numbers:
    """The arrays of a trace while they are being worked out, one number after the other."""

    def __init__(self, experiment: Experiment, old: Parameters, n_rows: int) -> None:
        self.network, self.loss, self.old = experiment.network, experiment.learning.loss, old
        n_nodes, n_outputs = len(self.network.nodes), len(self.network.outputs)
        self.sums, self.values = np.zeros((n_rows, n_nodes)), np.zeros((n_rows, n_nodes))
        self.dl_da, self.dl_dz = np.zeros((n_rows, n_nodes)), np.zeros((n_rows, n_nodes))
        self.beliefs, self.parts = np.zeros((n_rows, n_outputs)), np.full((n_rows, n_outputs), np.nan)
        self.along = np.zeros((n_rows, len(self.network.edges)))

    def forward(self, row: int, inputs: Sequence[float]) -> None:
        network, at = self.network, self.network.node_index
        for place, node in enumerate(network.inputs):
            self.sums[row, at[node]] = self.values[row, at[node]] = inputs[place]
        for node in network.order:
            if network.nodes[node].role != "input":
                z = self.old.bias(network, node)
                for source in network.incoming[node]:
                    z += self.old.weight(network, (source, node)) * self.values[row, at[source]]
                self.sums[row, at[node]] = z
                self.values[row, at[node]] = ACTIVATION[network.nodes[node].activation](z)
        self.beliefs[row] = [self.values[row, at[node]] for node in network.outputs]
        if self.loss == "softmax_cross_entropy" and network.outputs:
            powers = [math.exp(self.sums[row, at[node]]) for node in network.outputs]
            self.beliefs[row] = [power / sum(powers) for power in powers]

    def compare(self, row: int, answers: Sequence[float]) -> None:
        at = self.network.node_index
        for place, node in enumerate(self.network.outputs):
            z, a, p, t = (
                self.sums[row, at[node]],
                self.values[row, at[node]],
                self.beliefs[row, place],
                answers[place],
            )
            slope = SLOPE[self.network.nodes[node].activation](z)
            if self.loss == "squared":
                part, by_answer, by_sum = 0.5 * (a - t) ** 2, a - t, (a - t) * slope
            elif self.loss == "cross_entropy":
                part, by_answer, by_sum = math.log(1 + math.exp(z)) - t * z, (a - t) / slope, a - t
            else:
                part, by_answer, by_sum = -t * math.log(p), p - t, p - t
            self.parts[row, place], self.dl_da[row, at[node]], self.dl_dz[row, at[node]] = (
                part,
                by_answer,
                by_sum,
            )

    def backward(self, row: int) -> None:
        network, at = self.network, self.network.node_index
        for node in reversed(network.order):
            entry = network.nodes[node]
            if entry.role == "output":
                continue
            blame = 0.0
            for target in network.outgoing[node]:
                blame += self.old.weight(network, (node, target)) * self.dl_dz[row, at[target]]
            self.dl_da[row, at[node]] = blame
            slope = 1.0 if entry.role == "input" else SLOPE[entry.activation](self.sums[row, at[node]])
            self.dl_dz[row, at[node]] = blame * slope
        for place, (source, target) in enumerate(network.edge_keys):
            self.along[row, place] = self.dl_dz[row, at[target]] * self.values[row, at[source]]


def pass_over(
    experiment: Experiment,
    state: LearnerState,
    inputs: Sequence[Sequence[float]],
    answers: Sequence[Sequence[float]] | None = None,
) -> Trace:
    """Return the trace of a pass over these examples, worked out by plain loops."""
    network, learning, old = experiment.network, experiment.learning, state.parameters
    n_rows, n_outputs = len(inputs), len(network.outputs)
    known = answers is not None and n_outputs > 0
    numbers = _Numbers(experiment, old, n_rows)
    for row in range(n_rows):
        numbers.forward(row, inputs[row])
        if answers is not None and known:
            numbers.compare(row, answers[row])
            numbers.backward(row)
    held = {edge.parameter for edge in network.edges.values() if not edge.trainable}
    rate = learning.regularization_rate
    penalty, weight_gradients, penalty_gradients = 0.0, [], []
    for parameter, w in zip(network.parameter_ids, old.weights.tolist(), strict=True):
        value, slope = {
            "none": (0.0, 0.0),
            "l1": (rate * abs(w), rate * ((w > 0) - (w < 0))),
            "l2": (rate * w * w / 2, rate * w),
        }[learning.regularization]
        own = [i for i, edge in enumerate(network.edges.values()) if edge.parameter == parameter]
        penalty += value
        penalty_gradients.append(slope if known else 0.0)
        weight_gradients.append(sum(numbers.along[:, i].mean() for i in own) + penalty_gradients[-1])
    is_input = [node.role == "input" for node in network.nodes.values()]
    bias_gradients = np.where(is_input, 0.0, numbers.dl_dz.mean(axis=0))
    new = old
    if known:
        moving = [parameter not in held for parameter in network.parameter_ids]
        new = Parameters(
            _updated(learning, state, "weights", weight_gradients, moving),
            _updated(learning, state, "biases", bias_gradients.tolist(), [not held for held in is_input]),
        )
    losses = numbers.parts.sum(axis=1) if known else np.full(n_rows, np.nan)
    return Trace(
        experiment=experiment,
        rows=np.arange(n_rows),
        inputs=frozen_array(np.array(inputs, float).reshape(n_rows, len(network.inputs))),
        targets=frozen_array(np.full((n_rows, n_outputs), np.nan) if answers is None else answers),
        sums=numbers.sums,
        activations=numbers.values,
        probabilities=numbers.beliefs,
        output_losses=numbers.parts,
        losses=losses,
        loss=float(losses.mean()),
        penalty=penalty,
        dl_da=numbers.dl_da,
        dl_dz=numbers.dl_dz,
        edge_gradients=numbers.along,
        weight_gradients=frozen_array(weight_gradients),
        penalty_gradients=frozen_array(penalty_gradients),
        bias_gradients=bias_gradients,
        old=old,
        new=new,
    )


def _updated(
    learning: Learning, state: LearnerState, kind: str, gradients: list[float], moves: list[bool]
) -> Floats:
    old = getattr(state.parameters, kind)
    memory = [getattr(moment, kind) for moment in state.moments]
    new = np.array(old)
    for i, g in enumerate(gradients):
        if not moves[i]:
            continue
        if learning.optimizer == "sgd":
            new[i] = old[i] - learning.learning_rate * g
        elif learning.optimizer == "momentum":
            new[i] = old[i] - learning.learning_rate * (learning.momentum * memory[0][i] + g)
        else:
            step = state.step_count + 1
            m = learning.beta1 * memory[0][i] + (1 - learning.beta1) * g
            v = learning.beta2 * memory[1][i] + (1 - learning.beta2) * g * g
            m_hat, v_hat = m / (1 - learning.beta1**step), v / (1 - learning.beta2**step)
            new[i] = old[i] - learning.learning_rate * m_hat / (math.sqrt(v_hat) + learning.epsilon)
    return new
