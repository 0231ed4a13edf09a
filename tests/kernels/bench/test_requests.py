"""Requests: read from a line, or refused in a sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kernels.bench.requests import FIELDS, Request, RequestError, id_of, parse
from kernels.threads import available_cores
from playground.model import speed_requests as asked

RACE = {
    "do": "race",
    "operation": "gemm",
    "m": 2,
    "n": 3,
    "k": 4,
    "dtype": "float64",
    "rungs": [["numpy", 1]],
}


def test_a_race_is_read() -> None:
    assert parse(json.dumps(RACE | {"id": 7})) == Request(
        "race", id=7, operation="gemm", m=2, n=3, k=4, dtype="float64", rungs=(("numpy", 1),)
    )


@pytest.mark.parametrize(
    "request_",
    [
        asked.MachineAsked(id=1),
        asked.RungsAsked(id=2),
        asked.RaceAsked(operation="gemv", m=2, n=1, k=4, dtype="float32", rungs=(("python", 1),)),
        asked.SweepAsked(operation="gemm", sizes=(2, 3), dtype="float32", rungs=(("python", 1),)),
        asked.ScalingAsked(size=5, dtype="float32", rungs=("numpy",)),
        asked.ScheduleAsked(kernel="numba-packed", m=1, n=2, k=3, threads=1, dtype="float64"),
    ],
)
def test_what_the_window_asks_is_understood(request_: asked.Request) -> None:
    line = asked.encode(request_)
    found = parse(line)
    assert found.do == json.loads(line)["do"]
    assert found.id == request_.id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"do": "dance"}, "machine, rungs, prepare, race"),
        ({"do": None}, "machine, rungs, prepare, race"),
        ({"operation": "gemt"}, "gemm, gemv"),
        ({"dtype": "int8"}, "float32, float64"),
        ({"dtype": []}, "float32, float64"),
        ({"m": 0}, "“m” is a whole number"),
        ({"n": True}, "“n” is a whole number"),
        ({"k": 2.5}, "“k” is a whole number"),
        ({"k": 1 << 40}, "“k” is a whole number"),
        ({"rungs": []}, "1 to"),
        ({"rungs": "numpy"}, "list"),
        ({"rungs": [["numpy"]]}, "number of threads"),
        ({"rungs": [["nimpy", 1]]}, "nimpy"),
        ({"rungs": [[1, 1]]}, "names no kernel"),
        ({"rungs": [["numpy", 0]]}, "whole number"),
        ({"rungs": [["numpy", available_cores() + 1]]}, str(available_cores())),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(RequestError) as refused:
        parse(json.dumps(RACE | change))
    assert words in refused.value.reason.text
    assert refused.value.reason.text.endswith(".")


@pytest.mark.parametrize("missing", [name for name in RACE if name != "do"])
def test_what_is_missing_is_named(missing: str) -> None:
    with pytest.raises(RequestError, match=missing):
        parse(json.dumps({name: value for name, value in RACE.items() if name != missing}))


@pytest.mark.parametrize("line", [b"", b"[]", b"7", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_line_that_is_no_object_is_refused(line: bytes) -> None:
    with pytest.raises(RequestError, match="one JSON object"):
        parse(line)
    assert id_of(line) is None


def test_every_field_is_one_of_a_request() -> None:
    names = {attribute for fields in FIELDS.values() for attribute, _ in fields.values()}
    assert names == set(Request.__dataclass_fields__) - {"do", "id"}
