"""The windows, the butler and the chosen files of the tests from end to end, for parts that need them."""

from __future__ import annotations

from tests.end_to_end.conftest import butler, file_chosen, kernels, make_window, measuring, window

__all__ = ["butler", "file_chosen", "kernels", "make_window", "measuring", "window"]
