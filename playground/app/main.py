"""The way in: a window, or a command that needs none.

1. A first word that is a command, or an option, goes to the command line, which loads only what it needs.
2. Otherwise the versions of Python and Qt are checked, then whether there is a display.
3. With a display the window opens; without one the pass is drawn into a file instead.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

COMMANDS = frozenset({"train", "sweep", "gradients", "predict", "explain", "render", "export", "bench"})

SWITCH_SECONDS = 0.0001
"""How long a thread may keep the interpreter while another waits, so that the window need not wait long."""

EXAMPLE = "avocado"


def main(argv: list[str] | None = None) -> int:
    """Run the program with these arguments, or with those of the process; return the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and (arguments[0] in COMMANDS or arguments[0].startswith("-")):
        from playground.app.cli.commands import run_command

        return run_command(arguments)
    if len(arguments) > 1:
        return _refuse(f"One file can be opened, or a command named; “{arguments[0]}” is no command.")
    path = Path(arguments[0]) if arguments else None
    if path is not None and not path.exists():
        return _refuse(f"There is no file {path}, and no command of this name.")
    return open_window(path)


def open_window(path: Path | None) -> int:
    """Open the window, or draw the pass into a file where there is no display."""
    from playground.app.guard import refusal
    from playground.app.imports import import_qt
    from playground.model.message import sentence

    import_qt()
    refused = refusal()
    if refused is not None:
        return _refuse(sentence(refused), 1)
    from playground.app.display import has_display

    if not has_display(os.environ):
        return draw_instead(path)
    sys.setswitchinterval(SWITCH_SECONDS)
    from playground.app.start import run_window

    return run_window(path)


def draw_instead(path: Path | None) -> int:
    """Draw the pass of a file, or of the avocado, into a GIF in the current folder, and say so."""
    from playground.app.cli.commands import run_command
    from resources import example_path

    source = example_path(EXAMPLE) if path is None else path
    target = f"{source.stem}.gif"
    print(f"There is no display for a window here, so one pass is drawn into {target} instead.", flush=True)
    return run_command(["render", str(source), "-o", target])


def _refuse(text: str, code: int = 2) -> int:
    print(text, file=sys.stderr)
    return code
