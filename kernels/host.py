"""What the processor offers to a kernel: how wide its vectors are, how many, and how it multiplies and adds.

From that follows the register tile of the packed product: `tile_rows` rows of C times `tile_vectors` vectors.
All sums of a tile stay in registers, beside the vectors of one row of B and one number of A in every lane.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class VectorUnit:
    """The vector registers of a processor, and the tile of C that fits into them.

    name : as the maker calls it
    features : names of LLVM that must all be there
    bits : of one register
    registers : how many there are
    has_fma : whether it multiplies and adds in one instruction
    tile_rows, tile_vectors : rows and vectors of the tile of sums
    """

    name: str
    features: tuple[str, ...]
    bits: int
    registers: int
    has_fma: bool
    tile_rows: int
    tile_vectors: int

    def lanes(self, n_bytes: int) -> int:
        """How many numbers of this many bytes one register holds."""
        return self.bits // (8 * n_bytes)

    def tile_columns(self, n_bytes: int) -> int:
        """Columns of a tile for numbers of this many bytes."""
        return self.tile_vectors * self.lanes(n_bytes)


AVX512 = VectorUnit("AVX-512", ("avx512f",), 512, 32, True, 12, 2)
AVX2 = VectorUnit("AVX2", ("avx2", "fma"), 256, 16, True, 6, 2)
NEON = VectorUnit("NEON", ("neon",), 128, 32, True, 6, 4)
PLAIN = VectorUnit("128-bit vectors", (), 128, 16, False, 6, 2)

VECTOR_UNITS = (AVX512, AVX2, NEON, PLAIN)
"""From the widest to what every processor of the last twenty years has."""


def vector_unit_of(features: Mapping[str, bool]) -> VectorUnit:
    """Return the widest vector unit of which all features are there."""
    return next(unit for unit in VECTOR_UNITS if all(features.get(name) for name in unit.features))


@cache
def vector_unit() -> VectorUnit:
    """Return the vector unit of this machine's processor, as LLVM sees it."""
    from llvmlite import binding

    return vector_unit_of(binding.get_host_cpu_features())
