"""`playground gradients`: the loss and its gradients over all training rows, penalty included."""

from __future__ import annotations

import argparse

from kernels import oracle
from kernels.codes import LOSS_CODES, REGULARIZATION_CODES
from playground.app.cli.inputs import load, trainable_rows
from playground.app.cli.output import finite, tell, tell_json
from playground.engine.compile import compile_graph
from playground.engine.metrics import score
from playground.model.experiment import Experiment
from playground.model.message import format_number, sentence
from playground.model.parameters import Floats

Table = dict[str, object]


def run(arguments: argparse.Namespace) -> None:
    """Tell the loss, the penalty, and one gradient for each edge and each bias."""
    experiment, parameters = load(arguments.file)
    bound = trainable_rows(experiment)
    graph, learning = compile_graph(experiment.network), experiment.learning
    weights, biases = parameters.weights, parameters.biases
    inputs, targets = bound.train_inputs, bound.train_targets
    kind, rate = REGULARIZATION_CODES[learning.regularization], learning.regularization_rate
    loss = score(graph, learning.loss, None, weights, biases, inputs, targets).loss
    penalty = oracle.penalty(kind, rate, weights)
    of_weights, of_biases = oracle.gradients(
        graph, weights, biases, LOSS_CODES[learning.loss], inputs, targets
    )
    of_weights = of_weights + oracle.penalty_gradients(kind, rate, weights)
    if arguments.json:
        tell_json(
            {
                "loss": finite(loss),
                "penalty": finite(penalty),
                "edges": _edges(experiment, of_weights),
                "nodes": _nodes(experiment, of_biases),
            }
        )
    else:
        tell(_as_text(experiment, loss, penalty, of_weights, of_biases))


def _edges(experiment: Experiment, gradients: Floats) -> list[Table]:
    """An edge's gradient is that of its weight; edges that share one have the same."""
    network = experiment.network
    return [
        {
            "source": source,
            "target": target,
            "gradient": finite(float(gradients[network.parameter_index[edge.parameter]])),
        }
        for (source, target), edge in network.edges.items()
    ]


def _nodes(experiment: Experiment, gradients: Floats) -> list[Table]:
    """A node's gradient is that of its bias; inputs have none."""
    network = experiment.network
    return [
        {"id": node.id, "gradient": finite(float(gradients[network.node_index[node.id]]))}
        for node in network.nodes.values()
        if node.role != "input"
    ]


def _as_text(
    experiment: Experiment, loss: float, penalty: float, of_weights: Floats, of_biases: Floats
) -> str:
    network = experiment.network
    names = {node: sentence(name) for node, name in network.names.items()}
    lines = [f"Loss {format_number(loss)}, penalty {format_number(penalty)}.", "", "Weights:"]
    for (source, target), edge in network.edges.items():
        gradient = float(of_weights[network.parameter_index[edge.parameter]])
        lines.append(f"  {names[source]} to {names[target]}: {format_number(gradient)}")
    lines += ["", "Biases:"]
    for node in network.nodes.values():
        if node.role != "input":
            gradient = float(of_biases[network.node_index[node.id]])
            lines.append(f"  {names[node.id]}: {format_number(gradient)}")
    return "\n".join(lines)
