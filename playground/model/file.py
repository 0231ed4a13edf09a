"""The file `NAME.playground`: an experiment and its current values as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Literal

import msgspec

from playground.model.errors import FileError
from playground.model.experiment import Experiment, Learning, TableData
from playground.model.file_data import read_data, write_columns, write_data, write_rows
from playground.model.file_entries import (
    FORMAT,
    VERSION,
    CosineEntry,
    EdgeEntry,
    FileEntry,
    LearningEntry,
    NetworkEntry,
    StepEntry,
)
from playground.model.file_network import read_network, write_network
from playground.model.file_places import malformed, refused
from playground.model.limits import MAX_FILE_BYTES
from playground.model.message import message
from playground.model.parameters import Parameters
from playground.model.rate_schedule import RateSchedule

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OWN_SHAPES = {"stop_epochs", "stop_loss", "schedule"}
"""Settings that the file holds in another shape."""
UNLESS_USUAL = {"kernel", "dtype", "dropout"}
"""Keys that are left out where they are as they always were: older programs refuse them."""

LARGE_BYTES = 2**20
EDGES_IN_PART = 2_000


class Head(msgspec.Struct):
    """What tells a playground file from other JSON."""

    format: str | None = None
    version: int | None = None


def read(data: bytes) -> tuple[Experiment, Parameters]:
    """Return what a file holds. Raises FileError with a sentence that names the place.

    Weights that are not shared get parameter ids in the order of their edges.
    """
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        raise FileError(message("The file is larger than {limit} MiB.", limit=limit))
    text = data.removeprefix(BYTE_ORDER_MARK)
    _check_head(text)
    entry = _decoded(text)
    network, parameters = read_network(entry.network, entry.learning.loss)
    learning = _learning(entry.learning)
    return Experiment(network, read_data(entry.data), learning, entry.seed), parameters


def write(experiment: Experiment, parameters: Parameters) -> bytes:
    """Return the bytes of the file: the same values give the same bytes, one node or edge on a line.

    Raises FileError where the file would be larger than the limit, or a text cannot be written.
    """
    network = write_network(experiment.network, parameters)
    encoder = msgspec.json.Encoder()
    try:
        parts = {
            "format": _line(encoder, FORMAT),
            "version": _line(encoder, VERSION),
            "seed": _line(encoder, experiment.seed),
            "network": _object(
                {"nodes": _lines(encoder, network.nodes), "edges": _lines(encoder, network.edges)}
                | ({"groups": _lines(encoder, network.groups)} if network.groups else {})
            ),
            **_data_part(encoder, experiment),
            "learning": _line(encoder, _learning_keys(experiment.learning)),
        }
    except UnicodeEncodeError:
        raise FileError(message("A name holds characters that cannot be written to a file.")) from None
    data = b"{" + b",\n ".join(b'"%b": %b' % (key.encode(), part) for key, part in parts.items()) + b"}\n"
    if len(data) > MAX_FILE_BYTES:
        raise FileError(message("The file would be larger than {limit} MiB.", limit=MAX_FILE_BYTES // 2**20))
    return data


def _check_head(data: bytes) -> None:
    try:
        head = msgspec.json.decode(data, type=Head)
    except msgspec.ValidationError:
        head = Head()
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise malformed(data, str(error)) from None
    except RecursionError:
        raise malformed(b"", "nested too deeply") from None
    if head.format != FORMAT:
        raise FileError(
            message('The file is not a playground file: its "format" is not "neural-playground".')
        )
    if head.version is not None and head.version > VERSION:
        raise FileError(
            message(
                "version: the file needs a newer program; this one reads version {version}.",
                version=VERSION,
            )
        )


def _decoded(data: bytes) -> FileEntry[EdgeEntry]:
    try:
        entry = _by_parts(data) if len(data) > LARGE_BYTES else None
        entry = entry or msgspec.json.decode(data, type=FileEntry[EdgeEntry])
    except msgspec.ValidationError as error:
        raise refused(str(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise malformed(data, str(error)) from None
    if entry.version != VERSION:
        raise FileError(message("version: expected {version}", version=VERSION))
    return entry


def _by_parts(data: bytes) -> FileEntry[EdgeEntry] | None:
    """Decode a large file in many short calls, since no other thread runs during one.

    None where something is wrong with it: decoded as a whole it tells the place.
    """
    try:
        entry = msgspec.json.decode(data, type=FileEntry[msgspec.Raw])
        decoder, raw = msgspec.json.Decoder(list[EdgeEntry]), entry.network.edges
        edges: list[EdgeEntry] = []
        for first in range(0, len(raw), EDGES_IN_PART):
            edges += decoder.decode(b"[" + b",".join(raw[first : first + EDGES_IN_PART]) + b"]")
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    network = NetworkEntry[EdgeEntry](entry.network.nodes, edges, entry.network.groups)
    return FileEntry[EdgeEntry](entry.format, entry.version, network, entry.seed, entry.data, entry.learning)


def _learning(entry: LearningEntry) -> Learning:
    values = {f.name: getattr(entry, f.name) for f in fields(Learning) if f.name not in OWN_SHAPES}
    stop = entry.stop
    return Learning(
        **values,
        stop_epochs=None if stop is None else stop.epochs,
        stop_loss=None if stop is None else stop.loss,
        schedule=_schedule(entry.schedule),
    )


def _schedule(entry: Literal["constant"] | StepEntry | CosineEntry) -> RateSchedule:
    if isinstance(entry, StepEntry):
        return RateSchedule("step", every=entry.every, factor=entry.factor)
    if isinstance(entry, CosineEntry):
        return RateSchedule("cosine", epochs=entry.epochs, least=entry.least)
    return RateSchedule()


def _schedule_entry(schedule: RateSchedule) -> StepEntry | CosineEntry | None:
    if schedule.kind == "step":
        return StepEntry(schedule.every, schedule.factor)
    if schedule.kind == "cosine":
        return CosineEntry(schedule.epochs, schedule.least)
    return None


def _learning_keys(learning: Learning) -> dict[str, object]:
    keys: dict[str, object] = {
        f.name: getattr(learning, f.name)
        for f in fields(Learning)
        if f.name not in OWN_SHAPES and (f.name not in UNLESS_USUAL or getattr(learning, f.name) != f.default)
    }
    if learning.stop_epochs is not None or learning.stop_loss is not None:
        keys["stop"] = {"epochs": learning.stop_epochs, "loss": learning.stop_loss}
    schedule = _schedule_entry(learning.schedule)
    if schedule is not None:
        keys["schedule"] = schedule
    return keys


def _data_part(encoder: msgspec.json.Encoder, experiment: Experiment) -> dict[str, bytes]:
    spec, keys = experiment.data, write_data(experiment.data)
    if spec is None or keys is None:
        return {}
    parts = {key: _line(encoder, value) for key, value in keys.items()}
    if isinstance(spec, TableData):
        table = _object(
            {
                "columns": _line(encoder, write_columns(spec.table)),
                "rows": _lines(encoder, write_rows(spec.table)),
            }
        )
        parts = {"table": table, **parts}
        return {"data": _object(parts)}
    return {"data": _line(encoder, keys)}


def _object(parts: dict[str, bytes]) -> bytes:
    return b"{" + b",\n  ".join(b'"%b": %b' % (key.encode(), part) for key, part in parts.items()) + b"}"


def _lines(encoder: msgspec.json.Encoder, entries: Iterable[object]) -> bytes:
    lines = b",\n   ".join(_line(encoder, entry) for entry in entries)
    return b"[\n   " + lines + b"\n  ]" if lines else b"[]"


def _line(encoder: msgspec.json.Encoder, value: object) -> bytes:
    return msgspec.json.format(encoder.encode(value), indent=0)
