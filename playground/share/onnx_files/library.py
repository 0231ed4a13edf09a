"""The optional library onnx, or a sentence where it is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from playground.model.errors import FileError
from playground.model.message import message

MISSING = message("ONNX files need the library onnx: install neural-playground with the extra “onnx”.")


def load(name: str = "onnx") -> Any:
    """Return a module of the library. Raises FileError where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        raise FileError(MISSING) from error
