"""The values of a sweep."""

from __future__ import annotations

import math

import numpy as np
import pytest

from playground.model.message import message
from playground.model.parameters import frozen_array
from playground.model.sweep import DIVERGED, Outcome, PointResult, Value, best, value_text, why_failed

NAN = math.nan


def result(
    train: float, test: float = NAN, right: float = NAN, right_test: float = NAN, stopped: str = "epochs"
) -> PointResult:
    curve = frozen_array(np.array([[0.0, 9.0, 9.0, 0.0, 0.0], [5.0, train, test, right, right_test]]))
    return PointResult(5.0, stopped, curve, 0.0, 1.0, b"")


def test_a_result_is_what_stands_at_the_end_of_its_curve() -> None:
    one = result(0.1, 0.2, 0.3, 0.4)
    assert (one.train_loss, one.test_loss) == (0.1, 0.2)
    assert (one.train_accuracy, one.test_accuracy) == (0.3, 0.4)


@pytest.mark.parametrize(
    ("outcomes", "settings", "expected"),
    [
        ({}, ["seed"], None),
        ({0: message("It broke.")}, ["seed"], None),
        ({0: result(0.5), 1: result(0.2), 2: result(0.3)}, ["seed"], 1),
        ({0: result(0.5, 0.1), 1: result(0.2, 0.4)}, ["seed"], 0),
        ({0: result(0.5, 0.1), 1: result(0.2)}, ["seed"], 1),
        ({0: result(0.1, stopped="diverged"), 1: result(0.2), 2: message("It broke.")}, ["seed"], 1),
        ({0: result(NAN), 1: result(0.2)}, ["seed"], 1),
        ({0: result(0.2), 1: result(0.2)}, ["seed"], 0),
        ({0: result(0.1, 0.1, 0.5, 0.5), 1: result(0.9, 0.9, 0.5, 0.7)}, ["learning.loss"], 1),
        ({0: result(0.1), 1: result(0.9)}, ["learning.loss", "seed"], None),
    ],
)
def test_the_best_has_the_lowest_loss_over_rows_it_has_not_seen(
    outcomes: dict[int, Outcome], settings: list[str], expected: int | None
) -> None:
    assert best(settings, outcomes) == expected


def test_why_a_run_is_no_success() -> None:
    broken = message("It broke.")
    assert why_failed(broken) is broken
    assert why_failed(result(0.1, stopped="diverged")) is DIVERGED
    assert why_failed(result(0.1, stopped="converged")) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (None, "null"), (8, "8"), (0.012345, "0.012345"), ("adam", "adam")],
)
def test_values_as_people_read_them(value: Value, text: str) -> None:
    assert value_text(value) == text
