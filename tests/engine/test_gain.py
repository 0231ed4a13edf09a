"""The gain of a kernel: measured on copies, told in a sentence."""

from __future__ import annotations

import pytest

from playground.engine import gain as gains
from playground.engine.gain import Gain, measure_gain
from playground.engine.session import Session
from playground.engine.trainers.stop import Stop
from playground.model.experiment import Experiment, Learning
from playground.model.message import sentence
from tests.engine.trainers.runs import NETWORK, rows, start

EXPERIMENT = Experiment(NETWORK, learning=Learning(kernel="numba", stop_epochs=2, stop_loss=1e9))


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (14_300.0, "now <b>14 times</b> faster than NumPy"),
        (3_140.0, "now <b>3.1 times</b> faster than NumPy"),
        (1_020.0, "now as fast as NumPy"),
        (500.0, "now slower than NumPy, by <b>2 times</b>"),
    ],
)
def test_it_is_told_in_a_sentence(rate: float, text: str) -> None:
    assert sentence(Gain("numba", rate, 1_000.0).said) == text


def test_a_compiled_kernel_gains_on_a_small_network() -> None:
    state = start()
    weights = state.parameters.weights.copy()
    found = measure_gain(EXPERIMENT, rows(), state, "numba", Stop(), 0.05)
    assert found is not None
    assert found.kernel == "numba"
    # Python alone takes far longer than this for each batch; how much longer depends on the machine.
    assert found.times > 2
    assert (state.parameters.weights == weights).all()


def test_a_run_that_is_over_begins_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Session] = []

    class Watched(Session):
        def __init__(self, *values: object, **named: object) -> None:
            super().__init__(*values, **named)  # type: ignore[arg-type]  # passed on as they came
            made.append(self)

    monkeypatch.setattr(gains, "Session", Watched)
    still = Experiment(NETWORK, learning=Learning(kernel="numba", learning_rate=1e-12))
    found = measure_gain(still, rows(), start(), "numba", Stop(), 0.1)
    assert found is not None
    assert len(made) > 2
    assert made[0].stopped == "converged"


def test_a_raised_flag_ends_it_without_an_answer() -> None:
    stop = Stop()
    stop.raise_()
    assert measure_gain(EXPERIMENT, rows(), start(), "numba", stop, 1e9) is None
