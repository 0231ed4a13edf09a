"""The languages in which a network can be taken out, and the one door to all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from playground.model.dataset import Dataset
from playground.model.experiment import Experiment
from playground.model.message import Message, message
from playground.model.parameters import Parameters
from playground.share.code.keras_code import keras_code
from playground.share.code.notebook import notebook
from playground.share.code.numpy_code import numpy_code
from playground.share.code.plain_python import plain_python
from playground.share.code.pytorch_code import pytorch_code
from playground.share.code.recipe import Recipe, recipe


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its name for people, the end of its files' names, and what writes it."""

    title: Message
    suffix: str
    write: Callable[[Recipe], str]


LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {
        "python": Language(message("Plain Python"), ".py", plain_python),
        "numpy": Language(message("NumPy"), ".py", numpy_code),
        "pytorch": Language(message("PyTorch"), ".py", pytorch_code),
        "keras": Language(message("Keras"), ".py", keras_code),
        "notebook": Language(message("Notebook"), ".ipynb", notebook),
    }
)
"""Every language by its key, in the order in which they are offered."""


def as_code(language: str, experiment: Experiment, parameters: Parameters, dataset: Dataset | None) -> str:
    """Return the network as a program. Raises KeyError for an unknown language, DataError as `recipe`."""
    return LANGUAGES[language].write(recipe(experiment, parameters, dataset))
