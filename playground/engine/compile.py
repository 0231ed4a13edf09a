"""From the drawn network and the chosen settings to the arrays and codes that kernels take."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from kernels.codes import (
    ACTIVATION_CODES,
    LOSS_CODES,
    OPTIMIZER_CODES,
    REGULARIZATION_CODES,
    SCHEDULE_CODES,
)
from kernels.dropout import Dropout
from kernels.graph import Graph
from kernels.optimizers import Rule
from kernels.rates import Rates
from kernels.training.task import Judgement, Task
from playground.model.experiment import Experiment, Learning
from playground.model.keys import ScheduleKind
from playground.model.network import Network
from playground.model.rate_schedule import RateSchedule


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
    """Return the optimizer, its numbers and the schedule of its rate."""
    schedule = learning.schedule
    length, number = NUMBERS[schedule.kind](schedule)
    return Rule(
        optimizer=OPTIMIZER_CODES[learning.optimizer],
        learning_rate=learning.learning_rate,
        momentum=learning.momentum,
        beta1=learning.beta1,
        beta2=learning.beta2,
        epsilon=learning.epsilon,
        rates=Rates(SCHEDULE_CODES[schedule.kind], length, number),
    )


NUMBERS: dict[ScheduleKind, Callable[[RateSchedule], tuple[int, float]]] = {
    "constant": lambda _schedule: (1, 1.0),
    "step": lambda schedule: (schedule.every, schedule.factor),
    "cosine": lambda schedule: (schedule.epochs, schedule.least),
}
"""Length and number of each schedule, see `kernels.rates`."""


def compile_dropout(experiment: Experiment) -> Dropout | None:
    """Return what is left out of each update, None where nothing is."""
    share = experiment.learning.dropout
    ids = np.array(experiment.network.node_ids, np.int64)
    return Dropout(share, experiment.seed, ids) if share > 0 else None


def compile_task(
    graph: Graph, learning: Learning, how: Judgement | None, dropout: Dropout | None = None
) -> Task:
    """Return what a trainer is to do; `how` its answers are judged."""
    return Task(
        graph=graph,
        loss=LOSS_CODES[learning.loss],
        rule=compile_rule(learning),
        regularization=REGULARIZATION_CODES[learning.regularization],
        rate=learning.regularization_rate,
        how=how,
        dropout=dropout,
    )
