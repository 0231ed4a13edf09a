"""Threads are compared with one thread, and with what they would give at best."""

from __future__ import annotations

from playground.model.message import sentence
from playground.model.speed import Timing
from tests.widgets.kernels.timings import RUNGS, scaling
from widgets.kernels.scaling_figure import scaling_content, scaling_sentences


def by_threads(timings: tuple[Timing, ...]) -> dict[str, dict[int, Timing]]:
    found: dict[str, dict[int, Timing]] = {}
    for known in timings:
        found.setdefault(known.kernel, {})[known.threads] = known
    return found


SCALING = by_threads(scaling())


def test_lines_are_timings_and_the_ideal_is_the_best_of_one_thread_times_the_threads() -> None:
    content = scaling_content(SCALING, RUNGS, 4)
    parallel, numpy, ideal = content.lines
    assert parallel.points == ((1.0, 236.0), (2.0, 462.0))
    assert numpy.points == ((1.0, 228.0), (2.0, 439.0))
    assert ideal.points == ((1.0, 236.0), (4.0, 944.0))
    assert not ideal.told
    assert content.below.ticks == (1.0, 2.0, 3.0, 4.0)


def test_one_core_has_no_ideal_line() -> None:
    one = {key: {1: timings[1]} for key, timings in SCALING.items()}
    content = scaling_content(one, RUNGS, 1)
    assert len(content.lines) == 2
    assert scaling_sentences(one, RUNGS, "words") == ()


def test_words_say_how_many_times_as_fast() -> None:
    assert [sentence(part) for part in scaling_sentences(SCALING, RUNGS, "words")] == [
        "With 2 threads, Numba parallel is 1.96 times as fast as with one.",
        "With 2 threads, NumPy is 1.93 times as fast as with one.",
    ]


def test_numbers_add_the_speed_and_the_share_of_the_ideal() -> None:
    assert [sentence(part) for part in scaling_sentences(SCALING, RUNGS, "numbers")] == [
        "Numba parallel: 1.96 times with 2 threads (462 GFLOP/s), 98\u00a0% of the ideal.",
        "NumPy: 1.93 times with 2 threads (439 GFLOP/s), 96\u00a0% of the ideal.",
    ]


def test_nothing_measured_is_empty() -> None:
    assert scaling_content({}, RUNGS, 4).is_empty
