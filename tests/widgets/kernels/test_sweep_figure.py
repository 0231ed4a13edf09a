"""The lines of a sweep are its timings, and its sentences name the crossings."""

from __future__ import annotations

from dataclasses import replace

from playground.model.message import sentence
from playground.model.speed import Timing
from tests.widgets.kernels.timings import MACHINE, RUNGS, sweep, timing
from widgets.kernels.plot_content import LOOKS
from widgets.kernels.sweep_figure import (
    TIMING_HEADER,
    sweep_content,
    sweep_rows,
    sweep_sentences,
    timing_row,
)


def by_size(timings: tuple[Timing, ...]) -> dict[str, dict[int, Timing]]:
    found: dict[str, dict[int, Timing]] = {}
    for known in timings:
        found.setdefault(known.kernel, {})[known.k] = known
    return found


SWEEP = by_size(sweep())
SIZES = (32, 64, 128, 256, 512)


def test_every_kernel_has_a_line_with_its_threads() -> None:
    content = sweep_content(SWEEP, RUNGS, None, "float32", SIZES)
    names = [sentence(line.name) for line in content.lines]
    assert names == [
        "Numba, three loops, one\u00a0thread",
        "Numba parallel, 2\u00a0threads",
        "NumPy, 2\u00a0threads",
    ]
    points = {sentence(line.name): line.points for line in content.lines}
    assert points["NumPy, 2\u00a0threads"] == (
        (32.0, 90.0),
        (64.0, 140.0),
        (128.0, 150.0),
        (256.0, 300.0),
    )
    assert content.below.ticks == (32.0, 64.0, 128.0, 256.0, 512.0)
    assert (content.below.low, content.below.high) == (32, 512)


def test_the_limits_are_those_of_the_machine_in_this_type() -> None:
    for dtype, limits in (("float32", (268.0, 536.0)), ("float64", (134.0, 268.0))):
        content = sweep_content(SWEEP, RUNGS, MACHINE, dtype, SIZES)  # type: ignore[arg-type]  # a type
        flat = [line for line in content.lines if not line.told]
        assert [line.points for line in flat] == [((32, limit), (512, limit)) for limit in limits]
    one = sweep_content(SWEEP, RUNGS, replace(MACHINE, cores=1), "float32", SIZES)
    assert len([line for line in one.lines if not line.told]) == 1


def test_nothing_measured_is_empty_even_with_limits() -> None:
    assert sweep_content({}, RUNGS, MACHINE, "float32", SIZES).is_empty


def test_the_crossing_is_named() -> None:
    # NumPy leads at 64 by 1.4 and lags at 128 by 0.75: the lines cut at 64 · 2^(ln 1.4 / ln(1.4 / 0.75))
    assert [sentence(part) for part in sweep_sentences(SWEEP, RUNGS, "words")] == [
        "Below 93, NumPy is faster than Numba parallel."
    ]


def test_one_who_leads_everywhere_is_said_to() -> None:
    only = {key: SWEEP[key] for key in ("numba-loops", "numpy")}
    assert [sentence(part) for part in sweep_sentences(only, RUNGS, "numbers")] == [
        "NumPy is the fastest at every size that was measured."
    ]


def test_one_who_is_reached_but_not_overtaken_is_not_said_to_lead_everywhere() -> None:
    near = by_size(
        (
            timing("numpy", 100.0, size=64),
            timing("numpy", 200.0, size=128),
            timing("numba-packed", 50.0, size=64),
            timing("numba-packed", 202.0, size=128),
        )
    )
    told = [sentence(part) for part in sweep_sentences(near, RUNGS, "words")]
    assert told == ["NumPy leads at first; from 128 on, Numba, packed tiles is about as fast."]


def test_from_numbers_on_every_kernel_is_compared_with_numpy() -> None:
    more = by_size(
        (
            *sweep(),
            *(timing("numba-packed", gflops, size=size) for size, gflops in ((32, 20.0), (64, 40.0))),
            *(timing("numba-packed", gflops, size=size) for size, gflops in ((128, 180.0), (256, 190.0))),
        )
    )
    words = [sentence(part) for part in sweep_sentences(more, RUNGS, "words")]
    numbers = [sentence(part) for part in sweep_sentences(more, RUNGS, "numbers")]
    assert len(words) == 1
    assert len(numbers) == 3
    assert "Numba, packed tiles is faster than NumPy." in numbers[-1]
    assert len(set(numbers)) == len(numbers)


def test_one_kernel_alone_crosses_nobody() -> None:
    assert sweep_sentences({"numpy": SWEEP["numpy"]}, RUNGS, "words") == ()
    assert sweep_sentences({}, RUNGS, "words") == ()


def test_a_wrong_result_is_left_out_of_the_sentences() -> None:
    wrong = {
        key: {size: replace(known, error_over_bound=9.0) for size, known in timings.items()}
        if key == "numba-parallel"
        else timings
        for key, timings in SWEEP.items()
    }
    told = [sentence(part) for part in sweep_sentences(wrong, RUNGS, "words")]
    assert told == ["NumPy is the fastest at every size that was measured."]


def test_rows_are_all_that_is_known_of_each_timing() -> None:
    rows = sweep_rows({("gemm", "float32"): SWEEP})
    assert rows[0] == TIMING_HEADER
    assert len(rows) == 1 + len(sweep())
    assert {len(row) for row in rows} == {len(TIMING_HEADER)}
    known = replace(sweep()[0], share_of_peak=None)
    cells = dict(zip(TIMING_HEADER, timing_row(known), strict=True))
    assert cells["gflops"] == 40.0
    assert cells["kernel"] == "numba-parallel"
    assert cells["share_of_peak"] == ""


def test_the_header_names_every_field_of_a_timing_but_one() -> None:
    assert set(TIMING_HEADER) == set(Timing.__slots__) - {"is_smaller"}  # such a timing has its own m, n, k


def test_every_rung_is_told_apart_by_ink_or_mark() -> None:
    looks = [(look.ink, look.mark) for look in LOOKS.values()]
    assert len(set(looks)) == len(looks)
    assert {facts.key for facts in RUNGS} <= LOOKS.keys()
