"""Compiling keeps the network's index tables and turns keys into codes."""

from __future__ import annotations

import numpy as np

from kernels.codes import ACTIVATION_CODES, LOSS_CODES, OPTIMIZER_CODES, REGULARIZATION_CODES
from playground.engine.compile import compile_graph, compile_rule, compile_task
from playground.model.experiment import Learning
from playground.model.keys import LOSSES, OPTIMIZERS, REGULARIZATIONS
from tests.strategies import random_network


def test_nodes_edges_and_parameters_keep_their_places() -> None:
    for seed in range(40):
        network = random_network(np.random.default_rng(seed))
        graph = compile_graph(network)
        ids = network.node_ids
        pairs = [(ids[s], ids[t]) for s, t in zip(graph.sources, graph.targets, strict=True)]
        assert pairs == list(network.edge_keys)
        parameters = [network.parameter_ids[p] for p in graph.parameters]
        assert parameters == [edge.parameter for edge in network.edges.values()]
        places = np.arange(graph.n_nodes)
        assert tuple(ids[i] for i in places[graph.inputs]) == network.inputs
        assert tuple(ids[i] for i in places[graph.outputs]) == network.outputs
        codes = [ACTIVATION_CODES[node.activation] for node in network.nodes.values()]
        np.testing.assert_array_equal(graph.activations, codes)


def test_what_is_held() -> None:
    for seed in range(40):
        network = random_network(np.random.default_rng(seed), held=0.5)
        graph = compile_graph(network)
        still = {edge.parameter for edge in network.edges.values() if not edge.trainable}
        expected = [i for i, p in enumerate(network.parameter_ids) if p in still]
        expected += [len(network.parameter_ids) + network.node_index[node] for node in network.inputs]
        assert sorted(graph.held) == sorted(expected)


def test_the_rule_has_the_settings_of_each_optimizer() -> None:
    for name in OPTIMIZERS:
        learning = Learning(
            optimizer=name, learning_rate=0.5, momentum=0.1, beta1=0.2, beta2=0.3, epsilon=0.4
        )
        rule = compile_rule(learning)
        numbers = (rule.learning_rate, rule.momentum, rule.beta1, rule.beta2, rule.epsilon)
        assert rule.optimizer == OPTIMIZER_CODES[name]
        assert numbers == (0.5, 0.1, 0.2, 0.3, 0.4)


def test_a_task_holds_the_settings_as_codes() -> None:
    graph = compile_graph(random_network(np.random.default_rng(0)))
    for loss in LOSSES:
        for regularization in REGULARIZATIONS:
            learning = Learning(loss=loss, regularization=regularization, regularization_rate=0.25)
            task = compile_task(graph, learning, "half")
            assert task.graph is graph
            assert task.loss == LOSS_CODES[loss]
            assert task.regularization == REGULARIZATION_CODES[regularization]
            assert (task.rate, task.how) == (0.25, "half")
            assert task.rule == compile_rule(learning)
