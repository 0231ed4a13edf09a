"""The roof is what was measured of memory and arithmetic, and no honest point lies above it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from playground.model.message import sentence
from playground.model.speed import Operation, Timing
from tests.widgets.kernels.timings import MACHINE, RUNGS, timing
from widgets.kernels.roofline_figure import intensity, roof, roofline_content, roofline_sentences

GEMM = timing("numba-parallel", 462.0, threads=2)
GEMV = timing("numba-parallel", 21.0, threads=2, size=4096, operation="gemv")
BOTH: dict[Operation, Timing] = {"gemm": GEMM, "gemv": GEMV}


def test_the_arithmetic_for_each_byte_follows_from_the_sizes() -> None:
    # 2 n³ operations on 3 n² numbers of 4 bytes: n / 6; a vector meets each number of 4 bytes once: 2 / 4
    assert intensity(GEMM) == pytest.approx(1024 / 6)
    assert intensity(GEMV) == pytest.approx(0.5, rel=1e-3)


def test_the_roof_is_the_machines() -> None:
    assert roof(MACHINE, "float32", 2) == (45.0, 536.0)
    assert roof(MACHINE, "float64", 1) == (31.2, 134.0)
    assert roof(replace(MACHINE, peaks=()), "float32", 2) is None
    line = roofline_content(BOTH, RUNGS, MACHINE, "float32").lines[0]
    (first, low), (ridge, peak), (last, flat) = line.points
    assert low == pytest.approx(45.0 * first)
    assert ridge * 45.0 == pytest.approx(536.0)
    assert (peak, flat) == (536.0, 536.0)
    assert first < ridge < last
    assert "536" in sentence(line.name)


def test_points_lie_where_they_were_measured_and_below_the_roof() -> None:
    lines = roofline_content(BOTH, RUNGS, MACHINE, "float32").lines
    assert [sentence(line.name) for line in lines[1:]] == ["matrix × matrix", "matrix × vector"]
    for line, known in zip(lines[1:], (GEMM, GEMV), strict=True):
        ((x, y),) = line.points
        assert y == known.gflops <= min(45.0 * x, 536.0)
        assert sentence(line.told[0]).startswith("Numba parallel, 2\u00a0threads")


def test_names_keep_apart_where_a_cache_is_faster_than_memory() -> None:
    fast = timing("numba-parallel", 52.0, threads=2, operation="gemv")
    fast = replace(fast, gbytes_per_second=104.0)
    _, _, slow_vector = roofline_content(BOTH, RUNGS, MACHINE, "float32").lines
    _, matrix, vector = roofline_content({"gemm": GEMM, "gemv": fast}, RUNGS, MACHINE, "float32").lines
    assert vector.beside is not None
    assert matrix.beside is not None
    assert vector.beside[1] >= 1  # above its point
    assert matrix.beside[1] <= 0  # below it
    assert slow_vector.beside != vector.beside


def test_one_core_has_a_roof_of_its_own() -> None:
    alone: dict[Operation, Timing] = {"gemm": timing("numba-packed", 238.0)}
    assert roofline_content(alone, RUNGS, MACHINE, "float32").lines[0].points[-1][1] == 268.0


def test_without_a_timing_or_a_peak_there_is_nothing_to_show() -> None:
    assert roofline_content({}, RUNGS, MACHINE, "float32").is_empty
    assert roofline_content(BOTH, RUNGS, replace(MACHINE, peaks=()), "float32").is_empty


def test_words_tell_the_share_of_what_is_possible() -> None:
    alone: dict[Operation, Timing] = {"gemm": GEMM}
    assert [sentence(part) for part in roofline_sentences(alone, MACHINE, "words")] == [
        "86\u00a0% of what this processor can do at all."
    ]
    # 21 GFLOP/s at 0.5 operations a byte are 42 GB/s of 45
    assert [sentence(part) for part in roofline_sentences(BOTH, MACHINE, "words")] == [
        "matrix × matrix: 86\u00a0% of what this processor can do at all.",
        "matrix × vector: 93\u00a0% of the speed at which memory can be read.",
    ]


def test_numbers_tell_the_bytes() -> None:
    told = [sentence(part) for part in roofline_sentences(BOTH, MACHINE, "numbers")]
    assert told[1] == "matrix × vector: 42 of 45 GB/s, 93\u00a0% of what memory gives."


def test_a_matrix_that_stays_in_the_caches_is_explained() -> None:
    small: dict[Operation, Timing] = {"gemv": timing("numpy", 60.0, threads=2, size=256, operation="gemv")}
    told = [sentence(part) for part in roofline_sentences(small, MACHINE, "words")]
    assert told == ["matrix × vector: faster than memory, since this matrix stays in the caches."]
