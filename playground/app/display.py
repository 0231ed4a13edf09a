"""Whether a window can be opened here; asking Qt itself would end the process where it cannot."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Mapping

LOCAL = re.compile(r"^(?:unix)?:(\d+)(?:\.\d+)?$")


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether this environment names a display, and one that answers where that can be told quickly."""
    if platform in {"win32", "darwin"}:
        return True
    chosen = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen and not chosen.startswith(("xcb", "wayland")):
        return True  # offscreen, vnc and their like need no display
    if environment.get("WAYLAND_DISPLAY"):
        return True
    display = environment.get("DISPLAY", "")
    local = LOCAL.match(display)
    return bool(display) and (local is None or _answers(int(local[1])))


def _answers(number: int) -> bool:
    """Whether an X server listens at a local display, by its socket in the file system or beside it."""
    for address in (f"/tmp/.X11-unix/X{number}", f"\0/tmp/.X11-unix/X{number}"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            try:
                probe.connect(address)
            except OSError:
                continue
            return True
    return False
