"""A network that reads handwritten digits: how fast it learns here, and with PyTorch on the same rows."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from kernels import codes
from kernels.bench.networks import DenseNetwork, Floats
from kernels.bench.sampling import Samples, summary
from kernels.ladder.kernel import DTYPES, DType
from kernels.optimizers import Rule
from kernels.threads import available_cores
from kernels.training import fused
from kernels.training.task import Task
from tests.bench._torch_environment import NoPyTorchError, python_with_torch

Figure = Mapping[str, object]
Classes = NDArray[np.int64]

SIZES = (64, 64, 32, 10)
BATCH, RATE = 32, 0.05
MUST, AIM = 2.0, 4.0
SECONDS = 3.0
EPOCHS = 40
"""In one call, about as long as in the program."""

SCRIPT = Path(__file__).with_name("_torch_digits.py")


@dataclass(frozen=True, slots=True)
class Theirs:
    """What PyTorch reaches: seconds of one epoch, and the loss before and after."""

    seconds: float
    repeats: int
    loss: list[float]
    version: str


def figures() -> Iterator[Figure]:
    """Yield epochs a second of PyTorch and of the fused kernel, and how many times faster that is."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    inputs, classes = digits.data / 16.0, digits.target
    theirs = None
    try:
        theirs = with_torch(python_with_torch(), inputs, classes)
    except NoPyTorchError as error:
        print(f"{error} The digits are compared with nothing.", file=sys.stderr)
    if theirs is not None:
        yield {
            "figure": "train digits with PyTorch, eager, one thread, float32",
            "value": round(1 / theirs.seconds, 1),
            "unit": "epochs/s",
            "torch": theirs.version,
            "loss": theirs.loss,
            "repeats": theirs.repeats,
        }
    for dtype in DTYPES:
        for threads in sorted({1, available_cores()}):
            yield from ours(dtype, threads, inputs, classes, theirs)


def ours(
    dtype: DType, threads: int, inputs: Floats, classes: Classes, theirs: Theirs | None
) -> Iterator[Figure]:
    """Yield the speed of the fused kernel, and the ratio to PyTorch where that is promised."""
    network = DenseNetwork(
        SIZES, codes.RELU, codes.LINEAR, codes.SOFTMAX_CROSS_ENTROPY, len(inputs), BATCH, RATE
    )
    task = Task(network.graph(), network.loss, Rule(learning_rate=RATE), how="largest")
    targets = np.eye(SIZES[-1])[classes]
    trainer = fused.FusedTrainer(task, inputs, targets, dtype=dtype, batch_size=BATCH, threads=threads)
    if trainer.threads < threads:
        return  # it has found that more threads gain nothing
    samples, losses = timed(trainer, network)
    if not losses[1] < losses[0] / 2:
        raise RuntimeError(f"the digits were not learned: a loss of {losses[0]:.3g} became {losses[1]:.3g}")
    name = f"train digits, fused kernel, {dtype}, threads: {trainer.threads}"
    details = {
        "loss": losses,
        "repeats": samples.repeats,
        "quartiles": [round(1 / samples.high), round(1 / samples.low)],
    }
    yield {"figure": name, "value": round(1 / samples.median, 1), "unit": "epochs/s"} | details
    if theirs is not None and (dtype, threads) == ("float32", 1):
        value = round(theirs.seconds / samples.median, 2)
        promised = {"least": MUST, "aim": AIM}
        yield {"figure": f"{name}: times PyTorch", "value": value, "unit": "×"} | promised


def timed(trainer: fused.FusedTrainer, network: DenseNetwork) -> tuple[Samples, list[float]]:
    """Return seconds of one epoch, and the loss before and after one call."""
    batches = -(-network.n_rows // BATCH)
    stop = np.zeros(1, np.uint8)
    seconds: list[float] = []
    losses: list[float] = []
    began = perf_counter()
    while len(seconds) < 9 or perf_counter() - began < SECONDS:
        trainer.set_values(network.values(), (), 0)
        if not losses:
            losses.append(trainer.score()[0])
        start = perf_counter()
        done = trainer.train(0, 0, EPOCHS * batches, stop)
        seconds.append((perf_counter() - start) / EPOCHS)
        assert done.batches == EPOCHS * batches, done.ended
    losses.append(trainer.score()[0])
    return summary(seconds), losses


def with_torch(python: Path, inputs: Floats, classes: Classes) -> Theirs:
    """Return what PyTorch reaches of the same network, rows, batches and steps. Raises NoPyTorchError."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder, "rows.npz")
        np.savez(rows, inputs=inputs, classes=classes, batch_size=BATCH, learning_rate=RATE, sizes=SIZES)
        command = [str(python), str(SCRIPT), str(rows), str(SECONDS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or ["it said nothing"]
        raise NoPyTorchError(f"PyTorch fails: {lines[-1].rstrip('.')}.")
    return Theirs(**json.loads(done.stdout))
