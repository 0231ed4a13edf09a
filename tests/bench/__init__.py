"""Speed and memory, measured: `python -m tests.bench [NAME...]` prints one JSON line per figure.

Each module of this package whose name has no underscore in front is a bench, with one function
`figures() -> Iterator[Figure]`. A figure is a mapping with `figure` (what was measured), `value`, `unit` and,
where something was promised, `limit` or `least`: the value must not be above the one, nor below the other.
Further keys are details.
Each bench runs in a process of its own, without a screen and without overrides of the numerical libraries.
"""
