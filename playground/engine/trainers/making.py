"""Makes the trainer of a kernel."""

from __future__ import annotations

from kernels.dropout import Dropout
from kernels.graph import Graph
from kernels.optimizers import Moments
from kernels.threads import available_cores
from playground.engine.compile import compile_task
from playground.engine.scoring import Scoring
from playground.engine.trainers.compiled_trainer import CompiledTrainer
from playground.engine.trainers.numpy_trainer import NumpyTrainer
from playground.engine.trainers.trainer import Trainer
from playground.model.dataset import BoundData
from playground.model.experiment import Learning
from playground.model.keys import Kernel
from playground.model.parameters import Floats


def threads_of(kernel: Kernel) -> int:
    """Return how many threads a kernel may use here."""
    return 1 if kernel == "numba" else available_cores()


def make_trainer(
    kernel: Kernel,
    graph: Graph,
    learning: Learning,
    bound: BoundData,
    scoring: Scoring,
    values: Floats,
    moments: Moments,
    count: int,
    dropout: Dropout | None = None,
) -> Trainer:
    """Return a trainer that goes on from these values and this memory, after `count` updates.

    values : (n_parameters + n_nodes,), weights and then biases; moments : arrays like it
    NumPy trains in float64 whatever the settings wish.
    Raises kernels.ladder.kernel.UnavailableError where the kernel cannot run here.
    """
    task, size = compile_task(graph, learning, scoring.judgement, dropout), learning.batch_size
    if kernel == "numpy":
        return NumpyTrainer(task, bound, size, scoring, values, moments, count)
    return CompiledTrainer(
        kernel, learning.dtype, threads_of(kernel), task, bound, size, values, moments, count
    )
