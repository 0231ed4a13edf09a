"""Runs the benches named, or all, each in a process of its own; exits with 1 when one fails."""

from __future__ import annotations

import argparse
import pkgutil
import subprocess
import sys
from collections.abc import Sequence

import tests.bench
from tests.bench._machine import plain_environment


def names() -> list[str]:
    """The names of all benches."""
    return sorted(
        module.name
        for module in pkgutil.iter_modules(tests.bench.__path__)
        if not module.name.startswith("_")
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run benches and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}")
    chosen = parser.parse_args(arguments).names or names()
    unknown = [name for name in chosen if name not in names()]
    if unknown:
        parser.error(f"there is no bench called {', '.join(unknown)}")
    environment = plain_environment()
    failed = []
    for name in chosen:
        command = [sys.executable, "-m", "tests.bench._measure", name]
        if subprocess.run(command, env=environment, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"These benches did not finish: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
