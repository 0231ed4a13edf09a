"""From the drawn network and the chosen settings to the arrays and codes that kernels take."""

from __future__ import annotations

import numpy as np

from kernels.codes import ACTIVATION_CODES, LOSS_CODES, OPTIMIZER_CODES, REGULARIZATION_CODES
from kernels.graph import Graph
from kernels.optimizers import Rule
from kernels.training.task import Judgement, Task
from playground.model.experiment import Learning
from playground.model.network import Network


def compile_graph(network: Network) -> Graph:
    """Return a network as the kernels take it; nodes, edges and parameters keep their index tables.

    Raises ValueError where edges run in a circle, into an input, or out of an output.
    """
    node, topology = network.node_index, network.topology
    return Graph.build(
        activations=np.array([ACTIVATION_CODES[n.activation] for n in network.nodes.values()], np.int64),
        sources=topology.sources,
        targets=topology.targets,
        parameters=topology.parameters,
        edge_trainable=topology.trainable,
        inputs=np.array([node[i] for i in network.inputs], np.intp),
        outputs=np.array([node[i] for i in network.outputs], np.intp),
    )


def compile_rule(learning: Learning) -> Rule:
    """Return the optimizer and its numbers."""
    return Rule(
        optimizer=OPTIMIZER_CODES[learning.optimizer],
        learning_rate=learning.learning_rate,
        momentum=learning.momentum,
        beta1=learning.beta1,
        beta2=learning.beta2,
        epsilon=learning.epsilon,
    )


def compile_task(graph: Graph, learning: Learning, how: Judgement | None) -> Task:
    """Return what a trainer is to do; `how` its answers are judged."""
    return Task(
        graph=graph,
        loss=LOSS_CODES[learning.loss],
        rule=compile_rule(learning),
        regularization=REGULARIZATION_CODES[learning.regularization],
        rate=learning.regularization_rate,
        how=how,
    )
