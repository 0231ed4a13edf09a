"""Makes the trainer of a kernel."""

from __future__ import annotations

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
from playground.model.keys import DType, Kernel
from playground.model.parameters import Floats


def dtype_of(kernel: Kernel, dtype: DType) -> DType:
    """Return the type in which a kernel trains where `dtype` is wished for: NumPy has float64 alone."""
    return "float64" if kernel == "numpy" else dtype


def threads_of(kernel: Kernel) -> int:
    """Return how many threads a kernel may use here."""
    return available_cores() if kernel == "numba-parallel" else 1


def make_trainer(
    kernel: Kernel,
    graph: Graph,
    learning: Learning,
    bound: BoundData,
    scoring: Scoring,
    values: Floats,
    moments: Moments,
    count: int,
) -> Trainer:
    """Return a trainer that goes on from these values and this memory, after `count` updates.

    values : (n_parameters + n_nodes,), weights and then biases; moments : arrays like it
    Raises kernels.ladder.kernel.UnavailableError where the kernel cannot run here.
    """
    task, size = compile_task(graph, learning, scoring.judgement), learning.batch_size
    if kernel == "numpy":
        return NumpyTrainer(task, bound, size, scoring, values, moments, count)
    return CompiledTrainer(
        kernel, learning.dtype, threads_of(kernel), task, bound, size, values, moments, count
    )
