"""Random networks with data of their own, and exported programs run beside the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from playground.engine.datasets import make_dataset
from playground.model.dataset import Dataset
from playground.model.experiment import Column, Experiment, Learning, Table, TableData
from playground.model.keys import SCALINGS
from playground.model.network import Network
from playground.model.parameters import Parameters
from tests.strategies import random_case

FEATURES = (
    "height",
    "class",
    "square(height) - `odd name` / 2",
    "kind=round",
    "odd name",
    "sin(height)^2",
    None,
)
"""What inputs read in turn: columns with awkward names, a class, formulas, nothing."""

BACKEND = """
import importlib.machinery, sys
from unittest.mock import MagicMock

class Absent:
    # Keras's NumPy backend takes its Fourier transforms from JAX, which nothing here uses.
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "jax":
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = MagicMock()
        module.__spec__, module.__path__, module.__version__ = spec, [], "0"
        return module

    def exec_module(self, module):
        pass

sys.meta_path.insert(0, Absent())
"""

RUN = """
import json, sys
for source in json.load(sys.stdin):
    names = {"__name__": "exported"}
    exec(compile(source, "exported", "exec"), names)
    names["check"]()
    answers = [names["predict"](*row) for row, _ in names["CHECKS"]]
    print(json.dumps(answers))
"""


def drawn(seed: int) -> tuple[Experiment, Parameters, Dataset]:
    """A random network that reads awkward features of a random table, and the table's data set."""
    rng = np.random.default_rng(seed)
    case = random_case(rng)
    features = iter(range(seed, seed + len(case.network.nodes)))
    nodes = [
        replace(node, label=f"{node.role} “{node.id}”", feature=FEATURES[next(features) % len(FEATURES)])
        if node.role == "input"
        else replace(node, label="while" if node.id % 3 == 0 else "")
        for node in case.network.nodes.values()
    ]
    network = Network.build(nodes, case.network.edges.values())
    n_outputs = len(network.outputs)
    columns = (
        *(Column("height"), Column("class"), Column("odd name"), Column("kind", "class", ("flat", "round"))),
        *(Column(f"answer {place}") for place in range(n_outputs)),
    )
    cells = rng.normal(size=(12, len(columns)))
    cells[:, 3] = rng.integers(0, 2, 12)
    targets = tuple(column.name for column in columns[4:])
    data = TableData(Table(columns, cells), targets, scaling=SCALINGS[seed % len(SCALINGS)])
    experiment = Experiment(network, data, Learning(loss=case.loss))
    return experiment, case.parameters, make_dataset(data)


def run_exported(sources: Sequence[str], *, keras: bool = False) -> list[list[list[float]]]:
    """Run programs in a Python of its own, their checks too; return the answers to their rows."""
    run = subprocess.run(
        [sys.executable, "-c", BACKEND + RUN if keras else RUN],
        input=json.dumps(sources),
        env=os.environ | {"KERAS_BACKEND": "numpy"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]
