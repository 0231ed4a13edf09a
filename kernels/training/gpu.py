"""Training with a GPU: large layers are multiplied there, everything else where it is.

A product goes to the GPU with its operands and comes back. That pays from a size on, `WORTH_FLOPS`; below it
NumPy multiplies. The rule looks at sizes alone, so that a run makes the same choices every time.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from kernels import codes
from kernels.graph import Graph
from kernels.ladder import numpy_blas, registry
from kernels.ladder.kernel import DType, Kernel, Matrix, Reason, UnavailableError
from kernels.training.dense import DenseTrainer
from kernels.training.progress import Floats
from kernels.training.task import Task

GPUS = ("cublas", "cuda", "webgpu")
"""Rungs that compute on a GPU, the fastest first."""

WORTH_FLOPS = 1 << 27
"""Floating-point operations from which a product goes to the GPU. There and back takes some tenths of a
millisecond, in which one core of a processor with wide vectors does about a hundred million operations."""


@cache
def rung() -> Kernel | None:
    """Return the fastest rung that has a GPU here; looked for once."""
    found = (registry.kernel(key) for key in GPUS)
    return next((kernel for kernel in found if kernel.gemm is not None and kernel.why_not() is None), None)


def why_not() -> Reason | None:
    """Return why no GPU can train here, None where one can; the first call may take a second."""
    return None if rung() is not None else registry.kernel("webgpu").why_not()


def why_not_dtype(dtype: DType) -> Reason | None:
    """Return why the GPU cannot train in a type, None where it can, or where there is none at all."""
    found = rung()
    if found is None or dtype in found.dtypes:
        return None
    return Reason("This GPU is reached through WebGPU, which computes in float32 only.")


def prepare(dtype: DType) -> None:
    """Open the GPU and compile what training needs. Raises UnavailableError."""
    one, none = np.ones((1, 1)), np.zeros(0, np.intp)
    graph = Graph.build(
        activations=np.zeros(2, np.int64),
        sources=none,
        targets=none,
        parameters=none,
        edge_trainable=np.zeros(0, bool),
        inputs=np.zeros(1, np.intp),
        outputs=np.ones(1, np.intp),
    )
    trainer = GpuTrainer(Task(graph, codes.SQUARED), one, one, dtype=dtype)
    trainer.train(0, 0, 1, np.zeros(1, np.uint8))
    found = rung()
    if found is not None:
        found.prepare(dtype)


class GpuTrainer(DenseTrainer):
    """Trains one graph on fixed rows with a GPU for what is large; the same contract as `FusedTrainer`."""

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
        *,
        kernel: Kernel | None = None,
    ) -> None:
        """Lay out rows and graph. Raises UnavailableError where no GPU can train in the type.

        kernel : the rung to use; None for the fastest
        """
        chosen = rung() if kernel is None else kernel
        reason = why_not() if chosen is None else None
        if chosen is not None and dtype not in chosen.dtypes:
            reason = why_not_dtype(dtype)
        if reason is not None or chosen is None:
            raise UnavailableError(reason or Reason("No GPU was found."))
        on_gpu = chosen.gemm
        assert on_gpu is not None

        def gemm(a: Matrix, b: Matrix, out: Matrix | None = None, threads: int = 1) -> Matrix:
            is_large = 2 * a.shape[0] * a.shape[1] * b.shape[1] >= WORTH_FLOPS
            return (on_gpu if is_large else numpy_blas.gemm)(a, b, out, threads)

        super().__init__(
            task, inputs, targets, test_inputs, test_targets, dtype, batch_size, threads, gemm=gemm
        )
