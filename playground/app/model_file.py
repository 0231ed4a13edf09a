"""Reads a model that another program has written, as a network to draw."""

from __future__ import annotations

from pathlib import Path

from playground.app.file_guard import Opened, Stamp
from playground.app.warm import warm
from playground.model.errors import FileError
from playground.model.message import message
from playground.share.whole_file import why_not

SUFFIX = ".onnx"


def read_model(path: Path) -> Opened:
    """Return the network of an ONNX model, with its tables. Raises FileError. Safe in any thread."""
    from playground.share.onnx_files.reading import MAX_BYTES, from_onnx

    try:
        if path.stat().st_size > MAX_BYTES:
            raise FileError(message("The file is larger than {limit} MiB.", limit=MAX_BYTES >> 20))
        data = path.read_bytes()
    except OSError as error:
        raise FileError(why_not(path, error)) from error
    experiment, parameters = from_onnx(data)
    warm(experiment.network)
    # Nothing is ever saved over a model, so what its file looked like does not matter.
    return Opened(path, experiment, parameters, Stamp(0, 0, b""))
