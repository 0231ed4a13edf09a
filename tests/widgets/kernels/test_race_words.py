"""What a race says in its rows follows from its numbers alone."""

from __future__ import annotations

import math
import sys
from dataclasses import replace

import pytest

from playground.model.message import sentence
from tests.widgets.kernels.timings import NO_DRIVER, RUNGS, timing
from widgets.kernels import race_words as words

FACTS = {facts.key: facts for facts in RUNGS}


def test_every_name_says_its_threads() -> None:
    assert sentence(words.entrant_name(FACTS["numba-parallel"], 2)) == "Numba parallel, 2\u00a0threads"
    assert sentence(words.entrant_name(FACTS["numpy"], 1)) == "NumPy, one\u00a0thread"


def test_a_gpu_counts_no_threads() -> None:
    assert sentence(words.entrant_name(FACTS["webgpu"], 1)) == "GPU through WebGPU"


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (1.0, "1×"),
        (1.04, "1×"),
        (8.75, "8.8×"),
        (145.3, "145×"),
        (58_012.0, "58,000×"),
        (1.16e6, "1,160,000×"),
    ],
)
def test_times_have_few_digits_and_no_power_of_ten(ratio: float, text: str) -> None:
    assert words.times(ratio) == text


@pytest.mark.parametrize(
    ("part", "text"),
    [(0.862, "86\u00a0%"), (1.004, "100\u00a0%"), (0.0002, "<1\u00a0%"), (0.01, "1\u00a0%")],
)
def test_shares_are_whole_percent(part: float, text: str) -> None:
    assert sentence(words.share(part)) == text


@pytest.mark.parametrize(("duration", "text"), [(1.2, "1.2 s"), (0.00465, "4.65 ms"), (3.1e-6, "3.1 µs")])
def test_times_are_told_in_their_unit(duration: float, text: str) -> None:
    assert sentence(words.seconds(duration)) == text


def test_what_cannot_run_here_says_why() -> None:
    assert words.cannot(FACTS["cuda"], "gemm", "float32") is NO_DRIVER
    packed = words.cannot(FACTS["numba-packed"], "gemv", "float32")
    assert packed is not None
    assert "no matrix by a vector" in sentence(packed)
    single = words.cannot(replace(FACTS["webgpu"], why_not=None), "gemm", "float64")
    assert single is not None
    assert sentence(single) == "It has no float64: choose float32."
    assert words.cannot(FACTS["numpy"], "gemv", "float64") is None


def told(known: object, level: str = "words") -> str:
    line = words.together(words.remarks(known, level))  # type: ignore[arg-type]  # a timing, a level
    return "" if line is None else sentence(line)


def test_remarks_tell_what_is_worth_knowing() -> None:
    known = timing("numba-parallel", 400.0)
    assert told(known) == ""
    assert told(replace(known, compile_seconds=0.84)) == "compiled in 840 ms"
    assert told(replace(known, end_to_end_gflops=90.0)) == "90 GFLOP/s with transfers"
    both = told(replace(known, compile_seconds=2.0, end_to_end_gflops=90.0))
    assert both == "compiled in 2 s · 90 GFLOP/s with transfers"


def test_a_smaller_product_says_its_sizes() -> None:
    known = replace(timing("python", 0.004, size=96), is_smaller=True)
    assert told(known) == "on a smaller product, since it is slow: 96 × 96 times 96 × 96"
    vector = replace(timing("python", 0.004, size=96, operation="gemv"), is_smaller=True)
    assert told(vector).endswith("96 × 96 times a vector of 96")


def test_maths_tells_the_check_and_a_vector_its_bytes() -> None:
    known = timing("numpy", 10.0, size=1000, operation="gemv")
    assert told(known, "maths").endswith("error 0.04 of its bound")
    # 4 bytes for each of 10^6 + 2 · 10^3 numbers, read or written in 0.2 ms
    assert told(known, "numbers") == "20 GB/s"


def test_a_wrong_result_is_said_in_words() -> None:
    known = timing("numpy", 100.0)
    assert words.wrong(known) is None
    fault = words.wrong(replace(known, error_over_bound=12.5))
    assert fault is not None
    assert sentence(fault) == "Wrong result: one number is 12.5 times as far off as rounding explains."
    for broken in (math.inf, math.nan, sys.float_info.max):
        fault = words.wrong(replace(known, error_over_bound=broken))
        assert fault is not None
        assert sentence(fault) == "Wrong result: some numbers are none at all."


def test_the_tooltip_tells_how_it_was_measured_and_checked() -> None:
    text = sentence(words.told_fully(timing("numpy", 100.0, size=1000)))
    assert "1,000 × 1,000 times 1,000 × 1,000, float32" in text
    assert "median of 7 repeats 20 ms" in text
    assert "between 97 and 102 GFLOP/s" in text
    assert "0.04 of what rounding may explain" in text
