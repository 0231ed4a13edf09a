"""Training of any acyclic graph in one compiled call: thousands of batches without coming back to Python."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kernels.optimizers import Moments
from kernels.training.progress import Floats, Progress, Rules
from kernels.training.task import DType, Task

Indices = NDArray[np.intp]


def prepare(dtype: DType) -> None:
    """Compile all that training in a type needs, or load it from the cache; may take seconds, off the GIL."""
    raise NotImplementedError


class FusedTrainer:
    """Trains one graph on fixed rows; belongs to one thread at a time. Values inside are of `dtype`.

    The same graph, values, rows and orders give the same bits on every run and with any number of threads.
    """

    def __init__(
        self,
        task: Task,
        inputs: Floats,
        targets: Floats,
        test_inputs: Floats | None = None,
        test_targets: Floats | None = None,
        dtype: DType = "float64",
        batch_size: int = 10,
        threads: int = 1,
    ) -> None:
        """Lay out rows and graph; nothing is allocated after this.

        inputs, targets : (n_rows, n_inputs), (n_rows, n_outputs), at least one row; test rows may be missing
        threads : how many may be used at most; `threads` says how many are, since small batches gain nothing
        """
        raise NotImplementedError

    @property
    def threads(self) -> int:
        """How many threads training uses."""
        raise NotImplementedError

    @property
    def flops_per_example(self) -> int:
        """Floating-point operations for one row, of edges alone: forward, back and gradients."""
        raise NotImplementedError

    def set_values(self, values: Floats, moments: Moments, count: int) -> None:
        """Take over values and memory, (n_parameters + n_nodes,) each: weights, then biases.

        count : updates behind them
        """
        raise NotImplementedError

    @property
    def values(self) -> Floats:
        """The present values, weights and then biases: float64, a copy; held ones as they were set."""
        raise NotImplementedError

    @property
    def moments(self) -> Moments:
        """The optimizer's memory, laid out as `values`: copies."""
        raise NotImplementedError

    @property
    def count(self) -> int:
        """How many updates are behind the values."""
        raise NotImplementedError

    def train(
        self,
        epoch: int,
        row: int,
        n_batches: int,
        stop: NDArray[np.uint8],
        orders: Indices | None = None,
        rules: Rules | None = None,
    ) -> Progress:
        """Train up to `n_batches` batches from a place in an epoch, without the GIL.

        epoch, row : whole epochs so far, and rows seen of the one under way; the last batch of an epoch may
            be smaller, and the next epoch begins with a batch of its own
        stop : (1,); looked at after every batch, any other value than 0 ends the call
        orders : (n_epochs, n_rows), row numbers in the order of the epoch under way and of those after it;
            the call ends with "budget" when they are used up. None: rows in their order, for ever
        rules : when to note losses and to end; None: neither (then only "budget", "flag", "diverged")

        An update after which a value would not be finite is not made, and the call ends.
        """
        raise NotImplementedError

    def score(self) -> tuple[float, float, float, float, float]:
        """Return train loss, test loss, train accuracy, test accuracy and penalty of the present values."""
        raise NotImplementedError

    def forward_rows(self, inputs: Floats) -> Floats:
        """Return what every node answers: float64, (n_rows, n_nodes), for inputs, (n_rows, n_inputs).

        Outputs hold the softmax over them where the loss asks for it.
        """
        raise NotImplementedError
