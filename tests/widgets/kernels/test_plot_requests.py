"""Sweep and scaling ask for what their controls say; the roofline takes what the races give."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from tests.widgets.kernels.timings import MACHINE, RUNGS, race, scaling, sweep, timing
from tests.widgets.spies import Heard
from widgets.kernels.race_request import ScalingRequest, SweepRequest
from widgets.kernels.roofline_plot import RooflinePlot
from widgets.kernels.scaling_plot import ScalingPlot
from widgets.kernels.sweep_plot import SIZES, SweepPlot


@pytest.fixture
def sweeping(qtbot: QtBot) -> SweepPlot:
    made = SweepPlot()
    qtbot.addWidget(made)
    made.set_rungs(RUNGS)
    made.set_cores(2)
    return made


@pytest.fixture
def threads(qtbot: QtBot) -> ScalingPlot:
    made = ScalingPlot()
    qtbot.addWidget(made)
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    return made


@pytest.fixture
def roofline(qtbot: QtBot) -> RooflinePlot:
    made = RooflinePlot()
    qtbot.addWidget(made)
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    return made


def test_a_sweep_is_run_by_all_who_can(sweeping: SweepPlot) -> None:
    heard = Heard(sweeping.sweep_requested)
    sweeping.bar.button.click()
    sweeping.operation.button("gemv").click()
    sweeping.dtype.button("float64").click()
    sweeping.bar.button.click()
    every = (("python", 1), ("numba-loops", 1), ("numba-packed", 1), ("numba-parallel", 2), ("numpy", 2))
    vector = tuple(entrant for entrant in every if entrant[0] != "numba-packed")
    assert heard.firsts == [
        SweepRequest("gemm", SIZES["gemm"], "float32", every),
        SweepRequest("gemv", SIZES["gemv"], "float64", vector),
    ]


def test_sizes_ascend() -> None:
    for sizes in SIZES.values():
        assert list(sizes) == sorted(set(sizes))


def test_each_choice_keeps_its_own_sweep(sweeping: SweepPlot) -> None:
    for known in sweep():
        sweeping.add_timing(known)
    sweeping.dtype.button("float64").click()
    content = sweeping.content()
    assert content is not None
    assert content.is_empty
    sweeping.add_timing(timing("numpy", 80.0, size=64, dtype="float64"))
    sweeping.clear()
    sweeping.dtype.button("float32").click()
    content = sweeping.content()
    assert content is not None
    assert len(content.lines) == 3


def test_a_product_that_was_made_smaller_is_no_point_of_the_sweep(sweeping: SweepPlot) -> None:
    sweeping.add_timing(replace(timing("python", 0.004, size=96), is_smaller=True))
    assert len(sweeping.rows()) == 1


def test_while_it_runs_the_button_cancels(sweeping: SweepPlot) -> None:
    asked, cancelled = Heard(sweeping.sweep_requested), Heard(sweeping.cancel_requested)
    sweeping.set_running(True)
    sweeping.set_progress(3, 12)
    assert sweeping.bar.button.text() == "Cancel"
    assert sweeping.bar.done.text() == "3 of 12 timings"
    assert (sweeping.bar.progress.value(), sweeping.bar.progress.maximum()) == (3, 12)
    assert not sweeping.dtype.isEnabled()
    sweeping.bar.button.click()
    assert (len(asked.all), len(cancelled.all)) == (0, 1)
    sweeping.set_running(False)
    assert sweeping.bar.button.text() == "Measure"
    assert sweeping.dtype.isEnabled()


def test_without_a_ladder_there_is_nothing_to_measure(qtbot: QtBot) -> None:
    for made in (SweepPlot(), ScalingPlot()):
        qtbot.addWidget(made)
        assert not made.bar.button.isEnabled()
        made.set_rungs(RUNGS)
        assert made.bar.button.isEnabled()


def test_scaling_is_run_by_those_that_use_threads(threads: ScalingPlot) -> None:
    heard = Heard(threads.scaling_requested)
    threads.sizes.button("256").click()
    threads.bar.button.click()
    assert heard.firsts == [ScalingRequest(256, "float32", ("numba-parallel", "numpy"))]


def test_threads_of_another_size_are_kept_apart(threads: ScalingPlot) -> None:
    for known in scaling():
        threads.add_timing(known)
    threads.add_timing(timing("numpy", 100.0, operation="gemv"))
    assert len(threads.rows()) == 1 + len(scaling())
    threads.sizes.button("2048").click()
    content = threads.content()
    assert content is not None
    assert content.is_empty


def test_the_roofline_shows_the_best_right_timing_of_the_newest_race(roofline: RooflinePlot) -> None:
    for known in race():
        roofline.add_timing(known)
    assert roofline.best()["gemm"].kernel == "numba-parallel"
    roofline.add_timing(replace(timing("numba-packed", 900.0), error_over_bound=2.0))
    assert roofline.best()["gemm"].kernel == "numba-parallel"
    roofline.add_timing(timing("numpy", 400.0, threads=2, size=2048))
    assert roofline.best()["gemm"].k == 2048
    roofline.add_timing(timing("numpy", 190.0, threads=2, dtype="float64"))
    assert roofline.best().keys() == {"gemm"}
    assert roofline.best()["gemm"].dtype == "float64"


def test_a_gpu_has_no_place_below_the_roof_of_the_processor(roofline: RooflinePlot) -> None:
    roofline.add_timing(replace(timing("webgpu", 5000.0), share_of_peak=None))
    assert roofline.best() == {}
