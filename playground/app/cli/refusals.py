"""How commands end: one sentence on standard error, and an exit code."""

from __future__ import annotations

from playground.model.errors import PlaygroundError

BAD_INPUT = 2
FAILED = 1


class UsageError(PlaygroundError):
    """A command line that cannot be understood."""


class JobError(PlaygroundError):
    """A job that failed although its input was good."""
