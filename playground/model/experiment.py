"""The experiment: what is drawn, what it learns from, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from playground.model.keys import (
    DType,
    Initialization,
    Kernel,
    Loss,
    Optimizer,
    Regularization,
    Scaling,
    Split,
)
from playground.model.network import Network
from playground.model.parameters import Floats
from playground.model.rate_schedule import RateSchedule

ColumnKind = Literal["number", "class"]


@dataclass(frozen=True, slots=True)
class BuiltInData:
    """A data set that the program makes itself or takes from scikit-learn."""

    name: str
    count: int = 200
    noise: float = 0.0
    test_share: float = 0.5
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; a class column lists its texts, and its cells are their indices."""

    name: str
    kind: ColumnKind = "number"
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table of numbers and classes; read-only.

    cells : float64, shape (n_rows, n_columns); NaN is a missing cell, a class cell is the class's index
    """

    columns: tuple[Column, ...]
    cells: Floats

    def __post_init__(self) -> None:
        self.cells.flags.writeable = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and np.array_equal(self.cells, other.cells, equal_nan=True)

    __hash__ = None  # type: ignore[assignment]  # compared by value, so not hashable


@dataclass(frozen=True, slots=True)
class TableData:
    """The user's own table, what to predict from it, and how its rows are split and scaled."""

    table: Table
    targets: tuple[str, ...]
    test_share: float = 0.5
    split: Split = "shuffled"
    seed: int = 0
    scaling: Scaling = "none"


DataSpec = BuiltInData | TableData


@dataclass(frozen=True, slots=True)
class Learning:
    """How the network learns; `stop_epochs` and `stop_loss` end a run, None where they do not.

    learning_rate : of the first epoch; schedule : how it changes from there
    dropout : share of the hidden nodes that are left out of each update, in [0, 1)
    kernel, dtype : what does the multiplying while it learns, and in which type
    """

    loss: Loss = "squared"
    optimizer: Optimizer = "sgd"
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    learning_rate: float = 0.03
    batch_size: int = 10
    shuffle: bool = True
    regularization: Regularization = "none"
    regularization_rate: float = 0.0
    initialization: Initialization = "glorot_uniform"
    stop_epochs: int | None = None
    stop_loss: float | None = None
    kernel: Kernel = "numpy"
    dtype: DType = "float64"
    schedule: RateSchedule = field(default_factory=RateSchedule)
    dropout: float = 0.0


@dataclass(frozen=True)
class Experiment:
    """Everything that the file keeps besides the current values; every change of it can be undone.

    `data` is None while no data has been chosen; passes then use values set by hand.
    """

    network: Network = field(default_factory=Network.build)
    data: DataSpec | None = None
    learning: Learning = field(default_factory=Learning)
    seed: int = 0
