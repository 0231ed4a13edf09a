"""How fast networks learn: epochs a second for each way to train, checked against the oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from time import perf_counter

import numpy as np

from kernels import machine, oracle
from kernels.bench.networks import DenseNetwork, Floats
from kernels.bench.sampling import Budget, Samples, summary
from kernels.ladder.kernel import DType
from kernels.optimizers import Rule, update
from kernels.threads import blas_threads
from kernels.training.task import Task

BUDGET = Budget(least_seconds=0.6, least_repeats=5, most_seconds=2.0)
CALL_SECONDS = 0.05
"""One call into a trainer lasts about as long as in the program."""

CHECKED_EPOCHS = 3


@dataclass(frozen=True, slots=True)
class TrainingSpeed:
    """How fast one way to train is on one network.

    kernel : "numpy" for the oracle in NumPy, "numba" for the fused kernel, "numba-parallel" by several
    epochs_per_second, low, high : median and quartiles over the repeats
    gflops : of the edges' arithmetic alone, forward, back and gradients
    epochs_per_gflops : epochs a second for each GFLOP/s of one core's measured float32 peak
    prepare_seconds : what compiling took, apart from the timing
    difference : the largest difference from the oracle's values after three epochs, relative to the largest
        of them; 0 for the oracle itself
    """

    network: str
    kernel: str
    dtype: DType
    threads: int
    n_rows: int
    batch_size: int
    repeats: int
    epochs_per_second: float
    low: float
    high: float
    examples_per_second: float
    gflops: float
    epochs_per_gflops: float
    prepare_seconds: float = 0.0
    difference: float = 0.0


def oracle_speed(network: DenseNetwork, budget: Budget = BUDGET) -> TrainingSpeed:
    """Return the speed of the oracle in NumPy, in float64, its BLAS on one thread."""
    train = oracle_trainer(network)

    def measure(epochs: int) -> float:
        began = perf_counter()
        train(epochs)
        return (perf_counter() - began) / epochs

    with blas_threads(1):
        samples = _samples(measure, budget)
    return _speed(network, "numpy", "float64", 1, samples)


def fused_speeds(
    network: DenseNetwork, dtype: DType, cores: int, budget: Budget = BUDGET
) -> Iterator[TrainingSpeed]:
    """Yield the speed of the fused kernel on one thread, and on all where it uses more than one."""
    from kernels.training import fused

    began = perf_counter()
    fused.prepare(dtype)
    prepared = perf_counter() - began
    expected = oracle_trainer(network)(CHECKED_EPOCHS)
    graph, rows, stop = network.graph(), network.rows(), np.zeros(1, np.uint8)
    batches = -(-network.n_rows // network.batch_size)
    task = Task(graph, network.loss, Rule(learning_rate=network.learning_rate))
    for kernel, threads in (("numba", 1), ("numba-parallel", cores)):
        trainer = fused.FusedTrainer(task, *rows, dtype=dtype, batch_size=network.batch_size, threads=threads)
        if kernel == "numba-parallel" and trainer.threads == 1:
            return

        def measure(epochs: int, trainer: fused.FusedTrainer = trainer) -> float:
            trainer.set_values(network.values(), (), 0)
            began = perf_counter()
            done = trainer.train(0, 0, epochs * batches, stop)
            seconds = perf_counter() - began
            if done.batches != epochs * batches:
                raise RuntimeError(f"training {network.name} ended early: {done.ended}")
            return seconds / epochs

        measure(CHECKED_EPOCHS)
        difference = float(np.abs(trainer.values - expected).max() / np.abs(expected).max())
        speed = _speed(network, kernel, dtype, trainer.threads, _samples(measure, budget))
        yield replace(speed, prepare_seconds=prepared, difference=difference)


def oracle_trainer(network: DenseNetwork) -> Callable[[int], Floats]:
    """Return what trains so many epochs from the start with the oracle, and returns the values then."""
    graph, (inputs, targets) = network.graph(), network.rows()
    rule, n_weights = Rule(learning_rate=network.learning_rate), graph.n_parameters

    def train(epochs: int) -> Floats:
        values, count = network.values(), 0
        for _ in range(epochs):
            for first in range(0, network.n_rows, network.batch_size):
                batch = slice(first, first + network.batch_size)
                gradients = oracle.gradients(
                    graph, values[:n_weights], values[n_weights:], network.loss, inputs[batch], targets[batch]
                )
                count += 1
                values, _ = update(rule, values, np.concatenate(gradients), (), count, graph.held)
        return values

    return train


def _samples(measure: Callable[[int], float], budget: Budget) -> Samples:
    """Seconds of one epoch, in calls that last about as long as in the program."""
    epochs = 1
    while (seconds := measure(epochs) * epochs) < CALL_SECONDS / 4:
        epochs *= 4
    epochs = max(1, round(epochs * CALL_SECONDS / seconds))
    found: list[float] = []
    began = perf_counter()
    while not budget.is_spent(perf_counter() - began, len(found)):
        found.append(measure(epochs))
    return summary(found)


def _speed(network: DenseNetwork, kernel: str, dtype: DType, threads: int, samples: Samples) -> TrainingSpeed:
    n_edges = sum(one * other for one, other in pairwise(network.sizes))
    into_hidden = n_edges - network.sizes[0] * network.sizes[1]
    flops = network.n_rows * (4 * n_edges + 2 * into_hidden)  # forward and gradients; and back, but to inputs
    return TrainingSpeed(
        network=network.name,
        kernel=kernel,
        dtype=dtype,
        threads=threads,
        n_rows=network.n_rows,
        batch_size=network.batch_size,
        repeats=samples.repeats,
        epochs_per_second=1 / samples.median,
        low=1 / samples.high,
        high=1 / samples.low,
        examples_per_second=network.n_rows / samples.median,
        gflops=flops / samples.median / 1e9,
        epochs_per_gflops=1 / samples.median / machine.peak("float32", 1),
    )
