"""The command line: bad input is one sentence and exit code 2, files appear whole or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from playground.app.cli.commands import COMMANDS
from playground.app.main import COMMANDS as KNOWN
from resources import example_path
from tests.app.cli.runs import here, in_process, is_one_sentence

AVOCADO = example_path("avocado")


def test_the_way_in_knows_every_command() -> None:
    assert COMMANDS.keys() == KNOWN


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        here(capsys, "--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(command in said for command in COMMANDS)
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            here(capsys, command, "--help")
        assert ended.value.code == 0
        assert ("FILE" in capsys.readouterr().out) == (command != "bench")


BAD_LINES: list[tuple[str, ...]] = [
    ("--nonsense",),
    ("train",),
    ("train", "missing.playground"),
    ("train", "."),
    ("train", "FILE", "--epochs", "-1"),
    ("train", "FILE", "--epochs", "many"),
    ("train", "FILE", "--epochs", "1.5"),
    ("train", "FILE", "--seed", "-1"),
    ("train", "FILE", "--kernel", "gpu"),
    ("train", "FILE", "--dtype", "float16"),
    ("train", "FILE", "--jso"),
    ("train", "FILE", "again"),
    ("gradients",),
    ("gradients", "missing.playground", "--json"),
    ("predict", "FILE"),
    ("predict", "FILE", "missing.csv"),
    ("predict", "FILE", "FILE"),
    ("predict", "FILE", "."),
    ("explain", "FILE", "--level", "poetry"),
    ("explain", "FILE", "--example", "0"),
    ("explain", "FILE", "--example", "100000"),
    ("render", "FILE"),
    ("render", "FILE", "-o", "picture.jpg"),
    ("render", "FILE", "-o", "picture"),
    ("render", "FILE", "-o", "picture.png", "--size", "0x0"),
    ("render", "FILE", "-o", "picture.png", "--size", "999999x999999"),
    ("render", "FILE", "-o", "picture.png", "--size", "big"),
    ("render", "FILE", "-o", "picture.png", "--scale", "nan"),
    ("render", "FILE", "-o", "picture.png", "--theme", "pink"),
    ("render", "FILE", "-o", "picture.gif", "--speed", "100"),
    ("render", "FILE", "-o", "picture.gif", "--granularity", "atom"),
    ("render", "FILE", "-o", "picture.gif", "--example", "100000"),
    ("missing.playground",),
    ("one.playground", "two.playground"),
]


@pytest.mark.parametrize("line", BAD_LINES, ids=" ".join)
def test_bad_input_is_one_sentence_and_exit_2(
    line: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = here(capsys, *(str(AVOCADO) if word == "FILE" else word for word in line))
    assert outcome.code == 2
    assert outcome.out == ""
    assert is_one_sentence(outcome.err), outcome.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["train", "gradients", "explain"])
def test_files_that_nothing_can_be_done_with(
    command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    content = json.loads(AVOCADO.read_bytes())
    contents: dict[str, bytes] = {
        "empty": b"",
        "binary": bytes(range(256)),
        "cut": AVOCADO.read_bytes()[:500],
        "no data": json.dumps({key: part for key, part in content.items() if key != "data"}).encode(),
        "other data": json.dumps(content | {"data": {"name": "bananas", "count": 9}}).encode(),
        "nan": json.dumps(content).replace('"weight": ', '"weight": NaN, "was": ', 1).encode(),
    }
    if command == "explain":
        del contents["no data"]  # a pass over values set by hand needs none
    for name, data in contents.items():
        path = tmp_path / f"{name}.playground"
        path.write_bytes(data)
        outcome = here(capsys, command, path)
        assert (outcome.code, outcome.out) == (2, ""), name
        assert is_one_sentence(outcome.err), outcome.err


def test_a_process_says_the_same(tmp_path: Path) -> None:
    outcome = in_process("train", "missing.playground", folder=tmp_path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "There is no file missing.playground.\n"


def test_output_that_cannot_be_written_is_a_job_that_failed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    target = tmp_path / "no folder" / "out.playground"
    outcome = here(capsys, "train", AVOCADO, "--epochs", "1", "-o", target)
    assert (outcome.code, outcome.out) == (1, "")
    assert is_one_sentence(outcome.err), outcome.err


def test_an_error_in_the_program_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_arguments: object) -> None:
        raise ZeroDivisionError("a\ndetail")

    monkeypatch.setitem(COMMANDS, "train", broken)
    outcome = here(capsys, "train", AVOCADO)
    assert outcome.code == 1
    assert outcome.err == "The job failed because of an error in the program: ZeroDivisionError: a detail.\n"


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "playground", "gradients", str(AVOCADO)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    assert process.wait(60) in {0, 1}
