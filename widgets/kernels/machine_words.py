"""What is said of this computer: its processor, what was measured on it, and its graphics adapters."""

from __future__ import annotations

from collections.abc import Sequence

from playground.model.keys import Level
from playground.model.message import Message, message
from playground.model.speed import Adapter, MachineFacts, RungFacts

VECTORS = ("AVX-512", "AVX2", "NEON")
"""Names of vector instructions that people may know, from the widest on."""


def processor(machine: MachineFacts) -> Message:
    """Processor, cores and vectors in one line."""
    name = machine.processor
    vectors = vector_name(machine)
    if machine.cores == 1:
        return message("{name}, one core, {vectors}", name=name, vectors=vectors)
    return message("{name}, {cores} cores, {vectors}", name=name, cores=machine.cores, vectors=vectors)


def vector_name(machine: MachineFacts) -> str | Message:
    """How the widest vector instructions are called, or how wide they are where they have no name."""
    known = machine.features.upper().replace("-", "")
    name = next((name for name in VECTORS if name.replace("-", "") in known), None)
    return name or message("vectors of {bits} bits", bits=machine.vector_bits)


def limits(machine: MachineFacts, level: Level) -> tuple[Message, ...]:
    """What was measured: multiply-adds in registers, and reading from memory."""
    told = []
    for peak in machine.peaks:
        if level == "words":
            told.append(
                message(
                    "At most {all} billion steps of arithmetic a second in {dtype}.",
                    all=peak.all_cores,
                    dtype=peak.dtype,
                )
            )
        elif machine.cores == 1:
            told.append(message("{dtype}: at most {one} GFLOP/s.", dtype=peak.dtype, one=peak.one_core))
        else:
            told.append(
                message(
                    "{dtype}: at most {all} GFLOP/s, {one} on one core.",
                    dtype=peak.dtype,
                    all=peak.all_cores,
                    one=peak.one_core,
                )
            )
    if level == "words" or machine.cores == 1:
        told.append(message("Memory is read at {all} GB/s.", all=machine.bandwidth_all))
    else:
        told.append(
            message(
                "Memory is read at {all} GB/s, at {one} by one core.",
                all=machine.bandwidth_all,
                one=machine.bandwidth_one,
            )
        )
    return tuple(told)


def caches(machine: MachineFacts) -> Message | None:
    """The sizes of the caches; None where they are unknown."""
    known = [message("{level} {size}", level=level, size=_size(kib)) for level, kib in machine.caches_kib]
    if not known:
        return None
    joined = known[0]
    for more in known[1:]:
        joined = message("{first}, {more}", first=joined, more=more)
    return message("Caches: {caches}.", caches=joined)


def blas(machine: MachineFacts) -> Message:
    """The library behind NumPy, with the core type that it chose."""
    if not machine.blas_core:
        return message("NumPy multiplies with {blas}.", blas=machine.blas)
    return message(
        "NumPy multiplies with {blas}, in its version for {core}.", blas=machine.blas, core=machine.blas_core
    )


def overrides(machine: MachineFacts) -> Message | None:
    """A warning where the environment would have slowed NumPy down; None where it would not."""
    if not machine.overrides:
        return None
    names = ", ".join(machine.overrides)
    return message(
        "This computer's environment sets {names}, which can slow NumPy down. The race runs without.",
        names=names,
    )


def gpu(adapters: Sequence[Adapter]) -> Message:
    """Which GPU was found, if any."""
    found = next((adapter for adapter in adapters if adapter.is_gpu), None)
    if found is None:
        return message("No GPU found.")
    return message("GPU: {name}, through {backend}.", name=found.name, backend=found.backend)


def why_no_gpu(adapters: Sequence[Adapter], rungs: Sequence[RungFacts]) -> tuple[Message, ...]:
    """Why each way to use a GPU cannot run here."""
    reasons = [
        message("{title}: {reason}", title=facts.title, reason=facts.why_not)
        for facts in rungs
        if facts.device == "gpu" and facts.why_not is not None
    ]
    if reasons:
        return tuple(reasons)
    software = [adapter for adapter in adapters if not adapter.is_gpu]
    if software:
        return tuple(
            message("{name} is a software renderer, so it is not counted as a GPU.", name=adapter.name)
            for adapter in software
        )
    return (message("No graphics adapter answered."),)


def _size(kib: int) -> Message:
    if kib >= 1024:
        return message("{size} MiB", size=kib / 1024)
    return message("{size} KiB", size=kib)
