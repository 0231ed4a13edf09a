"""Nodes that cannot learn any more: ReLUs that are always off, and squashed nodes stuck at their ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from kernels import oracle
from kernels.graph import Graph
from playground.engine.checks.finding import Finding, Situation, told
from playground.engine.compile import compile_graph
from playground.engine.remedies import set_values
from playground.model.edit import Edit
from playground.model.experiment import Experiment
from playground.model.initial import new_weights
from playground.model.message import message
from playground.model.network import EdgeKey, Network
from playground.model.parameters import Floats, Parameters

SAMPLE_ROWS = 2_000
SAMPLE_PRODUCTS = 20_000_000
"""So many rows, or products on edges, are looked at first; only nodes stuck on all of these are looked at on
all rows.
"""

SLOPE = 0.02
"""The part of its steepest slope below which a squashing function counts as flat."""

LEARNED = 0.05
"""The part of the first loss below which flat nodes are no trouble: the network has made up its mind."""


def dead_relu(situation: Situation) -> Iterator[Finding]:
    """Find hidden ReLUs whose sum is 0 or less for every training row, so that nothing flows through."""
    dead = tuple(_stuck(situation, "relu"))
    if dead:
        network = situation.experiment.network
        yield Finding(
            "dead_relu",
            told(
                network,
                dead,
                message("{node} is off for every example, so nothing flows through it and it cannot learn."),
                message("{count} nodes, among them {node}, are off for every example, so they cannot learn."),
            ),
            message("Draw their weights again"),
            _drawn_again(situation, dead),
            dead,
        )


def saturated(situation: Situation) -> Iterator[Finding]:
    """Find hidden sigmoid and tanh nodes that are at an end of their range for every training row."""
    snapshot = situation.snapshot
    if (
        snapshot is not None
        and len(snapshot.history)
        and snapshot.train_loss < LEARNED * snapshot.history[0, 1]
    ):
        return
    flat = tuple(_stuck(situation, "sigmoid", "tanh"))
    if flat:
        network = situation.experiment.network
        yield Finding(
            "saturated",
            told(
                network,
                flat,
                message("{node} is at an end of its range for every example, where it hardly learns."),
                message(
                    "{count} nodes, among them {node}, are at an end of their range for every example, "
                    "where they hardly learn."
                ),
            ),
            message("Draw their weights again"),
            _drawn_again(situation, flat),
            flat,
        )


def _stuck(situation: Situation, *activations: str) -> Iterator[int]:
    """Hidden nodes with these activations and a way in that are stuck on all training rows."""
    network, bound, parameters = situation.experiment.network, situation.bound, situation.state.parameters
    suspects = [
        node.id
        for node in network.nodes.values()
        if node.role == "hidden" and node.activation in activations and network.incoming[node.id]
    ]
    if bound is None or not suspects or not len(bound.train_inputs) or not _is_finite(parameters):
        return
    graph = compile_graph(network)
    for rows in (_sample(bound.train_inputs, network), bound.train_inputs):
        suspects = _stuck_on(graph, network, parameters, rows, suspects)
        if not suspects or len(rows) == len(bound.train_inputs):
            break
    yield from suspects


def _stuck_on(
    graph: Graph, network: Network, parameters: Parameters, inputs: Floats, suspects: list[int]
) -> list[int]:
    columns = [network.node_index[node] for node in suspects]
    is_relu = np.array([network.nodes[node].activation == "relu" for node in suspects])
    is_tanh = np.array([network.nodes[node].activation == "tanh" for node in suspects])
    stuck = np.ones(len(suspects), dtype=np.bool_)
    with np.errstate(all="ignore"):
        for rows in oracle.row_blocks(graph, len(inputs)):
            done = oracle.forward(graph, parameters.weights, parameters.biases, inputs[rows])
            z, a = done.sums[:, columns], done.activations[:, columns]
            slope = np.where(is_tanh, 1.0 - a * a, 4.0 * a * (1.0 - a))
            stuck &= np.where(is_relu, z <= 0, slope < SLOPE).all(axis=0)
    return [node for node, is_stuck in zip(suspects, stuck.tolist(), strict=True) if is_stuck]


def _drawn_again(situation: Situation, nodes: tuple[int, ...]) -> Edit:
    """New weights into the nodes, of a size that suits the rows, with biases that put half of them above 0.

    Weights that are held still or shared with other nodes stay; then only the bias moves.
    """
    assert situation.bound is not None  # stuck nodes were found on its rows
    experiment, parameters = situation.experiment, situation.state.parameters
    network = experiment.network
    inputs = _sample(situation.bound.train_inputs, network)
    own = _own_parameters(network, nodes)
    graph = compile_graph(network)
    chosen = set(nodes)
    weights: dict[int, float] = {}
    biases: dict[int, float] = {}
    for layer in network.layers:
        mine = [node for node in layer if node in chosen]
        if not mine:
            continue
        with np.errstate(all="ignore"):
            done = oracle.forward(graph, parameters.weights, parameters.biases, inputs)
        for node in mine:
            seed = experiment.seed + situation.state.step_count + 1
            drawn, bias = _fresh(replace(experiment, seed=seed), parameters, done.activations, node, own)
            weights |= drawn
            biases[node] = bias
        parameters = parameters.changed(network, weights, biases)
    return set_values(weights, biases)


def _fresh(
    experiment: Experiment, parameters: Parameters, activations: Floats, node: int, own: set[int]
) -> tuple[dict[int, float], float]:
    """Weights by parameter id, and the bias, that wake one node up.

    activations : (n_rows, n_nodes), what the nodes before it say; own : parameters that may be changed
    """
    network = experiment.network
    into = [(source, node) for source in network.incoming[node]]
    free = [edge for edge in into if network.edges[edge].parameter in own]
    held = [edge for edge in into if network.edges[edge].parameter not in own]
    drawn = new_weights(network, free, experiment.learning, experiment.seed)
    kept = np.array([parameters.weight(network, edge) for edge in held])
    sums = _sums(network, activations, free, drawn)
    # Glorot's weights suit inputs of size 1; larger ones would push the node to its end again.
    shrink = 1.0 / max(1.0, float(sums.std()))
    sums = sums * shrink + _sums(network, activations, held, kept)
    lift = 0.1 if float(np.ptp(sums)) == 0 else 0.0
    values = {
        network.edges[edge].parameter: value * shrink
        for edge, value in zip(free, drawn.tolist(), strict=True)
    }
    return values, lift - float(np.median(sums))


def _sums(network: Network, activations: Floats, edges: list[EdgeKey], weights: Floats) -> Floats:
    columns = [network.node_index[source] for source, _ in edges]
    product: Floats = activations[:, columns] @ weights
    return product


def _own_parameters(network: Network, nodes: tuple[int, ...]) -> set[int]:
    """Parameters that may change without changing a node besides one of these: trainable and not shared."""
    targets: dict[int, set[int]] = {}
    held: set[int] = set()
    for edge in network.edges.values():
        targets.setdefault(edge.parameter, set()).add(edge.target)
        if not edge.trainable:
            held.add(edge.parameter)
    wanted = set(nodes)
    return {
        parameter
        for parameter, reached in targets.items()
        if parameter not in held and len(reached) == 1 and reached <= wanted
    }


def _sample(inputs: Floats, network: Network) -> Floats:
    """Rows spread evenly over all of them, few enough to be looked at quickly."""
    count = min(SAMPLE_ROWS, max(50, SAMPLE_PRODUCTS // max(1, len(network.edges))))
    sample: Floats = inputs[:: max(1, -(-len(inputs) // count))]
    return sample


def _is_finite(parameters: Parameters) -> bool:
    return bool(np.isfinite(parameters.weights).all() and np.isfinite(parameters.biases).all())
