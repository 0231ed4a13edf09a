"""The keys of activations, losses, optimizers and their kin, as the file and the code spell them."""

from __future__ import annotations

from typing import Literal

Role = Literal["input", "hidden", "output"]
Activation = Literal["linear", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "sine"]
Loss = Literal["squared", "cross_entropy", "softmax_cross_entropy"]
Optimizer = Literal["sgd", "momentum", "adam"]
Regularization = Literal["none", "l1", "l2"]
ScheduleKind = Literal["constant", "step", "cosine"]
Initialization = Literal["glorot_uniform", "uniform", "zero"]
Scaling = Literal["none", "standard", "minmax"]
Split = Literal["shuffled", "last"]
GroupKind = Literal["layer", "grid"]
Level = Literal["words", "numbers", "maths"]
Granularity = Literal["edge", "node", "layer", "pass"]
Kernel = Literal["numpy", "numba", "numba-parallel", "gpu"]
DType = Literal["float64", "float32"]
Phase = Literal["forward", "loss", "backward", "update"]

ROLES: tuple[Role, ...] = ("input", "hidden", "output")
ACTIVATIONS: tuple[Activation, ...] = (
    "linear",
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "softplus",
    "sine",
)
LOSSES: tuple[Loss, ...] = ("squared", "cross_entropy", "softmax_cross_entropy")
OPTIMIZERS: tuple[Optimizer, ...] = ("sgd", "momentum", "adam")
REGULARIZATIONS: tuple[Regularization, ...] = ("none", "l1", "l2")
SCHEDULES: tuple[ScheduleKind, ...] = ("constant", "step", "cosine")
INITIALIZATIONS: tuple[Initialization, ...] = ("glorot_uniform", "uniform", "zero")
SCALINGS: tuple[Scaling, ...] = ("none", "standard", "minmax")
SPLITS: tuple[Split, ...] = ("shuffled", "last")
LEVELS: tuple[Level, ...] = ("words", "numbers", "maths")
GRANULARITIES: tuple[Granularity, ...] = ("edge", "node", "layer", "pass")
KERNELS: tuple[Kernel, ...] = ("numpy", "numba", "numba-parallel", "gpu")
DTYPES: tuple[DType, ...] = ("float64", "float32")
PHASES: tuple[Phase, ...] = ("forward", "loss", "backward", "update")

OUTPUT_ACTIVATION: dict[Loss, Activation | None] = {
    "squared": None,
    "cross_entropy": "sigmoid",
    "softmax_cross_entropy": "linear",
}
"""The activation that a loss asks of every output; None where any will do (linear by default)."""
