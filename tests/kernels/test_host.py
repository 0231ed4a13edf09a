"""What is known of processors: the widest vectors that are there, and tiles that fit their registers."""

from __future__ import annotations

import pytest
from llvmlite import binding

from kernels.host import AVX2, AVX512, NEON, PLAIN, VECTOR_UNITS, VectorUnit, vector_unit, vector_unit_of


@pytest.mark.parametrize(
    ("features", "unit"),
    [
        ({"avx512f": True, "avx2": True, "fma": True}, AVX512),
        ({"avx512f": False, "avx2": True, "fma": True}, AVX2),
        ({"avx2": True, "fma": False}, PLAIN),
        ({"neon": True}, NEON),
        ({}, PLAIN),
    ],
)
def test_the_widest_that_is_there(features: dict[str, bool], unit: VectorUnit) -> None:
    assert vector_unit_of(features) is unit


def test_this_processor_has_what_is_said_of_it() -> None:
    features = binding.get_host_cpu_features()
    assert all(features[name] for name in vector_unit().features)


@pytest.mark.parametrize("unit", VECTOR_UNITS, ids=lambda unit: unit.name)
def test_a_tile_fits_into_registers_and_hides_the_time_of_an_addition(unit: VectorUnit) -> None:
    sums = unit.tile_rows * unit.tile_vectors
    spread = 1 if unit.has_fma else 2  # where products are not fused they need a register too
    assert sums + unit.tile_vectors + spread <= unit.registers
    assert sums >= 8


@pytest.mark.parametrize("unit", VECTOR_UNITS, ids=lambda unit: unit.name)
def test_a_register_is_full_of_numbers(unit: VectorUnit) -> None:
    for n_bytes in (4, 8):
        assert unit.lanes(n_bytes) * n_bytes * 8 == unit.bits
        assert unit.tile_columns(n_bytes) == unit.tile_vectors * unit.lanes(n_bytes)
