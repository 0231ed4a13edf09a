"""A race is summed up in sentences that follow from its timings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.model.keys import LEVELS, Level
from playground.model.message import sentence
from playground.model.speed import Timing
from tests.widgets.kernels.timings import RUNGS, race, timing
from widgets.kernels.race_summary import duration, summary, winner

TITLES = {facts.key: facts.title for facts in RUNGS}
HOUR, DAY, YEAR = 3600.0, 86_400.0, 31_557_600.0


def told(timings: tuple[Timing, ...], level: Level = "words") -> list[str]:
    return [sentence(part) for part in summary(timings, TITLES, level)]


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_measured_is_nothing_said(level: Level) -> None:
    assert told((), level) == []


def test_words_compare_a_second_with_plain_python() -> None:
    # 462 / 0.004 = 115,500 seconds, which is 1.34 days
    assert told(race()) == ["Numba parallel did in one second what plain Python needs a day and a half for."]


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (1.0, "a second"),
        (45.0, "45 seconds"),
        (58.0, "a minute"),
        (89.0, "a minute and a half"),
        (10 * 60.0, "10 minutes"),
        (1.1 * HOUR, "an hour"),
        (8 * HOUR, "8 hours"),
        (1.5 * DAY, "a day and a half"),
        (5 * DAY, "5 days"),
        (3 * 7 * DAY, "3 weeks"),
        (1.5 * YEAR, "a year and a half"),
        (4 * YEAR, "4 years"),
    ],
)
def test_stretches_of_time_are_said_as_people_do(length: float, text: str) -> None:
    assert sentence(duration(length)) == text


def test_without_plain_python_the_slowest_is_the_measure() -> None:
    timings = tuple(replace(known, times_python=None) for known in race()[1:])
    assert told(timings) == ["Numba parallel is 231 times as fast as Numba, three loops."]


def test_one_alone_is_told_by_its_speed() -> None:
    alone = replace(timing("numpy", 250.0), times_python=None)
    assert told((alone,)) == ["NumPy: 125 billion multiplications, and as many additions, in one second."]
    slow = replace(timing("python", 0.004), times_python=1.0)
    assert told((slow,)) == [
        "Plain Python loops: 2 million multiplications, and as many additions, in one second."
    ]


def test_numbers_tell_speed_ratio_and_share() -> None:
    assert told(race(), "numbers") == [
        "Numba parallel, 2\u00a0threads: 462 GFLOP/s.",
        "That is 1.05 times NumPy with as many threads.",
        "It uses 86\u00a0% of what these cores can do at all, as measured.",
    ]


def test_what_is_unknown_is_not_told() -> None:
    gpu = replace(timing("webgpu", 900.0), share_of_peak=None, ratio_to_numpy=None)
    assert told((*race(), gpu), "numbers") == ["GPU through WebGPU: 900 GFLOP/s."]


def test_maths_tell_the_count_the_time_and_the_bound() -> None:
    count, bound = told(race(), "maths")
    # 2 · 1024³ / 462e9 = 4.648 ms
    assert count == "Numba parallel: 2 m n k / t = 2 · 1,024 · 1,024 · 1,024 / 4.65 ms = 462 GFLOP/s."
    assert "γ(k + 2)" in bound
    assert "u = 2⁻²⁴" in bound
    assert "0.04 of its bound" in bound
    double = told((timing("numpy", 200.0, dtype="float64"),), "maths")
    assert "u = 2⁻⁵³" in double[1]


def test_a_wrong_result_never_wins() -> None:
    wrong = replace(timing("numba-parallel", 9000.0), error_over_bound=3.0)
    best = winner((wrong, *race()[:3]))
    assert best is not None
    assert best.kernel == "numba-packed"
    assert winner((wrong,)) is None
