"""Whether the person wants less motion: the system's own setting."""

from __future__ import annotations

import sys

ASK_SECONDS = 2.0
LINUX = ("gsettings", "get", "org.gnome.desktop.interface", "enable-animations")
MACOS = ("defaults", "read", "com.apple.universalaccess", "reduceMotion")


def system_reduces_motion(platform: str = sys.platform) -> bool:
    """Ask the system whether motion should be reduced; False where it does not say. Takes a moment."""
    if platform == "win32":
        return _windows_reduces()
    import subprocess

    command, yes = (MACOS, "1") if platform == "darwin" else (LINUX, "false")
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=ASK_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == yes


def _windows_reduces() -> bool:
    import ctypes

    client_area_animation = 0x1042  # SPI_GETCLIENTAREAANIMATION
    enabled = ctypes.c_int(1)
    library = getattr(ctypes, "windll", None)
    if library is None:
        return False
    library.user32.SystemParametersInfoW(client_area_animation, 0, ctypes.byref(enabled), 0)
    return not enabled.value
