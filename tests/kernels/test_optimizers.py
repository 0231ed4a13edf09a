"""Optimizers against scalar formulas, and runs of many steps against `autograd`'s gradients."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kernels import optimizers, oracle
from kernels.codes import LOSS_CODES, OPTIMIZER_CODES, REGULARIZATION_CODES
from kernels.optimizers import Rule
from playground.engine.compile import compile_graph, compile_rule
from playground.model.experiment import Learning
from playground.model.keys import OPTIMIZERS, REGULARIZATIONS, Optimizer, Regularization
from playground.model.parameters import Parameters
from tests.kernels.autograd_reference import assert_close, reference
from tests.strategies import random_case

NOTHING = np.zeros(0, np.intp)
NUMBERS = st.floats(-1e3, 1e3, allow_nan=False)


def one_value(rule: Rule, start: float, gradients: list[float]) -> Iterator[float]:
    """The course of one value, from the formulas of the format, with plain floats."""
    value, velocity, first, second = start, 0.0, 0.0, 0.0
    for count, g in enumerate(gradients, 1):
        if rule.optimizer == OPTIMIZER_CODES["sgd"]:
            value -= rule.learning_rate * g
        elif rule.optimizer == OPTIMIZER_CODES["momentum"]:
            velocity = rule.momentum * velocity + g
            value -= rule.learning_rate * velocity
        else:
            first = rule.beta1 * first + (1 - rule.beta1) * g
            second = rule.beta2 * second + (1 - rule.beta2) * g * g
            mean, spread = first / (1 - rule.beta1**count), second / (1 - rule.beta2**count)
            value -= rule.learning_rate * mean / (math.sqrt(spread) + rule.epsilon)
        yield value


@pytest.mark.parametrize("name", OPTIMIZERS)
@given(start=NUMBERS, gradients=st.lists(NUMBERS, min_size=1, max_size=20), rate=st.floats(1e-4, 1.0))
def test_many_steps_follow_the_formula(
    name: Optimizer, start: float, gradients: list[float], rate: float
) -> None:
    rule = Rule(OPTIMIZER_CODES[name], rate, momentum=0.8, beta1=0.85, beta2=0.99, epsilon=1e-6)
    values, moments = np.array([start]), optimizers.start(rule, 1)
    for count, (g, expected) in enumerate(zip(gradients, one_value(rule, start, gradients), strict=True), 1):
        values, moments = optimizers.update(rule, values, np.array([g]), moments, count, NOTHING)
        assert values[0] == pytest.approx(expected, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_held_stays_to_the_bit_and_gathers_no_memory(name: Optimizer) -> None:
    rng = np.random.default_rng(3)
    rule = Rule(OPTIMIZER_CODES[name])
    start, moments = rng.normal(size=5), optimizers.start(rule, 5)
    values, held = start, np.array([1, 4])
    for count in range(1, 6):
        values, moments = optimizers.update(rule, values, rng.normal(size=5), moments, count, held)
    np.testing.assert_array_equal(values[held], start[held])
    assert (values != start).sum() == 3
    assert all((moment[held] == 0).all() for moment in moments)


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_what_is_held_stays_even_with_a_memory_from_before(name: Optimizer) -> None:
    rule = Rule(OPTIMIZER_CODES[name])
    moments = tuple(np.ones(2) for _ in optimizers.start(rule, 2))
    values, _ = optimizers.update(rule, np.ones(2), np.ones(2), moments, 1, np.array([0]))
    assert values[0] == 1.0
    assert values[1] < 1.0


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_nothing_is_changed_in_place(name: Optimizer) -> None:
    rule = Rule(OPTIMIZER_CODES[name])
    values, gradients, moments = np.ones(3), np.ones(3), optimizers.start(rule, 3)
    kept = tuple(moment.copy() for moment in moments)
    optimizers.update(rule, values, gradients, moments, 1, np.array([0]))
    np.testing.assert_array_equal(values, np.ones(3))
    np.testing.assert_array_equal(gradients, np.ones(3))
    for moment, before in zip(moments, kept, strict=True):
        np.testing.assert_array_equal(moment, before)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("regularization", REGULARIZATIONS)
def test_ten_steps_by_autograd_lead_to_the_same_place(
    name: Optimizer, regularization: Regularization
) -> None:
    learning = Learning(optimizer=name, regularization=regularization, regularization_rate=0.05)
    rule, code = compile_rule(learning), REGULARIZATION_CODES[regularization]
    case = random_case(np.random.default_rng(17), "squared")
    compiled = compile_graph(case.network)
    n_weights = compiled.n_parameters
    values = np.concatenate([case.parameters.weights, case.parameters.biases])
    moments = optimizers.start(rule, len(values))
    by_hand: list[list[float]] = [[] for _ in values]
    course = case
    for count in range(1, 11):
        expected = reference(course, replace(learning, loss="squared"))
        weights, biases = values[:n_weights], values[n_weights:]
        of_weights, of_biases = oracle.gradients(
            compiled, weights, biases, LOSS_CODES["squared"], case.inputs, case.targets
        )
        of_weights = of_weights + oracle.penalty_gradients(code, 0.05, weights)
        gradients = np.concatenate([of_weights, of_biases])
        values, moments = optimizers.update(rule, values, gradients, moments, count, compiled.held)
        moved = []
        for place, g in enumerate(np.concatenate([expected.weights, expected.biases])):
            by_hand[place].append(0.0 if place in compiled.held else float(g))
            start = float(np.concatenate([case.parameters.weights, case.parameters.biases])[place])
            moved.append(list(one_value(rule, start, by_hand[place]))[-1])
        course = course._replace(
            parameters=Parameters(np.array(moved[:n_weights]), np.array(moved[n_weights:]))
        )
        assert_close(values, np.array(moved))
