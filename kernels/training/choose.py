"""Which trainer takes a task: the fused one on the processor, matrix products where others multiply.

Measured on one core with AVX-512: GFLOP/s of whole batches, update included.

| network, batch                 | fused, float32 | products by rung 4 | fused, float64 | products by rung 4 |
|--------------------------------|----------------|--------------------|----------------|--------------------|
| 64-64-32-10, 32                | 156            | 7                  | 86             | 5                  |
| 256-256-256-10, 64             | 170            | 71                 | 94             | 49                 |
| 256-256-256-10, 512            | 188            | 86                 | 93             | 51                 |
| 400-440-50-10, 1024            | 200            | 96                 | 98             | 42                 |
| 784-1024-1024-10, 128          | 150            | 85                 | 68             | 34                 |

The products themselves are as fast as the fused tiles; the passes over memory between them (activations,
slopes, sums of blame) are what the fused kernel does while its rows lie in the cache. So on the processor no
layer is large enough, and products serve kernels that multiply elsewhere.
"""

from __future__ import annotations

from kernels.ladder.kernel import Multiply
from kernels.training.dense import DenseTrainer
from kernels.training.fused import FusedTrainer
from kernels.training.progress import Floats
from kernels.training.task import DType, Task


def choose(
    task: Task,
    inputs: Floats,
    targets: Floats,
    test_inputs: Floats | None = None,
    test_targets: Floats | None = None,
    dtype: DType = "float64",
    batch_size: int = 10,
    threads: int = 1,
    *,
    gemm: Multiply | None = None,
) -> FusedTrainer | DenseTrainer:
    """Return the trainer for a task; operands as of `FusedTrainer`.

    gemm : multiplies elsewhere than on the processor; None where the processor does
    """
    if gemm is None:
        return FusedTrainer(task, inputs, targets, test_inputs, test_targets, dtype, batch_size, threads)
    return DenseTrainer(
        task, inputs, targets, test_inputs, test_targets, dtype, batch_size, threads, gemm=gemm
    )
