"""Whether there is a display for a window."""

from __future__ import annotations

import socket
import sys

import pytest

from playground.app.display import has_display


def test_a_display_is_found_by_what_the_environment_says() -> None:
    assert not has_display({}, "linux")
    assert not has_display({"QT_QPA_PLATFORM": "xcb"}, "linux")
    assert not has_display({"QT_QPA_PLATFORM": "xcb;wayland"}, "linux")
    assert not has_display({"DISPLAY": ":7919"}, "linux")  # a name that no server answers to
    assert has_display({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_display({"DISPLAY": "far.example:0"}, "linux")  # too slow to ask
    assert has_display({}, "win32")
    assert has_display({}, "darwin")


@pytest.mark.skipif(sys.platform != "linux", reason="the address is one of Linux")
def test_a_local_display_is_asked() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X7918")
        server.listen()
        assert has_display({"DISPLAY": ":7918"}, "linux")
        assert has_display({"DISPLAY": ":7918.0"}, "linux")
