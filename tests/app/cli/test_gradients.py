"""`playground gradients`, against central differences of the loss that it reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from resources import example_path
from tests.app.cli.runs import here, in_process

STEP = 1e-6


def content_with(sharing: bool, regularization: str) -> dict[str, Any]:
    """A small network with a skip connection, two outputs, and perhaps two edges that share a weight."""
    edges = [
        {"source": 1, "target": 3, "weight": 0.4},
        {"source": 2, "target": 3, "weight": -0.7},
        {"source": 1, "target": 4, "weight": 0.3},
        {"source": 3, "target": 4, "weight": 0.9},
        {"source": 4, "target": 5, "weight": -0.6},
        {"source": 1, "target": 5, "weight": 0.2},
        {"source": 3, "target": 6, "weight": 0.5},
    ]
    if sharing:
        edges[1] |= {"shared": 1, "weight": 0.4}
        edges[3] |= {"shared": 1, "weight": 0.4}
    return {
        "format": "neural-playground",
        "version": 1,
        "network": {
            "nodes": [
                {"id": 1, "role": "input", "feature": "x"},
                {"id": 2, "role": "input", "feature": "square(y)"},
                {"id": 3, "role": "hidden", "activation": "tanh", "bias": 0.1},
                {"id": 4, "role": "hidden", "activation": "softplus", "bias": -0.2},
                {"id": 5, "role": "output", "target": "a"},
                {"id": 6, "role": "output", "target": "b", "bias": 0.3},
            ],
            "edges": edges,
        },
        "data": {
            "table": {
                "columns": ["x", "y", "a", "b"],
                "rows": [[0.1, 0.9, 0, 1], [0.5, -0.4, 1, 0.5], [-1, 0.3, 0.25, 0], [2, 1, 1, 1]],
            },
            "targets": ["a", "b"],
            "test_share": 0.25,
            "split": "last",
        },
        "learning": {
            "loss": "cross_entropy",
            "regularization": regularization,
            "regularization_rate": 0.0 if regularization == "none" else 0.1,
        },
    }


class Told:
    """Asks the program for the gradients of changed contents."""

    def __init__(self, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._capsys, self._path = capsys, folder / "a.playground"

    def __call__(self, content: dict[str, Any]) -> dict[str, Any]:
        self._path.write_text(json.dumps(content))
        outcome = here(self._capsys, "gradients", self._path, "--json")
        assert (outcome.code, outcome.err) == (0, "")
        result: dict[str, Any] = json.loads(outcome.out)
        return result

    def slope(self, content: dict[str, Any], places: list[dict[str, Any]], key: str) -> float:
        """The central difference of loss and penalty as these places change together."""
        totals = []
        old = places[0].get(key, 0.0)
        for step in (STEP, -STEP):
            for place in places:
                place[key] = old + step
            told = self(content)
            totals.append(told["loss"] + told["penalty"])
        for place in places:
            place[key] = old
        return float((totals[0] - totals[1]) / (2 * STEP))


@pytest.mark.parametrize("sharing", [False, True])
@pytest.mark.parametrize("regularization", ["none", "l1", "l2"])
def test_gradients_are_the_slopes_of_the_loss(
    sharing: bool, regularization: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    told, content = Told(capsys, tmp_path), content_with(sharing, regularization)
    result = told(content)
    edges = content["network"]["edges"]
    assert [(e["source"], e["target"]) for e in result["edges"]] == [
        (e["source"], e["target"]) for e in edges
    ]
    for edge, answer in zip(edges, result["edges"], strict=True):
        together = [e for e in edges if e is edge or ("shared" in edge and e.get("shared") == edge["shared"])]
        assert told.slope(content, together, "weight") == pytest.approx(answer["gradient"], abs=1e-8)
    nodes = {node["id"]: node for node in content["network"]["nodes"] if node["role"] != "input"}
    assert [answer["id"] for answer in result["nodes"]] == list(nodes)
    for answer in result["nodes"]:
        slope = told.slope(content, [nodes[answer["id"]]], "bias")
        assert slope == pytest.approx(answer["gradient"], abs=1e-8)


def test_a_process_tells_people_and_machines(tmp_path: Path) -> None:
    avocado = example_path("avocado")
    outcome = in_process("gradients", avocado, "--json", folder=tmp_path)
    assert (outcome.code, outcome.err) == (0, "")
    result = json.loads(outcome.out)
    assert list(result) == ["loss", "penalty", "edges", "nodes"]
    assert len(result["edges"]) == len(json.loads(avocado.read_bytes())["network"]["edges"])
    outcome = in_process("gradients", avocado, folder=tmp_path)
    assert outcome.out.startswith("Loss ")
    assert "Biases:" in outcome.out
