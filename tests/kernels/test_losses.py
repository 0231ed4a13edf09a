"""Losses against their definitions, their slopes, and sure answers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kernels.activations import ACTIVATIONS
from kernels.codes import ACTIVATION_CODES, LOSS_CODES
from kernels.losses import LOSSES, softmax
from playground.model.keys import LOSSES as KEYS
from playground.model.keys import OUTPUT_ACTIVATION, Loss
from playground.model.parameters import Floats
from tests.strategies import random_targets


def formula(loss: Loss, sums: Floats, targets: Floats) -> float:
    """The loss of one row, written from its definition."""
    z: list[float] = sums.tolist()
    t: list[float] = targets.tolist()
    if loss == "squared":
        return sum(0.5 * (math.tanh(zi) - ti) ** 2 for zi, ti in zip(z, t, strict=True))
    if loss == "cross_entropy":
        return sum(math.log(1 + math.exp(zi)) - ti * zi for zi, ti in zip(z, t, strict=True))
    total = sum(math.exp(zi) for zi in z)
    return -sum(ti * math.log(math.exp(zi) / total) for zi, ti in zip(z, t, strict=True))


def at(loss: Loss, z: Floats) -> tuple[Floats, Floats]:
    activation = ACTIVATIONS[ACTIVATION_CODES[OUTPUT_ACTIVATION[loss] or "tanh"]]
    a = activation.value(z)
    return a, activation.derivative(z, a)


@pytest.mark.parametrize("loss", KEYS)
def test_value_is_the_formula(loss: Loss, rng: np.random.Generator) -> None:
    z, t = rng.normal(size=(20, 3)), random_targets(rng, loss, 20, 3)
    value = LOSSES[LOSS_CODES[loss]].value(z, at(loss, z)[0], t)
    assert value.shape == (20, 3)
    np.testing.assert_allclose(value.sum(axis=1), [formula(loss, *row) for row in zip(z, t, strict=True)])


@pytest.mark.parametrize("loss", KEYS)
def test_derivative_by_the_sum_is_the_slope_of_the_formula(loss: Loss, rng: np.random.Generator) -> None:
    z, t, step = rng.normal(size=(20, 3)), random_targets(rng, loss, 20, 3), 1e-6
    a, slope = at(loss, z)
    found = LOSSES[LOSS_CODES[loss]].by_sum(z, a, t, slope)
    for row in range(20):
        for output in range(3):
            ahead, behind = z[row].copy(), z[row].copy()
            ahead[output] += step
            behind[output] -= step
            expected = (formula(loss, ahead, t[row]) - formula(loss, behind, t[row])) / (2 * step)
            assert found[row, output] == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize("loss", KEYS)
def test_derivative_by_the_answer_times_the_slope_is_the_one_by_the_sum(
    loss: Loss, rng: np.random.Generator
) -> None:
    z, t = rng.normal(size=(20, 3)), random_targets(rng, loss, 20, 3)
    a, slope = at(loss, z)
    row = LOSSES[LOSS_CODES[loss]]
    np.testing.assert_allclose(row.by_answer(z, a, t, slope) * slope, row.by_sum(z, a, t, slope), rtol=1e-12)


@pytest.mark.parametrize("loss", ["cross_entropy", "softmax_cross_entropy"])
def test_a_sure_answer_gives_a_finite_loss_and_slope(loss: Loss) -> None:
    z, t = np.array([[1000.0, -1000.0]]), np.array([[0.0, 1.0]])
    a, slope = at(loss, z)
    row = LOSSES[LOSS_CODES[loss]]
    assert row.value(z, a, t).sum() == 2000.0
    np.testing.assert_array_equal(row.by_sum(z, a, t, slope), [[1.0, -1.0]])
    assert not np.isnan(row.by_answer(z, a, t, slope)).any()


@pytest.mark.parametrize(("loss", "by_answer"), [("cross_entropy", 1.0), ("softmax_cross_entropy", 0.0)])
def test_a_sure_and_right_answer_gives_no_loss(loss: Loss, by_answer: float) -> None:
    z, t = np.array([[-1000.0, 1000.0]]), np.array([[0.0, 1.0]])
    a, slope = at(loss, z)
    row = LOSSES[LOSS_CODES[loss]]
    np.testing.assert_array_equal(row.value(z, a, t), [[0.0, 0.0]])
    np.testing.assert_array_equal(row.by_sum(z, a, t, slope), [[0.0, 0.0]])
    # The cross-entropy's slope by the answer is -1/a or 1/(1 - a), which is not 0 even then.
    np.testing.assert_array_equal(row.by_answer(z, a, t, slope), [[by_answer, -by_answer]])


@pytest.mark.parametrize("loss", ["cross_entropy", "softmax_cross_entropy"])
def test_a_nearly_right_answer_keeps_the_digits_of_what_it_misses(loss: Loss) -> None:
    z, t = np.array([[-30.0, 10.0]]), np.array([[0.0, 1.0]])
    a, slope = at(loss, z)
    missed = math.exp(-40) if loss == "softmax_cross_entropy" else math.exp(-10) / (1 + math.exp(-10))
    found = LOSSES[LOSS_CODES[loss]].by_sum(z, a, t, slope)
    assert found[0, 1] == pytest.approx(-missed, rel=1e-14)


def test_a_sure_and_right_answer_keeps_the_digits_of_its_small_loss() -> None:
    z, t = np.array([[40.0]]), np.array([[1.0]])
    assert LOSSES[LOSS_CODES["cross_entropy"]].value(z, z, t)[0, 0] == pytest.approx(math.exp(-40), rel=1e-12)


def test_softmax_sums_to_one_and_does_not_change_when_all_sums_move(rng: np.random.Generator) -> None:
    z = rng.normal(size=(50, 4)) * 100
    np.testing.assert_allclose(softmax(z).sum(axis=1), 1.0, rtol=1e-14)
    np.testing.assert_allclose(softmax(z + 500.0), softmax(z), rtol=1e-10)
    assert (softmax(z) >= 0).all()


@pytest.mark.parametrize("loss", KEYS)
def test_what_the_outputs_say(loss: Loss, rng: np.random.Generator) -> None:
    z = rng.normal(size=(5, 3))
    a = at(loss, z)[0]
    expected = softmax(z) if loss == "softmax_cross_entropy" else a
    np.testing.assert_array_equal(LOSSES[LOSS_CODES[loss]].answers(z, a), expected)
