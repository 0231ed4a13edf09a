"""How the functions of training are compiled: without the GIL, division as the processor does it."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import TypeVar

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])

# Only compiled code calls them, so that the ways in from Python and from C need not be compiled.
INNER = MappingProxyType(
    {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
)


def inlined(function: Function) -> Function:
    """Return a function that becomes part of its callers, so that values stay in registers between them."""
    made: Function = njit(**INNER, forceinline=True)(function)
    return made


def called(function: Function) -> Function:
    """Return a function that stays one, so that it is compiled once however many call it."""
    made: Function = njit(**INNER)(function)
    return made


def entrance(function: Function) -> Function:
    """Return a function for Python to call, kept in the cache with all that it calls."""
    made: Function = njit(nogil=True, error_model="numpy", cache=True)(function)
    return made
