"""How fast networks learn, and that what is timed learns what the oracle learns."""

from __future__ import annotations

import numpy as np
import pytest

from kernels import codes, machine, oracle
from kernels.bench.networks import DenseNetwork
from kernels.bench.sampling import Budget
from kernels.bench.training import fused_speeds, oracle_speed, oracle_trainer
from kernels.ladder.kernel import DType

SHORT = Budget(0.0, 2, 0.1)
SMALL = DenseNetwork((2, 3, 1), codes.TANH, codes.TANH, codes.SQUARED, 25, 10)


@pytest.fixture(autouse=True)
def known_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "peak", lambda dtype, threads: 100.0)


def test_the_oracle_takes_its_steps_downhill() -> None:
    graph, (inputs, targets) = SMALL.graph(), SMALL.rows()
    start = SMALL.values()
    n = graph.n_parameters
    expected = start.copy()
    for first in (0, 10, 20):
        batch = slice(first, first + 10)
        gradients = oracle.gradients(
            graph, expected[:n], expected[n:], codes.SQUARED, inputs[batch], targets[batch]
        )
        moved = np.concatenate(gradients) * SMALL.learning_rate
        moved[n : n + 2] = 0.0  # inputs have no bias
        expected -= moved
    assert oracle_trainer(SMALL)(1) == pytest.approx(expected, rel=1e-12, abs=1e-15)
    assert not (oracle_trainer(SMALL)(1) == start).all()


def test_figures_belong_together() -> None:
    speed = oracle_speed(SMALL, SHORT)
    assert (speed.network, speed.kernel, speed.dtype, speed.threads) == ("2-3-1", "numpy", "float64", 1)
    assert speed.low <= speed.epochs_per_second <= speed.high
    assert speed.examples_per_second == pytest.approx(25 * speed.epochs_per_second)
    assert speed.epochs_per_gflops == pytest.approx(speed.epochs_per_second / 100.0)
    # For each row nine edges forward, nine gradients, and three edges back: a multiplication and an addition.
    flops = 2 * (9 + 9 + 3)
    assert speed.gflops == pytest.approx(flops * speed.examples_per_second / 1e9)


@pytest.mark.parametrize(("dtype", "most"), [("float64", 1e-12), ("float32", 1e-4)])
def test_the_fused_kernel_is_timed_and_held_against_the_oracle(dtype: DType, most: float) -> None:
    speed, *more = fused_speeds(SMALL, dtype, 1, SHORT)
    assert more == []  # one core: there is nothing more to show
    assert (speed.kernel, speed.dtype, speed.threads) == ("numba", dtype, 1)
    assert speed.repeats >= 2
    assert 0 <= speed.difference <= most
