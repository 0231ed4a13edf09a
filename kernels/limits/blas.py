"""The library behind NumPy's products, and the kernels that it chose for this processor."""

from __future__ import annotations

from typing import Any

import numpy as np
from threadpoolctl import threadpool_info

TITLES = {"openblas": "OpenBLAS", "mkl": "MKL", "blis": "BLIS", "flexiblas": "FlexiBLAS"}


def blas() -> tuple[str, str]:
    """Return its name with the version, and the core type that it reports; "" for what it does not tell."""
    np.dot(np.ones(2), np.ones(2))  # some load their kernels only now
    known = [library for library in threadpool_info() if library["user_api"] == "blas"]
    for library in sorted(known, key=lambda one: "numpy" not in one["filepath"]):  # SciPy brings its own
        name = TITLES.get(library["internal_api"], library["internal_api"])
        version = (library.get("version") or "").split(".")
        return f"{name} {'.'.join(version[:3])}".strip(), library.get("architecture") or ""
    config: Any = np.show_config(mode="dicts")
    name = config.get("Build Dependencies", {}).get("blas", {}).get("name", "")
    return ("Accelerate" if "accelerate" in name.lower() else name), ""
