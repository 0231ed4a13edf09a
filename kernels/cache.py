"""Where compiled kernels are kept between runs: one folder for each version of their sources.

Numba looks whether the file of a function has changed, but not the files that it takes parts from; so the
folder's name holds a digest of all our sources, and an edit anywhere compiles anew.
"""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "NUMBA_CACHE_DIR"
PREFIX = "kernels-"


def use_cache(folder: Path) -> Path:
    """Keep compiled kernels in a folder of this version below `folder`, and remove those of other versions.

    To be called before Numba is loaded, which reads the variable then; processes started later inherit
    it. Where the variable is set already, whoever set it has chosen, and nothing is changed or removed.
    Returns the folder in use.
    """
    if chosen := os.environ.get(VARIABLE):
        return Path(chosen)
    import shutil
    from importlib.metadata import version  # loads the reader of letters: not before the first picture

    own = folder / f"{PREFIX}{version('numba')}-{digest()}"
    own.mkdir(parents=True, exist_ok=True)
    for other in folder.glob(f"{PREFIX}*"):
        if other != own and other.is_dir():
            # Another version of the program may be running: what it has open stays until it ends.
            shutil.rmtree(other, ignore_errors=True)
    os.environ[VARIABLE] = str(own)
    return own


def digest(sources: Path = Path(__file__).parent) -> str:
    """Twelve characters that change with any line of the Python files below a folder."""
    import hashlib  # is needed once in a while only: not before the first picture

    total = hashlib.sha256()
    for path in sorted(sources.rglob("*.py")):
        total.update(path.relative_to(sources).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()[:12]
