"""Sessions with the compiled kernel: the same runs as with NumPy, the same bits however they are cut."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest

from playground.engine import session as sessions
from playground.engine.session import Session
from playground.engine.trainers.stop import Stop
from playground.model.keys import DTYPES, OPTIMIZERS, DType, Kernel, Optimizer
from playground.model.rate_schedule import RateSchedule
from tests.engine.trainers.runs import NETWORK, never, rows, session, start, with_settings

COMPILED: tuple[Kernel, ...] = ("numba", "numba-parallel")
TOLERANCE: dict[DType, float] = {"float64": 1e-9, "float32": 1e-3}
EPOCHS = 100


def after(run: Session, epochs: int = EPOCHS) -> Session:
    while run.epoch < epochs and run.stopped is None:
        run.run_epoch()
    return run


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", DTYPES)
def test_its_losses_are_numpys(dtype: DType, optimizer: Optimizer) -> None:
    settings: dict[str, Any] = {
        "optimizer": optimizer,
        "regularization": "l2",
        "regularization_rate": 0.001,
    }
    ours = after(session("numba", dtype, **settings)).snapshot().history
    oracle = after(session("numpy", **settings)).snapshot().history
    assert len(ours) == len(oracle) == EPOCHS + 1
    np.testing.assert_allclose(ours, oracle, rtol=TOLERANCE[dtype])


@pytest.mark.parametrize("kernel", COMPILED)
@pytest.mark.parametrize("dtype", DTYPES)
def test_a_run_goes_the_same_way_however_it_is_cut(
    kernel: Kernel, dtype: DType, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = {"optimizer": "adam", "stop_epochs": 700}
    whole = session(kernel, dtype, **settings)
    whole.advance(never, 1e9)
    monkeypatch.setattr(sessions, "CALL_SECONDS", 1e-5)
    cut, calls = session(kernel, dtype, **settings), 0
    while cut.stopped is None:
        cut.advance(never, 1e-6)
        calls += 1
    assert calls > 50
    assert whole.state.parameters == cut.state.parameters
    assert whole.state.moments == cut.state.moments
    np.testing.assert_array_equal(whole.snapshot().history, cut.snapshot().history)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_run_taken_up_again_goes_the_same_way(dtype: DType) -> None:
    whole, cut = (session("numba", dtype, optimizer="momentum") for _ in range(2))
    for _ in range(7):
        cut.run_batch()
    cut = Session(cut.experiment, rows(), cut.state, cut.epoch, cut.snapshot().history)
    for run in (whole, cut):
        while run.epoch < 9:
            run.run_batch()
    assert whole.state.parameters == cut.state.parameters
    assert whole.state.moments == cut.state.moments
    assert whole.state.step_count == cut.state.step_count


def test_any_number_of_threads_gives_the_same_bits() -> None:
    alone, together = (after(session(kernel, "float32", optimizer="adam")) for kernel in COMPILED)
    assert alone.state.parameters == together.state.parameters
    np.testing.assert_array_equal(alone.snapshot().history, together.snapshot().history)


ENDS: dict[str, dict[str, Any]] = {
    "epochs": {"stop_epochs": 13},
    "loss": {"stop_loss": 0.08, "learning_rate": 0.1},
    "converged": {"learning_rate": 1e-12},
    "diverged": {"learning_rate": 1e300},
}


@pytest.mark.parametrize("ending", ENDS)
def test_it_ends_where_numpy_ends(ending: str) -> None:
    settings = ENDS[ending]
    runs = [session(kernel, **settings) for kernel in ("numba", "numpy")]
    for run in runs:
        run.advance(never, 1e9)
    ours, oracle = (run.snapshot() for run in runs)
    assert runs[0].stopped == runs[1].stopped == ending
    assert ours.epoch == oracle.epoch
    np.testing.assert_allclose(ours.history, oracle.history, rtol=1e-9)
    assert np.isfinite(ours.state.parameters.weights).all()


@pytest.mark.parametrize("kernel", COMPILED)
def test_a_flag_acts_within_a_batch(kernel: Kernel) -> None:
    run, stop = session(kernel), Stop()
    stop.raise_()
    run.run_epoch(stop)
    assert run.state.step_count == 1
    assert run.stopped is None


def test_a_flag_raised_by_another_thread_ends_a_long_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "CALL_SECONDS", 1e9)  # one call that would go on for ever
    run, stop = session("numba", learning_rate=1e-9, regularization="l1", regularization_rate=1e-9), Stop()
    run.run_batch()
    stepped = threading.Event()

    def train() -> None:
        stepped.set()
        run.run_batch()
        run._stopped = None
        run._train(stop, 1e9)

    worker = threading.Thread(target=train)
    worker.start()
    assert stepped.wait(30)
    stop.raise_()
    worker.join(30)
    assert not worker.is_alive()


def test_switching_the_kernel_loses_neither_weights_nor_memory() -> None:
    run = session("numpy", optimizer="adam")
    for _ in range(5):
        run.run_batch()
    for kernel, dtype in (("numba", "float64"), ("numba-parallel", "float64"), ("numpy", "float64")):
        before = run.state
        run = with_settings(run, kernel=kernel, dtype=dtype)
        assert (run.kernel, run.dtype) == (kernel, dtype)
        assert run.state.parameters == before.parameters
        assert run.state.moments == before.moments
        assert run.state.step_count == before.step_count
        run.run_batch()
        assert run.state.step_count == before.step_count + 1


def test_switching_to_float32_rounds_once_and_back_not_at_all() -> None:
    run = session("numba", optimizer="momentum")
    run.run_epoch()
    exact = run.state
    run = with_settings(run, dtype="float32")
    rounded = run.state
    np.testing.assert_array_equal(rounded.parameters.weights, exact.parameters.weights.astype(np.float32))
    np.testing.assert_array_equal(rounded.moments[0].weights, exact.moments[0].weights.astype(np.float32))
    run = with_settings(run, dtype="float64")
    assert run.state.parameters == rounded.parameters
    assert run.state.moments == rounded.moments


def test_a_run_that_switches_ends_where_the_others_do() -> None:
    mixed, plain = session("numpy", optimizer="adam"), session("numpy", optimizer="adam")
    order: tuple[Kernel, ...] = ("numba", "numpy", "numba-parallel")
    for kernel in order:
        for _ in range(7):
            mixed.run_batch()
        mixed = mixed.with_kernel(kernel)
    after(mixed, 30)
    after(plain, 30)
    np.testing.assert_allclose(
        mixed.state.parameters.weights, plain.state.parameters.weights, rtol=1e-9, atol=1e-12
    )


def test_other_settings_in_mid_run_keep_weights_and_place() -> None:
    run = session("numba", optimizer="adam")
    for _ in range(5):
        run.run_batch()
    changed = with_settings(run, learning_rate=0.5, batch_size=4, regularization="l2")
    assert changed.state.parameters == run.state.parameters
    assert changed.state.moments == run.state.moments
    assert changed.epoch == run.epoch


def test_a_snapshot_says_what_trains() -> None:
    run = session("numba", "float32")
    run.run_epoch()
    taken = run.snapshot()
    assert (taken.kernel, taken.dtype, taken.threads) == ("numba", "float32", 1)
    assert taken.examples_per_second == pytest.approx(taken.epochs_per_second * 37)
    assert taken.flops_per_second > 0


def test_a_long_run_is_noted_more_seldom_and_at_the_same_epochs_by_all() -> None:
    runs = []
    both: tuple[Kernel, ...] = ("numba", "numpy")
    for kernel in both:
        run = session(kernel, learning_rate=1e-3, stop_epochs=560)
        run.advance(never, 1e9)
        runs.append(run.snapshot().history[:, 0])
    np.testing.assert_array_equal(runs[0], runs[1])
    assert runs[0].tolist() == [*range(513), *range(516, 561, 4)]


def test_somebody_who_listens_hears_of_every_epoch() -> None:
    heard: list[float] = []
    first = session("numba", learning_rate=1e-3, stop_epochs=600)
    run = Session(first.experiment, rows(), start(NETWORK), noted=lambda epoch, _figures: heard.append(epoch))
    run.advance(never, 1e9)
    assert heard == list(range(1, 601))


SCHEDULES = (
    RateSchedule(),
    RateSchedule("step", every=9, factor=0.7),
    RateSchedule("cosine", epochs=60, least=0.1),
)


@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("dtype", DTYPES)
def test_schedule_and_dropout_are_numpys(dtype: DType, schedule: RateSchedule) -> None:
    settings: dict[str, Any] = {"schedule": schedule, "dropout": 0.3, "learning_rate": 0.05}
    ours, oracle = (after(session(kernel, dtype, **settings)) for kernel in ("numba", "numpy"))
    tolerance = TOLERANCE[dtype]
    np.testing.assert_allclose(ours.snapshot().history, oracle.snapshot().history, rtol=tolerance)
    assert ours.snapshot().learning_rate == oracle.snapshot().learning_rate


@pytest.mark.parametrize("kernel", ["numpy", *COMPILED])
def test_with_both_a_run_goes_the_same_way_however_it_is_cut(kernel: Kernel) -> None:
    settings: dict[str, Any] = {"schedule": SCHEDULES[2], "dropout": 0.3, "optimizer": "adam"}
    whole, cut = (session(kernel, **settings) for _ in range(2))
    after(whole, 30)
    while cut.epoch < 30:
        cut.run_batch()
        if cut.state.step_count % 7 == 0:
            cut = Session(cut.experiment, rows(), cut.state, cut.epoch, cut.snapshot().history)
    assert whole.state.parameters == cut.state.parameters
    assert whole.state.moments == cut.state.moments


@pytest.mark.parametrize("kernel", ["numpy", "numba"])
def test_another_rate_or_dropout_on_the_way_keeps_the_weights(kernel: Kernel) -> None:
    run = after(session(kernel), 5)
    changed = with_settings(run, dropout=0.5, schedule=SCHEDULES[1])
    assert changed.state.parameters == run.state.parameters
    assert changed.epoch == run.epoch
    kept = changed.state.parameters
    changed.run_epoch()
    assert changed.state.parameters != kept
