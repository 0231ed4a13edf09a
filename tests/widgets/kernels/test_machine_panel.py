"""The computer's facts are said as measured, and why there is no GPU unfolds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from playground.model.keys import LEVELS
from playground.model.message import sentence
from playground.model.speed import Adapter, MachineFacts
from tests.widgets.kernels.timings import MACHINE, RUNGS
from widgets.kernels import machine_words as words
from widgets.kernels.machine_panel import MachinePanel


@pytest.fixture
def panel(qtbot: QtBot) -> MachinePanel:
    made = MachinePanel()
    qtbot.addWidget(made)
    made.resize(304, 500)
    made.set_rungs(RUNGS)
    made.show()
    return made


def test_before_it_is_measured_it_says_what_is_going_on(panel: MachinePanel) -> None:
    assert panel.empty.isVisible()
    assert not panel.processor.isVisible()
    assert not panel.why.isVisible()


def test_facts_follow_the_level(panel: MachinePanel) -> None:
    panel.set_machine(MACHINE)
    assert panel.processor.text() == "AMD EPYC 9B45, 2 cores, AVX-512"
    told = {}
    for level in LEVELS:
        panel.set_level(level)
        told[level] = panel.facts.text().split("\n")
    assert told["words"] == [
        "At most 536 billion steps of arithmetic a second in float32.",
        "At most 268 billion steps of arithmetic a second in float64.",
        "Memory is read at 45 GB/s.",
    ]
    assert told["numbers"] == told["maths"]
    assert told["numbers"][:3] == [
        "float32: at most 536 GFLOP/s, 268 on one core.",
        "float64: at most 268 GFLOP/s, 134 on one core.",
        "Memory is read at 45 GB/s, at 31.2 by one core.",
    ]
    assert told["numbers"][3:] == [
        "Caches: L1 48 KiB, L2 1 MiB, L3 32 MiB.",
        "NumPy multiplies with OpenBLAS, in its version for SkylakeX.",
    ]


def test_a_machine_that_tells_little_is_described_without_holes(panel: MachinePanel) -> None:
    plain = replace(MACHINE, cores=1, vector_bits=128, features="", caches_kib=(), blas_core="", overrides=())
    panel.set_level("numbers")
    panel.set_machine(plain)
    assert panel.processor.text() == "AMD EPYC 9B45, one core, vectors of 128 bits"
    assert panel.facts.text().split("\n") == [
        "float32: at most 268 GFLOP/s.",
        "float64: at most 134 GFLOP/s.",
        "Memory is read at 45 GB/s.",
        "NumPy multiplies with OpenBLAS.",
    ]
    assert not panel.notice.isVisible()


@pytest.mark.parametrize(
    ("bits", "features", "name"),
    [
        (512, "AVX-512, FMA", "AVX-512"),
        (512, "avx512f,avx2", "AVX-512"),
        (256, "AVX2, FMA", "AVX2"),
        (128, "NEON, FMA", "NEON"),
        (128, "128-bit vectors", "vectors of 128 bits"),
    ],
)
def test_vectors_are_called_by_their_names(bits: int, features: str, name: str) -> None:
    machine = replace(MACHINE, vector_bits=bits, features=features)
    assert sentence(words.processor(machine)).endswith(f", {name}")


def test_an_override_is_said_in_words(panel: MachinePanel) -> None:
    panel.set_machine(MACHINE)
    assert panel.notice.isVisible()
    assert "OPENBLAS_CORETYPE" in panel.warning.text()
    assert "The race runs without." in panel.warning.text()


def test_why_there_is_no_gpu_unfolds(panel: MachinePanel) -> None:
    panel.set_machine(MACHINE)
    assert panel.gpu.text() == "No GPU found."
    assert not panel.reasons.isVisible()
    panel.why.heading.click()
    assert panel.reasons.isVisible()
    first, second = panel.reasons.text().split("\n")
    assert first.startswith("GPU through WebGPU: The only adapter is a software renderer (llvmpipe)")
    assert second == "GPU through CUDA: No NVIDIA driver was found."


def test_a_gpu_is_named_and_needs_no_reasons(panel: MachinePanel) -> None:
    gpu = Adapter("Radeon 780M", "Vulkan", True)
    panel.set_machine(replace(MACHINE, adapters=(*MACHINE.adapters, gpu)))
    assert panel.gpu.text() == "GPU: Radeon 780M, through Vulkan."
    assert not panel.why.isVisible()


@pytest.mark.parametrize(
    ("machine", "reason"),
    [
        (MACHINE, "llvmpipe is a software renderer, so it is not counted as a GPU."),
        (replace(MACHINE, adapters=()), "No graphics adapter answered."),
    ],
    ids=["software", "nothing"],
)
def test_without_a_ladder_the_adapters_tell(machine: MachineFacts, reason: str) -> None:
    assert [sentence(part) for part in words.why_no_gpu(machine.adapters, ())] == [reason]
