"""The integer codes by which kernels know activations, losses, optimizers and regularizations.

The names are the keys of the file format; a code is the place of its name in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LINEAR, SIGMOID, TANH, RELU, LEAKY_RELU, SOFTPLUS, SINE = range(7)
SQUARED, CROSS_ENTROPY, SOFTMAX_CROSS_ENTROPY = range(3)
SGD, MOMENTUM, ADAM = range(3)
NO_PENALTY, L1, L2 = range(3)
CONSTANT, STEP, COSINE = range(3)

ACTIVATION_CODES: Mapping[str, int] = MappingProxyType(
    {
        "linear": LINEAR,
        "sigmoid": SIGMOID,
        "tanh": TANH,
        "relu": RELU,
        "leaky_relu": LEAKY_RELU,
        "softplus": SOFTPLUS,
        "sine": SINE,
    }
)

LOSS_CODES: Mapping[str, int] = MappingProxyType(
    {
        "squared": SQUARED,
        "cross_entropy": CROSS_ENTROPY,
        "softmax_cross_entropy": SOFTMAX_CROSS_ENTROPY,
    }
)

OPTIMIZER_CODES: Mapping[str, int] = MappingProxyType({"sgd": SGD, "momentum": MOMENTUM, "adam": ADAM})

REGULARIZATION_CODES: Mapping[str, int] = MappingProxyType({"none": NO_PENALTY, "l1": L1, "l2": L2})

SCHEDULE_CODES: Mapping[str, int] = MappingProxyType({"constant": CONSTANT, "step": STEP, "cosine": COSINE})
