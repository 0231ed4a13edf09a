"""How steeply each node answers its sum: da/dz, from the same table that the trainer uses."""

from __future__ import annotations

import numpy as np

from kernels.activations import ACTIVATIONS
from kernels.codes import ACTIVATION_CODES
from playground.model.keys import Activation
from playground.model.network import Network
from playground.model.parameters import Floats


def slope(activation: Activation, total: float, value: float) -> float:
    """Return da/dz at a sum z with its activation a."""
    return float(_slopes(activation, np.array([total]), np.array([value]))[0])


def slopes(network: Network, sums: Floats, activations: Floats) -> Floats:
    """Return da/dz of every node for one example, 1 at inputs.

    sums, activations : (n_nodes,), as the result
    """
    found = np.ones(len(sums))
    kinds = np.array([n.activation if n.role != "input" else "" for n in network.nodes.values()])
    for activation in ACTIVATION_CODES:
        own = kinds == activation
        if own.any():
            found[own] = _slopes(activation, sums[own], activations[own])
    return found


def _slopes(activation: str, sums: Floats, activations: Floats) -> Floats:
    rule = ACTIVATIONS[ACTIVATION_CODES[activation]]
    with np.errstate(all="ignore"):
        return rule.derivative(sums, activations)
