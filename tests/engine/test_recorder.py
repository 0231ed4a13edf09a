"""Runs are remembered within their bytes, from the first to the newest instant, to the bit."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest

from playground.engine.fitting import fitting_experiment
from playground.engine.recorder import Recorder, same_bits
from playground.model import edits
from playground.model.experiment import BuiltInData, Experiment
from playground.model.parameters import Parameters, frozen_array
from playground.model.run import Instant
from playground.model.snapshot import Snapshot
from playground.model.trace import LearnerState

MIB = 1024 * 1024


def small() -> tuple[Experiment, Parameters]:
    return fitting_experiment(BuiltInData("avocado", 50))


def values(experiment: Experiment, seed: int) -> Parameters:
    random = np.random.default_rng(seed)
    network = experiment.network
    return Parameters(
        frozen_array(random.normal(size=len(network.parameter_ids))),
        frozen_array(random.normal(size=len(network.nodes))),
    )


def told(epoch: float, parameters: Parameters, history_points: int = 3, n_moments: int = 0) -> Snapshot:
    history = np.tile([0.0, 0.5, 0.6, 0.7, 0.8], (history_points, 1))
    history[:, 0] = np.linspace(0, epoch, history_points)
    state = LearnerState(parameters, (parameters,) * n_moments, 3)
    loss = 1 / (1 + epoch)
    return Snapshot(1, epoch, state, loss, loss, 0.0, 0.9, 0.8, frozen_array(history), 100.0)


def begun(recorder: Recorder, experiment: Experiment, parameters: Parameters, epoch: float = 0.0) -> int:
    return recorder.begin(
        Instant.of(told(epoch, parameters), experiment), told(epoch, parameters).history
    ).number


def test_an_hour_stays_within_its_bytes_and_keeps_the_first_and_the_newest() -> None:
    experiment, parameters = small()
    recorder = Recorder()
    begun(recorder, experiment, parameters)
    kept = [values(experiment, seed) for seed in range(64)]
    history = told(5000.0, parameters, 2048)
    most = 0
    for number in range(1, 200_001):
        snapshot = replace(history, epoch=number * 1.5, state=LearnerState(kept[number % 64]))
        recorder.record(snapshot, experiment, 0.018)
        if number % 1000 == 0:
            run = recorder.current
            assert run is not None
            assert run.start.epoch == 0.0
            assert run.start.parameters is parameters
            assert run.end.epoch == number * 1.5
            assert len(run.instants) <= 512
            most = max(most, recorder.size_bytes)
    assert 0 < most <= 64 * MIB
    run = recorder.current
    assert run is not None
    assert run.seconds == pytest.approx(3600.0)
    assert len(run.instants) >= 128
    gaps = np.diff(run.epochs)
    assert (gaps > 0).all()
    # Even but for the newest: no stretch of the hour is forgotten.
    assert gaps.max() <= 2.5 * np.median(gaps)


def test_what_is_remembered_is_what_the_snapshot_carried_to_the_bit() -> None:
    experiment, parameters = small()
    recorder = Recorder()
    begun(recorder, experiment, parameters)
    for number in range(1, 2000):
        recorder.record(told(float(number), values(experiment, number)), experiment)
    run = recorder.current
    assert run is not None
    assert len(run.instants) > 100
    for instant in run.instants[1:]:
        expected = values(experiment, int(instant.epoch))
        assert instant.parameters.weights.tobytes() == expected.weights.tobytes()
        assert instant.parameters.biases.tobytes() == expected.biases.tobytes()
        assert instant.train_loss == 1 / (1 + instant.epoch)


def test_many_large_runs_are_thinned_and_then_the_oldest_go() -> None:
    experiment, _ = small()
    large = Parameters(frozen_array(np.zeros(100_000)), frozen_array(np.zeros(1000)))
    recorder = Recorder(max_bytes=64 * MIB)
    numbers = []
    for _ in range(30):
        numbers.append(begun(recorder, experiment, large))
        for epoch in range(1, 30):
            recorder.record(told(float(epoch), large, n_moments=2), experiment)
            assert recorder.size_bytes <= 64 * MIB
    listed = [run.number for run in recorder.runs]
    assert listed == numbers[-len(listed) :]
    assert 8 <= len(listed) < 30
    assert all(run.start.epoch == 0.0 and run.end.epoch == 29.0 for run in recorder.runs)


def test_deleted_runs_are_let_go_before_listed_ones() -> None:
    experiment, _ = small()
    large = Parameters(frozen_array(np.zeros(100_000)), frozen_array(np.zeros(1000)))
    recorder = Recorder(max_bytes=8 * MIB)
    first, second = (begun(recorder, experiment, large) for _ in range(2))
    begun(recorder, experiment, large)
    recorder.delete(first)
    kept = 0
    for _ in range(20):
        if recorder.deleted is None:
            break
        kept += 1
        begun(recorder, experiment, large)
        assert recorder.size_bytes <= 8 * MIB
    assert 0 < kept < 20
    assert second in [run.number for run in recorder.runs]


def test_a_deleted_run_comes_back_as_it_was_where_it_stood() -> None:
    experiment, _ = small()
    recorder = Recorder()
    numbers = [begun(recorder, experiment, values(experiment, seed)) for seed in range(3)]
    recorder.rename(numbers[1], "  Slow and steady ")
    recorder.show(numbers[1], False)
    before = recorder.run(numbers[1])
    recorder.delete(numbers[1])
    assert [run.number for run in recorder.runs] == [numbers[0], numbers[2]]
    recorder.restore()
    after = recorder.run(numbers[1])
    assert [run.number for run in recorder.runs] == numbers
    assert (after.name, after.is_shown, after.colour) == ("Slow and steady", False, before.colour)
    assert after.instants == before.instants
    assert recorder.restore() is None


def test_a_run_that_is_taken_up_again_grows_where_it_ended() -> None:
    experiment, parameters = small()
    recorder = Recorder()
    first = begun(recorder, experiment, parameters)
    recorder.record(told(5.0, parameters), experiment)
    begun(recorder, experiment, parameters)
    recorder.go_on_with(first)
    recorder.record(told(9.0, parameters), experiment)
    assert [len(run.instants) for run in recorder.runs] == [3, 1]


def test_a_branch_has_its_curve_from_where_it_begins() -> None:
    experiment, parameters = small()
    recorder = Recorder()
    parent = begun(recorder, experiment, parameters)
    start = Instant.of(told(2.0, parameters), experiment)
    recorder.begin(start, told(2.0, parameters).history, parent)
    recorder.record(told(4.0, parameters, 5), experiment)
    run = recorder.current
    assert run is not None
    assert (run.parent, run.parent_epoch) == (parent, 2.0)
    assert run.points[:, 0].tolist() == [2.0, 3.0, 4.0]


def test_networks_of_their_own_are_counted() -> None:
    experiment, parameters = small()
    recorder = Recorder()
    begun(recorder, experiment, parameters)
    recorder.record(told(1.0, parameters), experiment)
    before = recorder.size_bytes
    moved = edits.move({experiment.network.inputs[0]: (5.0, 5.0)}).make(experiment, parameters).experiment
    recorder.record(told(2.0, parameters), moved)
    assert recorder.size_bytes - before > 100 * len(experiment.network.nodes)


def test_an_earlier_epoch_takes_the_place_of_later_ones() -> None:
    experiment, parameters = small()
    recorder = Recorder()
    begun(recorder, experiment, parameters)
    for epoch in (1.0, 2.0, 2.5, 2.0):
        recorder.record(told(epoch, parameters), experiment)
    run = recorder.current
    assert run is not None
    assert run.epochs.tolist() == [0.0, 1.0, 2.0]


def test_bits_tell_zero_from_minus_zero() -> None:
    experiment, _ = small()
    network = experiment.network
    zeros = Parameters.zeros(network)
    minus = Parameters(frozen_array(-zeros.weights), zeros.biases)
    one, other = (Instant.of(told(0.0, value), experiment) for value in (zeros, minus))
    assert same_bits(one, one)
    assert not same_bits(one, other)


def test_the_bytes_are_about_those_that_are_really_taken() -> None:
    experiment, parameters = small()
    recorder = Recorder(most_instants=4096)
    begun(recorder, experiment, parameters)
    tracemalloc.start()
    try:
        for number in range(1, 3000):
            recorder.record(told(float(number), values(experiment, number)), experiment)
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert 0.3 * recorder.size_bytes <= taken <= recorder.size_bytes
