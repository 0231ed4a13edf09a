"""What is said about a place."""

from __future__ import annotations

import math

import numpy as np
import pytest

from playground.model.keys import LEVELS
from playground.model.maps import Answer
from playground.model.message import sentence
from tests.widgets.maps.shown import pair
from widgets.maps.told import NO_ANSWER, certainty, told

CLASSES = Answer("classes", 2, "kind", (1, 0), ("u", "v"), (0, 1))
VALUE = Answer("value", 2, "price", (0,), middle=5.0, reach=2.0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.99, "Here it is sure: blue (99 %)."),
        (0.2, "Here it thinks: orange (80 % sure)."),
        (0.45, "Here it can hardly tell: rather orange (55 %)."),
    ],
)
def test_words_say_how_sure_it_is(value: float, expected: str) -> None:
    answer = Answer("pair", 2, "colour", (0,), ("orange", "blue"), (0, 1), 0.5, 0.5)
    assert sentence(told(answer, np.array([value]), "words")) == expected


def test_a_tanh_is_undecided_at_nothing() -> None:
    assert certainty(pair(), 0.0) == 0.5
    assert certainty(pair(), -1.0) == 0.0
    assert certainty(pair(), 3.0) == 1.0


def test_numbers_tell_the_values() -> None:
    assert sentence(told(pair(), np.array([-0.25]), "numbers")) == "−0.25, so orange"
    assert sentence(told(CLASSES, np.array([0.9, 0.1]), "maths")) == "v 0.9, then u 0.1"
    assert sentence(told(CLASSES, np.array([0.9, 0.1]), "words")) == "Here it is sure: v (90 %)."
    assert sentence(told(VALUE, np.array([4.2]), "numbers")) == "price = 4.2"
    assert sentence(told(VALUE, np.array([4.2]), "words")) == "Here it answers 4.2 for price."


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_where_there_is_no_number_it_says_so(level: str, value: float) -> None:
    for answer in (pair(), VALUE, CLASSES):
        assert told(answer, np.array([value, 0.1]), level) == NO_ANSWER  # type: ignore[arg-type]  # a level
