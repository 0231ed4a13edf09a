"""What commands write: JSON or text on standard output, files that appear whole or not at all."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable
from pathlib import Path

from playground.app.cli.refusals import JobError
from playground.model.errors import FileError


def tell(text: str) -> None:
    """Write a text to standard output."""
    sys.stdout.write(text if text.endswith("\n") else f"{text}\n")


def tell_json(value: object) -> None:
    """Write a value to standard output as JSON."""
    tell(json.dumps(value, allow_nan=False))


def finite(value: float) -> float | None:
    """The value, or None (null in JSON) where it is not finite."""
    return value if math.isfinite(value) else None


def all_finite(values: Iterable[float]) -> list[float | None]:
    """The values as `finite` gives them."""
    return [finite(float(value)) for value in values]


def save(path: Path, data: bytes) -> None:
    """Write a file. Raises JobError."""
    from playground.app.file_guard import write_file  # loads Qt, which most commands need for nothing else

    try:
        write_file(path, data)
    except FileError as error:
        raise JobError(error.message) from error
