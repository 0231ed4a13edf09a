"""Whether the programs that are exported for PyTorch answer as the window does, in PyTorch itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from playground.share.code.languages import as_code
from playground.share.code.recipe import TOLERANCE, recipe
from tests.bench._torch_environment import NoPyTorchError, python_with_torch
from tests.share.code.programs import RUN, drawn

Figure = Mapping[str, object]

SEEDS = range(24)
"""Random networks of every activation, with skips, awkward names, formulas and all scalings."""


def figures() -> Iterator[Figure]:
    """Yield the largest error of an answer, after every program has checked itself."""
    try:
        python = python_with_torch()
    except NoPyTorchError as error:
        print(f"{error} The programs for PyTorch are not run.", file=sys.stderr)
        return
    cases = [drawn(seed) for seed in SEEDS]
    found = answers(python, [as_code("pytorch", *case) for case in cases])
    errors = [
        np.abs(np.array(answer) - wanted).max() / max(1.0, np.abs(wanted).max())
        for case, rows in zip(cases, found, strict=True)
        for answer, (_, expected) in zip(rows, recipe(*case).checks, strict=True)
        for wanted in [np.array(expected)]
    ]
    yield {
        "figure": "exported programs for PyTorch: largest error of an answer",
        "value": float(max(errors)),
        "unit": "relative",
        "limit": TOLERANCE,
        "programs": len(cases),
        "answers": len(errors),
    }


def answers(python: Path, sources: list[str]) -> list[list[list[float]]]:
    """Run programs with their checks, and return their answers. Raises RuntimeError where one fails."""
    done = subprocess.run(
        [str(python), "-c", RUN], input=json.dumps(sources), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"an exported program fails: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]
