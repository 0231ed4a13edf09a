"""The figures of `playground bench` as they come in, and as one JSON object."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata
from typing import Any

from playground.model.message import Message, message, sentence

LIBRARIES = ("neural-playground", "numpy", "numba", "llvmlite", "threadpoolctl", "wgpu")

NOTHING = message("Nothing was measured: no kernel can do what was asked for.")

Event = Mapping[str, Any]
Table = dict[str, Any]


class Figures:
    """What the measuring process has said so far."""

    def __init__(self, overrides: tuple[str, ...]) -> None:
        self.overrides = overrides
        self.machine: Table = {}
        self.entries: list[Table] = []
        self.refused: list[Table] = []
        self.training: list[Table] = []
        self.why_nothing: Message = NOTHING

    def add(self, event: Event) -> None:
        """Note an event; those that only tell how far it is are not kept."""
        match event["event"]:
            case "machine":
                self.machine = {
                    name: value for name, value in event["machine"].items() if name != "overrides"
                }
            case "timed":
                self.entries.append(self._entry(event["timing"]))
            case "trained":
                self.training.append(_training(event["speed"]))
            case "refused":
                self._refuse(event)

    def as_json(self, seconds: float) -> Table:
        """Return the whole object."""
        return {
            "machine": self.machine,
            "versions": versions(),
            "overrides_removed": list(self.overrides),
            "entries": self.entries,
            "refused": self.refused,
            "training": self.training,
            "seconds": seconds,
        }

    def _entry(self, timing: Table) -> Table:
        """One kernel, operation, size, type and number of threads."""
        speed = timing["gbytes_per_second"]
        bandwidth = self._bandwidth(timing["threads"]) if timing["operation"] == "gemv" else None
        return {
            "kernel": timing["kernel"],
            "operation": timing["operation"],
            "size": timing["m"],
            "dtype": timing["dtype"],
            "threads": timing["threads"],
            "gflops": {
                "median": timing["gflops"],
                "low": timing["low_gflops"],
                "high": timing["high_gflops"],
            },
            "end_to_end_gflops": timing["end_to_end_gflops"],
            "share_of_peak": timing["share_of_peak"],
            "ratio_to_numpy": timing["ratio_to_numpy"],
            "times_python": timing["times_python"],
            "gbytes_per_second": speed,
            "share_of_bandwidth": None if bandwidth is None else speed / bandwidth,
            "error_over_bound": timing["error_over_bound"],
            "seconds": timing["seconds"],
            "repeats": timing["repeats"],
            "compile_seconds": timing["compile_seconds"],
            "is_smaller": timing["is_smaller"],
        }

    def _bandwidth(self, threads: int) -> float | None:
        """What this many threads read from memory, where that was measured, in GB/s."""
        known = {self.machine["cores"]: self.machine["bandwidth_all"], 1: self.machine["bandwidth_one"]}
        found: float | None = known.get(threads)
        return found

    def _refuse(self, event: Event) -> None:
        why = message(event["reason"]["template"], **event["reason"]["values"])
        told = {"kernel": event["kernel"], "reason": sentence(why)}
        if told not in self.refused:
            self.refused.append(told)
            self.why_nothing = why


def versions() -> Table:
    """The versions of Python and of the libraries that figures depend on."""
    return {"python": platform.python_version()} | {name: metadata.version(name) for name in LIBRARIES}


def _training(speed: Table) -> Table:
    return {
        "network": speed["network"],
        "kernel": speed["kernel"],
        "dtype": speed["dtype"],
        "threads": speed["threads"],
        "rows": speed["n_rows"],
        "batch_size": speed["batch_size"],
        "epochs_per_second": {
            "median": speed["epochs_per_second"],
            "low": speed["low"],
            "high": speed["high"],
        },
        "examples_per_second": speed["examples_per_second"],
        "gflops": speed["gflops"],
        "epochs_per_second_per_peak_gflops": speed["epochs_per_gflops"],
        "difference_from_oracle": speed["difference"],
        "repeats": speed["repeats"],
        "compile_seconds": speed["prepare_seconds"],
    }
