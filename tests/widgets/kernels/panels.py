"""Every panel of the room Kernels with timings and plots, filled as a person would see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from playground.model.keys import Level
from playground.model.message import message
from tests.widgets.kernels.timings import MACHINE, RUNGS, SOFTWARE, race, scaling, sweep, timing
from widgets.controls.side_column import SideColumn
from widgets.kernels.kernel_choice import KernelOption
from widgets.kernels.machine_panel import MachinePanel
from widgets.kernels.race_panel import RacePanel
from widgets.kernels.roofline_plot import RooflinePlot
from widgets.kernels.scaling_plot import ScalingPlot
from widgets.kernels.sweep_plot import SweepPlot
from widgets.kernels.use_panel import UsePanel

MIDDLE_PX, RIGHT_PX = 632, 336
"""What a window 1,024 pixels wide leaves between rail and right panel, and the right panel."""

OPTIONS = (
    KernelOption("numpy", message("NumPy")),
    KernelOption("numba", message("Numba")),
    KernelOption("numba-parallel", message("Numba parallel")),
    KernelOption("gpu", message("GPU"), SOFTWARE),
)


def race_panel(level: Level = "words") -> RacePanel:
    """A race that is over."""
    made = RacePanel()
    made.set_reduced_motion(True)
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.set_level(level)
    for known in race():
        made.add_timing(known)
    return made


def race_running() -> RacePanel:
    """A race under way."""
    made = RacePanel()
    made.set_reduced_motion(True)
    made.set_rungs(RUNGS)
    made.set_cores(MACHINE.cores)
    made.set_running(True)
    for known in race()[:2]:
        made.add_timing(known)
    made.set_preparing("numba-packed")
    return made


def race_waiting() -> RacePanel:
    """A race that nobody has started yet."""
    made = RacePanel()
    made.set_rungs(RUNGS)
    return made


def machine_panel(level: Level = "words") -> MachinePanel:
    """A computer without a GPU, with the reasons unfolded."""
    made = MachinePanel()
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.set_level(level)
    made.why.set_open(True)
    return made


def use_panel() -> UsePanel:
    """Training with the parallel kernel in single precision, while something is prepared."""
    made = UsePanel()
    made.set_choices(OPTIONS)
    made.set_current("numba-parallel", "float32")
    made.set_gain(message("Training is now <b>{ratio} times</b> faster than with plain NumPy.", ratio=14))
    made.set_preparing(message("Preparing Numba; NumPy trains meanwhile."))
    return made


def roofline_plot(level: Level = "words") -> RooflinePlot:
    """Both products below the roof."""
    made = RooflinePlot()
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.set_level(level)
    for known in (*race(), timing("numba-parallel", 21.0, threads=2, size=4096, operation="gemv")):
        made.add_timing(known)
    return made


def sweep_plot(level: Level = "words") -> SweepPlot:
    """Three kernels at four sizes."""
    made = SweepPlot()
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.set_level(level)
    for known in sweep():
        made.add_timing(known)
    return made


def scaling_plot(level: Level = "words") -> ScalingPlot:
    """Two kernels with one thread and with two, more being measured."""
    made = ScalingPlot()
    made.set_rungs(RUNGS)
    made.set_machine(MACHINE)
    made.set_level(level)
    for known in scaling():
        made.add_timing(known)
    made.set_running(True)
    made.set_progress(4, 6)
    return made


def in_column(width_px: int, *panels: QWidget) -> QWidget:
    """Panels as the room holds them: in a column that scrolls."""
    made = SideColumn("", width_px, *panels)
    made.resize(width_px, 620)
    return made


PANELS: Mapping[str, Callable[[], QWidget]] = {
    "race": lambda: in_column(MIDDLE_PX, race_panel()),
    "race at maths": lambda: in_column(MIDDLE_PX, race_panel("maths")),
    "race running": lambda: in_column(MIDDLE_PX, race_running()),
    "race waiting": lambda: in_column(MIDDLE_PX, race_waiting()),
    "machine": lambda: in_column(RIGHT_PX, machine_panel()),
    "machine at maths": lambda: in_column(RIGHT_PX, machine_panel("maths")),
    "machine unknown": lambda: in_column(RIGHT_PX, MachinePanel()),
    "use for training": lambda: in_column(RIGHT_PX, use_panel()),
    "sweep empty": lambda: in_column(MIDDLE_PX, SweepPlot()),
    "roofline empty": lambda: in_column(RIGHT_PX, RooflinePlot()),
}

PLOTS: Mapping[str, Callable[[], QWidget]] = {
    "roofline plot": lambda: in_column(RIGHT_PX, roofline_plot()),
    "sweep plot": lambda: in_column(MIDDLE_PX, sweep_plot("numbers")),
    "scaling plot": lambda: in_column(MIDDLE_PX, scaling_plot()),
}
"""Those that load the plotting library."""

OWN_WORDS = (
    "float32",
    "float64",
    "AMD EPYC 9B45",
    "OPENBLAS_CORETYPE",
    "OpenBLAS",
    "AVX-512",
    "SkylakeX",
    "llvmpipe",
)
"""Names that no language changes."""
