"""Timings and refusals stay with their choice, and the newest word on a kernel holds."""

from __future__ import annotations

from playground.model.message import message
from tests.widgets.kernels.timings import timing
from widgets.kernels.race_choices import RaceChoice
from widgets.kernels.race_records import RaceRecords

LARGE, SMALL = RaceChoice(size=1024), RaceChoice(size=64)
REASON = message("There is not enough memory.")


def test_each_choice_has_its_own() -> None:
    records = RaceRecords()
    records.add(LARGE, timing("numpy", 400.0))
    records.add(SMALL, timing("numpy", 200.0, size=64))
    assert records.timings(LARGE)["numpy"].gflops == 400
    records.clear(LARGE)
    assert records.timings(LARGE) == {}
    assert records.timings(SMALL)["numpy"].gflops == 200


def test_the_newest_word_holds() -> None:
    records = RaceRecords()
    records.add(LARGE, timing("numpy", 400.0))
    records.refuse(LARGE, "numpy", REASON)
    assert (records.timings(LARGE), records.refusals(LARGE)) == ({}, {"numpy": REASON})
    records.add(LARGE, timing("numpy", 410.0))
    assert records.refusals(LARGE) == {}
    assert records.timings(LARGE)["numpy"].gflops == 410


def test_a_kernel_is_prepared_once_for_each_type() -> None:
    records = RaceRecords()
    assert not records.is_prepared("numpy", "float32")
    records.add(SMALL, timing("numpy", 200.0, size=64))
    assert records.is_prepared("numpy", "float32")
    assert not records.is_prepared("numpy", "float64")
    records.clear(SMALL)
    assert records.is_prepared("numpy", "float32")
