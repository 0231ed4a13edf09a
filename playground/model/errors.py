"""The family of errors that people see: each carries one sentence."""

from __future__ import annotations

from playground.model.message import Message, sentence


class PlaygroundError(Exception):
    """A refusal or failure that has a sentence for the person at the window or the command line."""

    def __init__(self, text: Message) -> None:
        super().__init__(sentence(text))
        self.message = text


class EditError(PlaygroundError):
    """An edit that the rules of networks forbid."""


class FileError(PlaygroundError):
    """A file that cannot be read or written, or says something that the format forbids."""


class DataError(PlaygroundError):
    """Data that cannot be used as it is: a table, a column, a formula."""


class TrainingError(PlaygroundError):
    """A training run that cannot start or go on."""
