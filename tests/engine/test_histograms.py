"""Histograms against numpy's, gradients against the engine's own over all rows, thinning by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kernels import oracle
from playground.engine import histograms as module
from playground.engine.binding import bind
from playground.engine.datasets import make_dataset
from playground.engine.fitting import fitting_experiment
from playground.engine.gradients import gradients
from playground.engine.histograms import (
    MOST_MOMENTS,
    N_BINS,
    HistogramMaker,
    layer_histograms,
    moments,
    same_weights,
    weight_history,
)
from playground.model import edits
from playground.model.dataset import BoundData
from playground.model.experiment import BuiltInData, Experiment
from playground.model.message import Message, sentence
from playground.model.network import Network
from playground.model.parameters import Parameters, frozen_array
from playground.model.run import Instant
from playground.model.trace import LearnerState


def instant(experiment: Experiment, parameters: Parameters, epoch: float) -> Instant:
    return Instant(epoch, experiment, LearnerState(parameters), *(math.nan,) * 5)


def scene(count: int = 5, name: str = "iris") -> tuple[Experiment, BoundData, list[Instant]]:
    """So many instants of a network whose values are drawn at random each time."""
    spec = BuiltInData(name, count=60)
    experiment, parameters = fitting_experiment(spec)
    rng = np.random.default_rng(3)
    shape = parameters.weights.shape
    found = [
        instant(experiment, Parameters(frozen_array(rng.normal(size=shape)), parameters.biases), float(epoch))
        for epoch in range(count)
    ]
    return experiment, bind(experiment.network, make_dataset(spec)), found


def into(network: Network, depth: int) -> list[int]:
    """Places of the weights of edges that lead into a layer."""
    return [
        network.parameter_index[edge.parameter]
        for (_, target), edge in network.edges.items()
        if target in network.layers[depth]
    ]


def told(name: str | Message) -> str:
    return name if isinstance(name, str) else sentence(name)


def test_each_layer_is_counted_as_numpy_does() -> None:
    experiment, bound, instants = scene()
    found = HistogramMaker(experiment.network, bound).make("weights", instants)
    assert found.epochs.tolist() == [0, 1, 2, 3, 4]
    assert [told(layer.name) for layer in found.layers] == ["Layer 1", "Output"]
    for depth, layer in enumerate(found.layers, start=1):
        places = into(experiment.network, depth)
        values = np.stack([one.parameters.weights[places] for one in instants])
        assert layer.edges[0] == pytest.approx(values.min(), rel=1e-6)
        assert layer.edges[-1] == pytest.approx(values.max(), rel=1e-6)
        for row, counts, mean, spread in zip(values, layer.counts, layer.means, layer.spreads, strict=True):
            expected, _ = np.histogram(row.astype(np.float32).astype(np.float64), layer.edges)
            np.testing.assert_array_equal(counts, expected)
            assert counts.sum() == len(places)
            assert mean == pytest.approx(row.mean(), rel=1e-5)
            assert spread == pytest.approx(row.std(), rel=1e-5)


def test_gradients_are_those_of_all_training_rows() -> None:
    experiment, bound, instants = scene(3)
    found = HistogramMaker(experiment.network, bound).make("gradients", instants)
    for depth, layer in enumerate(found.layers, start=1):
        keys = [key for key in experiment.network.edge_keys if key[1] in experiment.network.layers[depth]]
        places = [experiment.network.edge_index[key] for key in keys]
        for place, one in enumerate(instants):
            true = gradients(experiment, one.parameters, bound).edges[places]
            assert layer.means[place] == pytest.approx(true.mean(), rel=1e-4, abs=1e-7)
            assert layer.spreads[place] == pytest.approx(true.std(), rel=1e-4)


def test_gradients_are_worked_out_once_for_each_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment, bound, instants = scene(8)
    done: list[int] = []
    true = oracle.gradients

    def counted(*arguments: object) -> object:
        done.append(1)
        return true(*arguments)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(oracle, "gradients", counted)
    maker = HistogramMaker(experiment.network, bound)
    maker.make("gradients", instants[:6])
    assert len(done) == 6
    maker.make("gradients", instants)
    assert len(done) == 8
    maker.make("weights", instants)
    assert len(done) == 8


@pytest.mark.parametrize("count", [0, 1, 2, 63, 64, 65, 200, 512])
def test_moments_are_evenly_spread_and_end_with_the_newest(count: int) -> None:
    experiment, _, _ = scene(1)
    parameters = Parameters.zeros(experiment.network)
    instants = [instant(experiment, parameters, float(n)) for n in range(count)]
    chosen = moments(instants, MOST_MOMENTS)
    assert len(chosen) <= MOST_MOMENTS
    assert len(chosen) >= min(count, MOST_MOMENTS // 2)
    if count:
        assert chosen[0] is instants[0]
        assert chosen[-1] is instants[-1]
        gaps = np.diff([one.epoch for one in chosen])[:-1]
        assert len(set(gaps.tolist())) <= 1


def test_a_growing_run_keeps_most_of_its_moments() -> None:
    experiment, _, _ = scene(1)
    parameters = Parameters.zeros(experiment.network)
    instants = [instant(experiment, parameters, float(n)) for n in range(201)]
    before = {id(one) for one in moments(instants[:200], MOST_MOMENTS)}
    after = {id(one) for one in moments(instants, MOST_MOMENTS)}
    assert len(after - before) <= 1


def test_the_largest_networks_are_looked_at_at_few_moments(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment, bound, instants = scene(40)
    monkeypatch.setattr(module, "KEPT_BYTES", 4 * len(experiment.network.parameter_ids) * 10)
    maker = HistogramMaker(experiment.network, bound)
    assert len(maker.make("gradients", instants).epochs) <= 10
    kept = sum(values.nbytes for _, values in maker._known.values())
    assert kept <= module.KEPT_BYTES


def test_moments_of_another_network_are_left_out() -> None:
    experiment, bound, instants = scene(2)
    smaller, old = experiment.network.edge_keys[0], instants[0]
    change = edits.delete((), (smaller,)).make(experiment, old.parameters)
    other = change.experiment.network
    parameters = old.parameters.carried(experiment.network, other)
    before = instant(change.experiment, parameters, -1.0)
    assert not same_weights(other, experiment.network)
    found = HistogramMaker(experiment.network, bound).make("weights", [before, *instants])
    assert found.epochs.tolist() == [0, 1]


def test_numbers_past_all_bounds_are_in_no_bin() -> None:
    values = np.array([[1.0, np.nan, 2.0], [np.inf, -np.inf, np.nan]])
    found = layer_histograms("a", values)
    assert found.counts.sum(axis=1).tolist() == [2, 0]
    assert found.means[0] == 1.5
    assert math.isnan(found.means[1])
    assert len(layer_histograms("a", np.full((2, 3), np.nan)).edges) == N_BINS + 1


@pytest.mark.parametrize("is_wide", [False, True])
@pytest.mark.parametrize("values", [[0.0, 0.0], [0.3, 0.3], [-5.0, -5.0], [1e-30, 1e30], [-1e-9, 3.0]])
def test_bins_rise_and_hold_every_value(values: list[float], is_wide: bool) -> None:
    found = layer_histograms("a", np.array([values]), is_wide=is_wide)
    assert (np.diff(found.edges) > 0).all()
    assert found.counts.sum() == 2


def test_wide_bins_tell_small_values_apart() -> None:
    values = np.array([[-1.0, 1.0, 1e-3, -1e-3, 2e-3, 4e-3]])
    narrow = layer_histograms("a", values).counts
    wide = layer_histograms("a", values, is_wide=True).counts
    assert np.count_nonzero(wide) > np.count_nonzero(narrow)


def test_one_weight_over_the_run() -> None:
    experiment, _, instants = scene(4)
    for edge in experiment.network.edge_keys[:5]:
        found = weight_history(instants, edge)
        assert found.epochs.tolist() == [0, 1, 2, 3]
        assert found.values.tolist() == [one.parameters.weight(experiment.network, edge) for one in instants]
    assert len(weight_history(instants, (998, 999)).epochs) == 0


def test_it_stops_when_nobody_wants_it_any_more() -> None:
    experiment, bound, instants = scene(5)
    asked: list[bool] = []

    def stopped() -> bool:
        asked.append(True)
        return len(asked) > 2

    found = HistogramMaker(experiment.network, bound).make("weights", instants, stopped)
    assert found.epochs.tolist() == [0, 1]
    assert len(found.layers[0].counts) == 2
