"""Icons, example files, translations and the theme: files that travel with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def path(*parts: str) -> Path:
    """The place of a file or folder of this package, such as `path("examples", "avocado.playground")`.

    It is found from a checkout and from an installed wheel alike. Raises FileNotFoundError.
    """
    found = Path(str(files(__name__))).joinpath(*parts)
    if not found.exists():
        raise FileNotFoundError(f"no resource {'/'.join(parts)}")
    return found


def read_bytes(*parts: str) -> bytes:
    """The bytes of a file of this package. Raises FileNotFoundError."""
    return path(*parts).read_bytes()


def read_text(*parts: str) -> str:
    """The text of a file of this package, read as UTF-8. Raises FileNotFoundError."""
    return read_bytes(*parts).decode("utf-8")


def examples() -> tuple[str, ...]:
    """The keys of the example files in alphabetical order; `playground.model.examples` has their titles."""
    return tuple(sorted(file.stem for file in path("examples").glob("*.playground")))


def example_path(key: str) -> Path:
    """The place of an example file. Raises FileNotFoundError."""
    return path("examples", f"{key}.playground")
