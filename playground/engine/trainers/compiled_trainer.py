"""Training with a compiled kernel: thousands of batches in one call, without Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernels.blocks import Indices
from kernels.optimizers import Moments
from kernels.training.progress import Progress, Rules
from kernels.training.task import Task
from playground.engine.scoring import Figures
from playground.engine.trainers.stop import Stop
from playground.model.dataset import BoundData
from playground.model.keys import DType, Kernel
from playground.model.parameters import Floats

if TYPE_CHECKING:
    from kernels.training.fused import FusedTrainer
    from kernels.training.gpu import GpuTrainer


class CompiledTrainer:
    """The trainers of `kernels.training`: on one thread, on several, or with a GPU."""

    def __init__(
        self,
        kernel: Kernel,
        dtype: DType,
        threads: int,
        task: Task,
        bound: BoundData,
        batch_size: int,
        values: Floats,
        moments: Moments,
        count: int,
    ) -> None:
        """Go on from these values, (n_parameters + n_nodes,), and this memory, after `count` updates.

        threads : how many may be used at most
        Raises kernels.ladder.kernel.UnavailableError where the kernel cannot run here.
        """
        self.kernel = kernel
        self.dtype = dtype
        self._inner = _trainer(kernel)(
            task,
            bound.train_inputs,
            bound.train_targets,
            bound.test_inputs,
            bound.test_targets,
            dtype,
            batch_size,
            threads,
        )
        self._inner.set_values(values, moments, count)

    @property
    def threads(self) -> int:
        """How many threads it uses; small batches gain nothing from several."""
        return self._inner.threads

    @property
    def values(self) -> Floats:
        """The present values: float64, (n_parameters + n_nodes,), a copy."""
        return self._inner.values

    @property
    def moments(self) -> Moments:
        """The optimizer's memory: arrays like `values`, copies."""
        return self._inner.moments

    @property
    def count(self) -> int:
        """How many updates lie behind."""
        return self._inner.count

    def train(
        self, epoch: int, row: int, n_batches: int, stop: Stop, orders: Indices | None, rules: Rules
    ) -> Progress:
        """Train up to `n_batches` batches, as `Trainer.train` says."""
        done = self._inner.train(epoch, row, n_batches, stop.cell, orders, rules)
        stop.look()  # whoever is asked by a call is asked now; the flag itself was seen after every batch
        return done

    def score(self) -> Figures:
        """Work out losses, accuracies and penalty of the present values."""
        return self._inner.score()


def _trainer(kernel: Kernel) -> type[FusedTrainer] | type[GpuTrainer]:
    """The class that trains with a kernel; loads Numba."""
    if kernel == "gpu":
        from kernels.training.gpu import GpuTrainer

        return GpuTrainer
    from kernels.training.fused import FusedTrainer

    return FusedTrainer
