"""Which kernels can train here, and what is said of those that cannot."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from kernels.ladder.kernel import Reason
from kernels.training import gpu
from playground.engine import kernel_choice
from playground.engine.kernel_choice import kernel_choices, why_not_dtype, why_not_kernel
from playground.model.keys import DTYPES, KERNELS, Kernel
from playground.model.message import sentence


def test_every_kernel_is_offered() -> None:
    choices = kernel_choices()
    assert tuple(choice.key for choice in choices) == KERNELS
    assert [choice.key for choice in choices if choice.why_not is None][:3] == list(KERNELS[:3])


def test_without_numba_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_choice, "find_spec", lambda _name: None)
    compiled: tuple[Kernel, ...] = ("numba", "numba-parallel", "gpu")
    for kernel in compiled:
        said = why_not_kernel(kernel)
        assert said is not None
        assert sentence(said) == "Numba is not installed."
    assert why_not_kernel("numpy") is None


@pytest.mark.parametrize("reason", [None, Reason("The adapter {name} is slow.", {"name": "X"})])
def test_a_gpu_says_for_itself_why_not(monkeypatch: pytest.MonkeyPatch, reason: Reason | None) -> None:
    monkeypatch.setattr(gpu, "why_not", lambda: reason)
    said = why_not_kernel("gpu")
    assert (None if said is None else sentence(said)) == (None if reason is None else reason.text)


def test_a_gpu_says_for_itself_which_types_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu, "why_not", lambda: None)
    monkeypatch.setattr(gpu, "why_not_dtype", {"float64": Reason("Not float64."), "float32": None}.get)
    said = why_not_dtype("gpu", "float64")
    assert said is not None
    assert sentence(said) == "Not float64."
    assert why_not_dtype("gpu", "float32") is None


def test_numpy_has_one_type_and_the_others_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gpu, "why_not", lambda: Reason("No GPU was found."))
    refused = {(kernel, dtype) for kernel in KERNELS for dtype in DTYPES if why_not_dtype(kernel, dtype)}
    assert refused == {("numpy", "float32")}
    names: Mapping[str, str] = MappingProxyType({"dtype": "float32"})
    said = why_not_dtype("numpy", "float32")
    assert said is not None
    assert said.values == names
