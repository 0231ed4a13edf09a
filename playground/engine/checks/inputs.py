"""Inputs whose values differ wildly in size, so that one step size cannot suit all of their weights."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from playground.engine.checks.finding import Finding, Situation
from playground.engine.remedies import scale_features, scale_table
from playground.engine.scaling import fit_scaling
from playground.model.dataset import BoundData
from playground.model.experiment import TableData
from playground.model.message import Message, message
from playground.model.network import Network

WILD = 100.0
"""How many times larger than the smallest the largest input may be."""
LARGE = 50.0
"""How large an input may be at all."""


def input_scale(situation: Situation) -> Iterator[Finding]:
    """Find inputs of wildly different size, or of a great one, in data that are not scaled yet."""
    bound, network = situation.bound, situation.experiment.network
    if bound is None or bound.dataset.scaling != "none" or not bound.train_inputs.size:
        return
    sizes = np.abs(bound.train_inputs).max(axis=0)
    read = np.flatnonzero(sizes > 0)
    if not len(read):
        return
    large, small = read[np.argmax(sizes[read])], read[np.argmin(sizes[read])]
    is_wild = sizes[large] > WILD * sizes[small]
    if not is_wild and sizes[large] <= LARGE:
        return
    nodes = tuple(network.inputs[i] for i in ((large, small) if is_wild else (large,)))
    yield Finding(
        "input_scale",
        _told(network, nodes, float(sizes[large]), float(sizes[small])),
        message("Scale them to a common size and start over"),
        scale_table()
        if isinstance(situation.experiment.data, TableData)
        else scale_features(bound, _scalings(bound, network), situation.experiment),
        nodes,
    )


def _told(network: Network, nodes: tuple[int, ...], large: float, small: float) -> Message:
    if len(nodes) == 1:
        return message(
            "{name} reaches {large}. Nodes are made for numbers near 1, so learning is slow and unsteady.",
            name=network.names[nodes[0]],
            large=large,
        )
    return message(
        "{name} reaches {large} while {other} stays within {small}. "
        "No step size suits both, so learning is slow and unsteady.",
        name=network.names[nodes[0]],
        large=large,
        other=network.names[nodes[1]],
        small=small,
    )


def _scalings(bound: BoundData, network: Network) -> dict[int, tuple[float, float]]:
    offset, scale = fit_scaling(bound.train_inputs, "standard")
    return {
        node: (float(offset[position]), float(scale[position]))
        for position, node in enumerate(network.inputs)
        if network.nodes[node].feature is not None
    }
