"""The rows that a data spec gives: inputs, targets, and which of them are kept for testing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.model.experiment import Table
from playground.model.keys import Scaling
from playground.model.parameters import Floats

Task = Literal["regression", "binary", "classes"]


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """One output's column: the number to reach for every row.

    name : the column's name, or `column=class` for one class of a text column
    values : float64, (n_rows,); 0 or 1 for classes
    """

    name: str
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """What a data spec and its seed give; read-only.

    table : the rows that can be used (rows with missing cells are left out), unscaled
    feature_names : columns that are offered as inputs (all but the targets)
    targets : in the order in which outputs claim them
    train, test : int64 row numbers into `table`
    left_out : how many rows had missing cells
    offset, scale : per column of the table, fitted on the training rows: scaled = (x - offset) / scale
    scaling : how they were fitted; formulas of columns are scaled in the same way after they are worked out
    """

    name: str
    table: Table
    feature_names: tuple[str, ...]
    targets: tuple[Target, ...]
    train: NDArray[np.int64]
    test: NDArray[np.int64]
    left_out: int
    offset: Floats
    scale: Floats
    task: Task
    scaling: Scaling = "none"


@dataclass(frozen=True, slots=True, eq=False)
class BoundData:
    """A data set as one network sees it: its input nodes' features and its outputs' targets; read-only.

    train_inputs, test_inputs : (n_rows, n_inputs), in the order of `Network.inputs`
    train_targets, test_targets : (n_rows, n_outputs), in the order of `Network.outputs`
    train_rows : (n_train,) row numbers into `dataset.table`
    unbound : ids of input nodes that read no feature (they read 0; training refuses)
    unclaimed : ids of output nodes that have no target (training refuses)
    """

    dataset: Dataset
    train_inputs: Floats
    train_targets: Floats
    test_inputs: Floats
    test_targets: Floats
    unbound: tuple[int, ...]
    unclaimed: tuple[int, ...]
