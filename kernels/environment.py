"""An environment in which NumPy's BLAS chooses for itself: a rival that is held back is no rival."""

from __future__ import annotations

from collections.abc import Mapping

OVERRIDES = ("OPENBLAS_", "MKL_", "OMP_")
"""How the variables begin that make a BLAS take another core type, cache size or number of threads."""


def plain(environ: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the environment without overrides of BLAS and its threads, and the names removed, sorted.

    They are read once, when a library is loaded: a process must be started with this environment.
    """
    removed = tuple(sorted(name for name in environ if name.upper().startswith(OVERRIDES)))
    return {name: value for name, value in environ.items() if name not in removed}, removed
