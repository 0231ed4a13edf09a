"""The harness of `make bench`: one line of JSON per figure, with the machine."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.bench import __main__ as bench
from tests.bench._machine import machine, plain_environment
from tests.bench._measure import completed, lines


@pytest.mark.parametrize("name", bench.names())
def test_every_bench_has_figures(name: str) -> None:
    source = (Path(bench.__file__).parent / f"{name}.py").read_text(encoding="utf-8")
    assert "def figures() -> Iterator[" in source


def test_a_figure_becomes_one_line_with_machine_load_and_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    def figures() -> Iterator[dict[str, object]]:
        yield {"figure": "first", "value": 1.5, "unit": "s", "limit": 2}
        yield {"figure": "second", "value": 3, "unit": "MB", "nodes": 7}

    module = ModuleType("tests.bench.made_up")
    module.figures = figures  # type: ignore[attr-defined]  # a module made for this test
    monkeypatch.setitem(sys.modules, module.__name__, module)
    first, second = (json.loads(line) for line in lines("made_up"))
    assert (first["figure"], first["value"], first["within_limit"]) == ("first", 1.5, True)
    assert (second["nodes"], second["unit"], "within_limit" in second) == (7, "MB", False)
    for line in (first, second):
        assert line["bench"] == "made_up"
        assert line["machine"] == machine()
        assert {"python", "numpy", "PySide6-Essentials"} <= line["versions"].keys()
        assert "load" in line


@pytest.mark.parametrize(
    "figure",
    [
        {"figure": "no unit", "value": 1.0, "unit": None},
        {"figure": "no number", "value": "1", "unit": "s"},
        {"figure": "no limit", "value": 1, "unit": "s", "limit": "2"},
        {"figure": "no least", "value": 1, "unit": "s", "least": None},
    ],
)
def test_an_incomplete_figure_is_refused(figure: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        completed(figure)


@pytest.mark.parametrize(
    ("promise", "is_kept"),
    [({"limit": 2}, False), ({"limit": 3}, True), ({"least": 3}, True), ({"least": 3.5}, False)],
)
def test_a_promise_is_a_most_or_a_least(promise: dict[str, object], is_kept: bool) -> None:
    figure = {"figure": "speed", "value": 3.0, "unit": "×"} | promise
    assert completed(figure) == figure | {"within_limit": is_kept}


def test_overrides_are_kept_from_a_bench(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    kept = plain_environment()
    assert not {"OPENBLAS_CORETYPE", "OMP_NUM_THREADS"} & kept.keys()
    assert kept["QT_QPA_PLATFORM"] == "offscreen"


def test_an_unknown_bench_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        bench.main(["nonsense"])
    assert stop.value.code == 2
    assert "nonsense" in capsys.readouterr().err
