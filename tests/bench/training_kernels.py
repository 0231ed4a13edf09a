"""How fast the fused kernel learns on the networks of TensorFlow Playground, for each GFLOP/s of one core."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kernels import machine
from kernels.bench.networks import NETWORKS, DenseNetwork
from kernels.bench.sampling import Budget
from kernels.bench.training import TrainingSpeed, fused_speeds, oracle_speed
from kernels.ladder.kernel import DTYPES
from kernels.limits import registers
from kernels.threads import available_cores

Figure = Mapping[str, object]

BUDGET = Budget(least_seconds=1.5, least_repeats=9, most_seconds=4.0)
MOST_DIFFERENCE = {"float32": 1e-4, "float64": 1e-11}

PROMISES = {
    ("2-4-2-1", "float32"): (330, 560, 22.0),
    ("2-4-2-1", "float64"): (155, 270, 22.0),
    ("7-8-8-8-8-8-8-1", "float32"): (36, 60, 2.0),
    ("7-8-8-8-8-8-8-1", "float64"): (18, 30, 2.0),
}
"""Epochs/s for each GFLOP/s of one core's float32 peak: must, aim, and TensorFlow Playground's own loop."""


def figures() -> Iterator[Figure]:
    """Yield the speed of each network in each type, on one thread and on all where that is faster."""
    for network in NETWORKS:
        yield of_oracle(network)
        for dtype in DTYPES:
            registers.forget()  # the machine may be faster or slower now than it was
            for speed in fused_speeds(network, dtype, available_cores(), BUDGET):
                yield figure(speed)


def of_oracle(network: DenseNetwork) -> Figure:
    """Return the speed of NumPy, for comparison."""
    speed = oracle_speed(network, BUDGET)
    return {
        "figure": f"train {speed.network} with NumPy",
        "value": round(speed.epochs_per_second, 1),
        "unit": "epochs/s",
    }


def figure(speed: TrainingSpeed) -> Figure:
    """Return a figure; for each GFLOP/s of the peak where that was promised, else epochs a second."""
    if speed.difference > MOST_DIFFERENCE[speed.dtype]:
        raise RuntimeError(f"{speed.network} in {speed.dtype} leaves the oracle by {speed.difference:.3g}")
    name = f"train {speed.network}, {speed.kernel}, {speed.dtype}, threads: {speed.threads}"
    details: dict[str, object] = {
        "epochs_per_second": round(speed.epochs_per_second),
        "quartiles": [round(speed.low), round(speed.high)],
        "gflops": round(speed.gflops, 2),
        "peak_gflops": round(machine.peak("float32", 1), 1),
        "difference_from_oracle": speed.difference,
    }
    promise = PROMISES.get((speed.network, speed.dtype))
    if promise is None or speed.threads > 1:
        return {"figure": name, "value": round(speed.epochs_per_second, 1), "unit": "epochs/s"} | details
    must, aim, theirs = promise
    value = round(speed.epochs_per_gflops, 1)
    promised = {"least": must, "aim": aim, "tensorflow_playground": theirs}
    return {"figure": name, "value": value, "unit": "epochs/s per GFLOP/s"} | promised | details
