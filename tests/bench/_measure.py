"""Runs one bench in this process and prints its figures; `python -m tests.bench` starts it."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator, Mapping

from tests.bench._machine import load, machine, versions

Figure = Mapping[str, object]


def lines(name: str) -> Iterator[str]:
    """The figures of the bench called `name`, each as one line of JSON."""
    around = {"bench": name, "machine": machine(), "versions": versions()}
    for figure in importlib.import_module(f"tests.bench.{name}").figures():
        yield json.dumps(completed(figure) | around | {"load": load()})


def completed(figure: Figure) -> dict[str, object]:
    """A figure with its own keys first, and whether it keeps its limit if it has one."""
    value, limit = figure["value"], figure.get("limit")
    if not isinstance(figure["figure"], str) or not isinstance(figure["unit"], str):
        raise TypeError(f"a figure needs a name and a unit: {figure}")
    if not isinstance(value, int | float):
        raise TypeError(f"a figure's value is a number: {figure}")
    if limit is None:
        return dict(figure)
    if not isinstance(limit, int | float):
        raise TypeError(f"a figure's limit is a number: {figure}")
    return dict(figure) | {"within_limit": bool(value <= limit)}


if __name__ == "__main__":
    for line in lines(sys.argv[1]):
        print(line, flush=True)
