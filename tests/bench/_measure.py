"""Runs one bench in this process and prints its figures; `python -m tests.bench` starts it."""

from __future__ import annotations

import importlib
import json
import operator
import sys
from collections.abc import Callable, Iterator, Mapping

from playground.app.kernel_preparing import keep_compiled
from tests.bench._machine import load, machine, versions

Figure = Mapping[str, object]

KEEPS: Mapping[str, Callable[[float, float], bool]] = {"limit": operator.le, "least": operator.ge}
"""What may be promised of a figure, and when a value keeps it."""


def lines(name: str) -> Iterator[str]:
    """The figures of the bench called `name`, each as one line of JSON."""
    keep_compiled()
    around = {"bench": name, "machine": machine(), "versions": versions()}
    for figure in importlib.import_module(f"tests.bench.{name}").figures():
        yield json.dumps(completed(figure) | around | {"load": load()})


def completed(figure: Figure) -> dict[str, object]:
    """A figure with its own keys first, and whether it keeps what was promised if anything was."""
    value, promised = figure["value"], [name for name in KEEPS if name in figure]
    if not isinstance(figure["figure"], str) or not isinstance(figure["unit"], str):
        raise TypeError(f"a figure needs a name and a unit: {figure}")
    if not isinstance(value, int | float):
        raise TypeError(f"a figure's value is a number: {figure}")
    if not promised:
        return dict(figure)
    (name,) = promised  # it is better when it is smaller, or when it is larger
    bound = figure[name]
    if not isinstance(bound, int | float):
        raise TypeError(f"what is promised of a figure is a number: {figure}")
    return dict(figure) | {"within_limit": bool(KEEPS[name](value, bound))}


if __name__ == "__main__":
    for line in lines(sys.argv[1]):
        print(line, flush=True)
