"""The figures of `playground bench` as lines of text, told one by one as they come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playground.app.cli.bench_figures import Figures
from playground.model.message import format_number

Event = Mapping[str, Any]
Table = dict[str, Any]

PRODUCTS = (
    ("Kernel", 16),
    ("product", 15),
    ("type", 8),
    ("threads", 8),
    ("GFLOP/s", 10),
    ("from", 8),
    ("to", 8),
    ("of peak", 8),
    ("NumPy ×", 9),
    ("Python ×", 9),
    ("of bound", 9),
)
"""Columns of the products and their widths; texts stand left, numbers right."""

TRAINING = (
    ("Network", 16),
    ("kernel", 15),
    ("type", 8),
    ("threads", 8),
    ("epochs/s", 10),
    ("from", 8),
    ("to", 8),
    ("GFLOP/s", 8),
    ("per peak", 9),
)
"""Columns of training; the last is epochs a second for each GFLOP/s of one core's peak in float32."""

N_TEXTS = 3
"""Columns at the left that hold texts."""


def lines_of(event: Event, figures: Figures) -> Iterator[str]:
    """Yield what is told of an event that was just noted."""
    match event["event"]:
        case "machine":
            yield from _machine(figures)
            yield ""
            yield _line(PRODUCTS, [name for name, _ in PRODUCTS])
        case "timed":
            yield _line(PRODUCTS, _product(figures.entries[-1]))
        case "trained":
            if len(figures.training) == 1:
                yield ""
                yield _line(TRAINING, [name for name, _ in TRAINING])
            yield _line(TRAINING, _training(figures.training[-1]))
        case "refused":
            yield f"{event['kernel']}: {figures.refused[-1]['reason']}"


def _machine(figures: Figures) -> Iterator[str]:
    found, number = figures.machine, format_number
    caches = ", ".join(f"{level} {kib:,} KiB" for level, kib in found["caches_kib"])
    vectors = f"{found['vector_bits']}-bit vectors ({found['features']})"
    yield f"{found['processor']}: {found['cores']} cores, {vectors}"
    if caches:
        yield f"Caches: {caches}"
    for peak in found["peaks"]:
        yield (
            f"Peak of multiply-adds in {peak['dtype']}: {number(peak['one_core'])} GFLOP/s on one core, "
            f"{number(peak['all_cores'])} on all"
        )
    yield (
        f"Reading from memory: {number(found['bandwidth_one'])} GB/s by one core, "
        f"{number(found['bandwidth_all'])} by all"
    )
    core = f", kernels for {found['blas_core']}" if found["blas_core"] else ""
    yield f"NumPy multiplies with {found['blas'] or 'an unknown library'}{core}"
    for adapter in found["adapters"]:
        kind = "" if adapter["is_gpu"] else ": a software renderer, no GPU"
        yield f"Graphics: {adapter['name']} ({adapter['backend']}){kind}"
    if figures.overrides:
        names = ", ".join(figures.overrides)
        yield f"Taken away, so that NumPy is as fast as it can be: {names}"


def _product(entry: Table) -> list[str]:
    size = format_number(entry["size"])
    sizes = f"{size} × {size}" if entry["operation"] == "gemm" else f"{size} × vector"
    gflops = entry["gflops"]
    return [
        entry["kernel"],
        sizes,
        entry["dtype"],
        str(entry["threads"]),
        *(format_number(gflops[name]) for name in ("median", "low", "high")),
        _percent(entry["share_of_peak"]),
        _number(entry["ratio_to_numpy"]),
        _number(entry["times_python"]),
        format_number(entry["error_over_bound"], 2),
    ]


def _training(entry: Table) -> list[str]:
    epochs = entry["epochs_per_second"]
    return [
        entry["network"],
        entry["kernel"],
        entry["dtype"],
        str(entry["threads"]),
        *(format_number(epochs[name]) for name in ("median", "low", "high")),
        format_number(entry["gflops"]),
        format_number(entry["epochs_per_second_per_peak_gflops"]),
    ]


def _number(value: float | None) -> str:
    return "" if value is None else format_number(value)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{format_number(100 * share, 2)} %"


def _line(columns: tuple[tuple[str, int], ...], texts: list[str]) -> str:
    cells = (
        text.ljust(width) if place < N_TEXTS else text.rjust(width)
        for place, ((_, width), text) in enumerate(zip(columns, texts, strict=True))
    )
    return " ".join(cells).rstrip()
