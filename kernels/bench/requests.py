"""What the measuring process can be asked, read from one line of JSON and checked before anything starts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from kernels.bench.race import Lane
from kernels.ladder.kernel import DTYPES, OPERATIONS, DType, Operation, Reason
from kernels.ladder.registry import RUNGS
from kernels.threads import available_cores

LARGEST = 1 << 20
"""No side of a matrix is longer; whether a product fits in memory is asked later."""

MOST_ENTRIES = 200
"""Entries in a list."""

KEYS = tuple(rung.key for rung in RUNGS)


class RequestError(Exception):
    """A line that asks for nothing that can be done; `reason` says why in a sentence."""

    def __init__(self, template: str, **values: str | int | float) -> None:
        self.reason = Reason(template, values)
        super().__init__(self.reason.text)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done, with the values that belong to it; others keep what stands here.

    id : repeated by every answer, None where none was given
    rungs : entrants of a race or a sweep
    keys : kernels of a scaling, by 1 to all threads; or of a report
    counts, dtypes, is_quick : numbers of threads and types of a report, and whether it may be rough
    """

    do: str
    id: int | str | None = None
    operation: Operation = "gemm"
    dtype: DType = "float32"
    m: int = 0
    n: int = 0
    k: int = 0
    size: int = 0
    threads: int = 1
    kernel: str = ""
    sizes: tuple[int, ...] = ()
    rungs: tuple[Lane, ...] = ()
    keys: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    dtypes: tuple[DType, ...] = ()
    is_quick: bool = False


def parse(line: bytes | str) -> Request:
    """Return what a line asks for. Raises RequestError."""
    told = _object(line)
    do = told.get("do")
    if not isinstance(do, str) or do not in FIELDS:
        raise RequestError("“do” is one of {known}.", known=", ".join(FIELDS))
    values: dict[str, Any] = {}
    for name, (attribute, read) in FIELDS[do].items():
        if name not in told:
            raise RequestError("“{do}” needs “{name}”.", do=do, name=name)
        values[attribute] = read(told[name], name)
    return Request(do=do, id=id_of(line), **values)


def id_of(line: bytes | str) -> int | str | None:
    """Return what the answers to a line repeat, None where that is neither a number nor a text."""
    try:
        found = _object(line).get("id")
    except RequestError:
        return None
    return found if isinstance(found, int | str) else None


def _object(line: bytes | str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise RequestError("A request is one JSON object on one line.")
    return told


def _whole(value: Any, name: str, most: int = LARGEST) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise RequestError("“{name}” is a whole number from 1 to {most}.", name=name, most=most)
    return value


def _threads(value: Any, name: str) -> int:
    return _whole(value, name, available_cores())


def _operation(value: Any, name: str) -> Operation:
    for known in OPERATIONS:
        if value == known:
            return known
    raise RequestError("“{name}” is one of {known}.", name=name, known=", ".join(OPERATIONS))


def _dtype(value: Any, name: str) -> DType:
    for known in DTYPES:
        if value == known:
            return known
    raise RequestError("“{name}” is one of {known}.", name=name, known=", ".join(DTYPES))


def _key(value: Any, name: str) -> str:
    if not isinstance(value, str) or value not in KEYS:
        raise RequestError("“{name}” names no kernel: {value}.", name=name, value=str(value))
    return value


def _lane(value: Any, name: str) -> Lane:
    if not isinstance(value, list) or len(value) != 2:
        raise RequestError("“{name}” is a list of kernels, each with its number of threads.", name=name)
    return _key(value[0], name), _threads(value[1], name)


def _truth(value: Any, name: str) -> bool:
    if not isinstance(value, bool):
        raise RequestError("“{name}” is true or false.", name=name)
    return value


def _all(read: Callable[[Any, str], Any], least: int = 1) -> Callable[[Any, str], tuple[Any, ...]]:
    """What reads a list whose entries are read like this."""

    def entries(value: Any, name: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or not least <= len(value) <= MOST_ENTRIES:
            raise RequestError(
                "“{name}” is a list with {least} to {most} entries.",
                name=name,
                least=least,
                most=MOST_ENTRIES,
            )
        return tuple(read(entry, name) for entry in value)

    return entries


Field = tuple[str, Callable[[Any, str], Any]]

PRODUCT: Mapping[str, Field] = MappingProxyType(
    {"m": ("m", _whole), "n": ("n", _whole), "k": ("k", _whole), "dtype": ("dtype", _dtype)}
)
OPERATION: Field = ("operation", _operation)
RUNGS_WITH_THREADS: Field = ("rungs", _all(_lane))

FIELDS: Mapping[str, Mapping[str, Field]] = MappingProxyType(
    {
        "machine": {},
        "rungs": {},
        "prepare": {"kernel": ("kernel", _key), "dtype": ("dtype", _dtype)},
        "race": {"operation": OPERATION, **PRODUCT, "rungs": RUNGS_WITH_THREADS},
        "sweep": {
            "operation": OPERATION,
            "sizes": ("sizes", _all(_whole)),
            "dtype": ("dtype", _dtype),
            "rungs": RUNGS_WITH_THREADS,
        },
        "scaling": {"size": ("size", _whole), "dtype": ("dtype", _dtype), "rungs": ("keys", _all(_key))},
        "report": {
            "sizes": ("sizes", _all(_whole, 0)),
            "rungs": ("keys", _all(_key, 0)),
            "threads": ("counts", _all(_threads, 0)),
            "dtypes": ("dtypes", _all(_dtype, 0)),
            "quick": ("is_quick", _truth),
        },
        "schedule": {"kernel": ("kernel", _key), **PRODUCT, "threads": ("threads", _threads)},
    }
)
"""For each request its fields: the attribute that each becomes, and what reads and checks it."""
