"""The roofline: what memory and arithmetic allow at most, and how close the kernels come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playground.model.keys import DType, Level
from playground.model.message import Message, message
from playground.model.speed import MachineFacts, Operation, RungFacts, Timing
from widgets.kernels.plot_content import Axis, Content, Line, Look
from widgets.kernels.race_words import share
from widgets.kernels.sweep_figure import point_told

ROOF = Look("ink", "", 2.0)
NAMES: Mapping[Operation, Message] = {"gemm": message("matrix × matrix"), "gemv": message("matrix × vector")}
POINTS: Mapping[Operation, tuple[Look, tuple[float, float]]] = {
    "gemm": (Look("accent", "circle"), (0.75, -0.35)),
    "gemv": (Look("positive", "square"), (-0.08, 0.5)),
}
"""How the point of each product is drawn, and where its name stands from it."""


ABOVE = (0.2, 1.3)
"""Where the name of a point stands that lies above the slope: at its side the other name would be."""


def intensity(timing: Timing) -> float:
    """Arithmetic for each byte of the operands: floating-point operations / byte."""
    return timing.gflops / timing.gbytes_per_second


def roof(machine: MachineFacts, dtype: DType, threads: int) -> tuple[float, float] | None:
    """Bandwidth in GB/s and peak in GFLOP/s for so many threads; None where they are not known."""
    peak = next((peak for peak in machine.peaks if peak.dtype == dtype), None)
    if peak is None:
        return None
    if threads == 1:
        return machine.bandwidth_one, peak.one_core
    return machine.bandwidth_all, peak.all_cores


def roofline_content(
    best: Mapping[Operation, Timing], rungs: Sequence[RungFacts], machine: MachineFacts, dtype: DType
) -> Content:
    """Slope and roof of this computer, with the best timing of each product below them."""
    facts = {known.key: known for known in rungs}
    threads = max((timing.threads for timing in best.values()), default=machine.cores)
    limits = roof(machine, dtype, threads)
    if limits is None:
        return Content((), Axis(message("operations for each byte")), Axis(message("GFLOP/s")))
    bandwidth, peak = limits
    ridge = peak / bandwidth
    places = [intensity(timing) for timing in best.values()]
    first = min(0.1, *places) if places else 0.1
    last = max(10 * ridge, *(2 * place for place in places)) if places else 10 * ridge
    lines = [
        Line(
            message("this computer's limit, {peak}", peak=peak),
            ROOF,
            ((first, first * bandwidth), (ridge, peak), (last, peak)),
            beside=(1.0, 1.0),
        )
    ]
    for operation, timing in best.items():
        look, beside = POINTS[operation]
        if timing.gbytes_per_second > bandwidth and operation == "gemv":
            beside = ABOVE
        told = point_told(facts[timing.kernel], timing)
        point = (intensity(timing), timing.gflops)
        lines.append(Line(NAMES[operation], look, (point,), (told,), beside, is_joined=False))
    return Content(
        tuple(lines),
        Axis(message("operations for each byte"), is_log=True, low=first),
        Axis(message("GFLOP/s"), is_log=True, high=peak * 3),
    )


def roofline_sentences(
    best: Mapping[Operation, Timing], machine: MachineFacts, level: Level
) -> tuple[Message, ...]:
    """How close to the limit: of arithmetic for matrices, of memory for a vector."""
    told = []
    gemm, gemv = best.get("gemm"), best.get("gemv")
    if gemm is not None and gemm.share_of_peak is not None:
        told.append(
            message(
                "matrix × matrix: {share} of what this processor can do at all.",
                share=share(gemm.share_of_peak),
            )
            if gemv is not None or level != "words"
            else message("{share} of what this processor can do at all.", share=share(gemm.share_of_peak))
        )
    limits = None if gemv is None else roof(machine, gemv.dtype, gemv.threads)
    if gemv is not None and limits is not None:
        told.append(_waits_for_memory(gemv, limits[0], level))
    return tuple(told)


def _waits_for_memory(gemv: Timing, bandwidth: float, level: Level) -> Message:
    """A vector meets each number of the matrix once, so that memory sets the pace."""
    rate = gemv.gbytes_per_second
    if rate > bandwidth:
        return message("matrix × vector: faster than memory, since this matrix stays in the caches.")
    if level == "words":
        return message(
            "matrix × vector: {share} of the speed at which memory can be read.",
            share=share(rate / bandwidth),
        )
    return message(
        "matrix × vector: {rate} of {bandwidth} GB/s, {share} of what memory gives.",
        rate=rate,
        bandwidth=bandwidth,
        share=share(rate / bandwidth),
    )
