"""What choices are called, at each level: plain words, or the name that the field uses."""

from __future__ import annotations

from collections.abc import Mapping

from playground.model.features import readable
from playground.model.keys import Level
from playground.model.message import Message, message
from widgets.text import pick, say

__all__ = [
    "ACTIVATION_NAMES",
    "AT_A_TIME",
    "GRANULARITY_NAMES",
    "INITIALIZATION_NAMES",
    "KERNEL_NAMES",
    "LOSS_NAMES",
    "OPTIMIZER_NAMES",
    "REGULARIZATION_NAMES",
    "SCALING_NAMES",
    "Names",
    "name_of",
    "readable",
]

Names = Mapping[str, tuple[Message, Message]]
"""Key -> the plain words, and the name that the field uses."""

ACTIVATION_NAMES: Names = {
    "linear": (message("Unchanged"), message("Linear")),
    "sigmoid": (message("Squashed between 0 and 1"), message("Sigmoid")),
    "tanh": (message("Squashed between −1 and 1"), message("tanh")),
    "relu": (message("Only what is above 0"), message("ReLU")),
    "leaky_relu": (message("Mostly what is above 0"), message("Leaky ReLU")),
    "softplus": (message("Bent softly at 0"), message("Softplus")),
    "sine": (message("Bent into a wave"), message("Sine")),
}

LOSS_NAMES: Names = {
    "squared": (message("How far off it is"), message("Squared error")),
    "cross_entropy": (message("How sure it is: yes or no"), message("Cross-entropy")),
    "softmax_cross_entropy": (message("How sure it is: one of several"), message("Softmax cross-entropy")),
}

OPTIMIZER_NAMES: Names = {
    "sgd": (message("Straight downhill"), message("SGD")),
    "momentum": (message("Rolling downhill"), message("Momentum")),
    "adam": (message("A pace for each arrow"), message("Adam")),
}

REGULARIZATION_NAMES: Names = {
    "none": (message("Let arrows grow"), message("None")),
    "l1": (message("Wear weak arrows away"), message("L1")),
    "l2": (message("Hold strong arrows back"), message("L2")),
}

INITIALIZATION_NAMES: Names = {
    "glorot_uniform": (message("Fitted to each layer"), message("Glorot uniform")),
    "uniform": (message("Anything small"), message("Uniform ±0.5")),
    "zero": (message("All zero"), message("Zero")),
}

SCALING_NAMES: Names = {
    "none": (message("As they are"), message("None")),
    "standard": (message("Around 0, spread by 1"), message("Standard")),
    "minmax": (message("From 0 to 1"), message("Min–max")),
}

KERNEL_NAMES: Names = {
    "numpy": (message("NumPy"), message("NumPy")),
    "numba": (message("Numba"), message("Numba")),
    "numba-parallel": (message("Numba parallel"), message("Numba parallel")),
    "gpu": (message("Graphics card"), message("GPU")),
}

GRANULARITY_NAMES: Names = {
    "edge": (message("Arrow by arrow"), message("Edge by edge")),
    "node": (message("Node by node"), message("Node by node")),
    "layer": (message("Layer by layer"), message("Layer by layer")),
    "pass": (message("Whole pass"), message("Whole pass")),
}

AT_A_TIME: Names = {
    "edge": (message("one arrow at a time"), message("one edge at a time")),
    "node": (message("one node at a time"), message("one node at a time")),
    "layer": (message("one layer at a time"), message("one layer at a time")),
    "pass": (message("everything at once"), message("everything at once")),
}


def name_of(names: Names, key: str, level: Level) -> str:
    """Return what a choice is called at a level."""
    words, technical = names[key]
    return pick(level, say(words), say(technical))
