"""`playground export`: code that runs, a model that answers alike, the calculation, the data."""

from __future__ import annotations

import csv
import json
import runpy
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from onnx.reference import ReferenceEvaluator

from playground.app.cli.export import WRITTEN
from playground.app.cli.parser import CODE_LANGUAGES
from playground.engine.datasets import make_dataset
from playground.model import file
from playground.share.code.languages import LANGUAGES, as_code
from resources import example_path
from tests.app.cli.runs import here, in_process, is_one_sentence

AVOCADO = example_path("avocado")


def test_every_suffix_is_written_and_nothing_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in WRITTEN:
        outcome = here(capsys, "export", AVOCADO, "-o", tmp_path / f"out{suffix}")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
        assert (tmp_path / f"out{suffix}").stat().st_size > 500
    assert len(list(tmp_path.iterdir())) == len(WRITTEN)


def test_every_language_is_there_and_python_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {*CODE_LANGUAGES, "notebook"} == LANGUAGES.keys()
    experiment, parameters = file.read(AVOCADO.read_bytes())
    assert experiment.data is not None
    dataset = make_dataset(experiment.data)
    for language in CODE_LANGUAGES:
        path = tmp_path / f"{language}.py"
        assert here(capsys, "export", AVOCADO, "-o", path, "--language", language).code == 0
        assert path.read_text(encoding="utf-8") == as_code(language, experiment, parameters, dataset)
    for language in ("python", "numpy"):
        runpy.run_path(str(tmp_path / f"{language}.py"))["check"]()
    assert here(capsys, "export", AVOCADO, "-o", tmp_path / "default.py").code == 0
    assert (tmp_path / "default.py").read_bytes() == (tmp_path / "python.py").read_bytes()
    assert here(capsys, "export", AVOCADO, "-o", tmp_path / "a.ipynb").code == 0
    assert json.loads((tmp_path / "a.ipynb").read_text(encoding="utf-8"))["nbformat"] == 4


def test_the_model_answers_as_predict_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.onnx", "a.csv"):
        assert here(capsys, "export", AVOCADO, "-o", tmp_path / name).code == 0
    answered = here(capsys, "predict", AVOCADO, tmp_path / "a.csv")
    names, *rows = csv.reader(answered.out.splitlines())
    experiment, _ = file.read(AVOCADO.read_bytes())
    count = len(experiment.network.inputs)
    values = np.array([row[:count] for row in rows], np.float64)
    (found,) = ReferenceEvaluator(str(tmp_path / "a.onnx")).run(None, {"inputs": values})
    shares = [index for index, name in enumerate(names) if index > count and _is_number(rows[0][index])]
    wanted = np.array([[float(row[index]) for index in shares] for row in rows])
    assert np.abs(wanted - found).min(axis=1).max() < 1e-6


def test_a_model_is_a_file_as_good_as_our_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here(capsys, "export", AVOCADO, "-o", tmp_path / "a.onnx").code == 0
    assert here(capsys, "export", tmp_path / "a.onnx", "-o", tmp_path / "b.py").code == 0
    runpy.run_path(str(tmp_path / "b.py"))["check"]()


@pytest.mark.parametrize("level", ["words", "numbers", "maths"])
def test_the_calculation_is_that_of_explain(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], level: str
) -> None:
    chosen = ("--example", "3", "--level", level)
    told = here(capsys, "explain", AVOCADO, *chosen).out
    assert here(capsys, "export", AVOCADO, "-o", tmp_path / "a.md", *chosen).code == 0
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == told
    assert here(capsys, "export", AVOCADO, "-o", tmp_path / "a.html", *chosen).code == 0
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    HTMLParser().feed(page)
    assert "One pass over example 3" in page


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.txt",),
        ("a",),
        ("a.csv", "--language", "numpy"),
        ("a.py", "--language", "perl"),
        ("a.md", "--example", "99999"),
    ],
)
def test_bad_wishes_are_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    outcome = here(capsys, "export", AVOCADO, "-o", tmp_path / arguments[0], *arguments[1:])
    assert outcome.code == 2
    assert is_one_sentence(outcome.err), outcome.err
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_a_job_that_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = here(capsys, "export", AVOCADO, "-o", tmp_path / "no" / "a.py")
    assert outcome.code == 1
    assert is_one_sentence(outcome.err), outcome.err


def test_a_process_needs_no_display(tmp_path: Path) -> None:
    outcome = in_process("export", AVOCADO, "-o", "a.html", folder=tmp_path)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
