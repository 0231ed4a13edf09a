"""What the system says about motion, on each platform."""

from __future__ import annotations

import subprocess

import pytest

from playground.app.motion import system_reduces_motion


@pytest.mark.parametrize(
    ("platform", "command", "answer", "reduced"),
    [
        ("linux", "gsettings", "false\n", True),
        ("linux", "gsettings", "true\n", False),
        ("linux", "gsettings", "", False),
        ("darwin", "defaults", "1\n", True),
        ("darwin", "defaults", "0\n", False),
    ],
)
def test_the_system_is_asked(
    monkeypatch: pytest.MonkeyPatch, platform: str, command: str, answer: str, reduced: bool
) -> None:
    asked: list[str] = []

    def run(arguments: tuple[str, ...], **_options: object) -> subprocess.CompletedProcess[str]:
        asked.append(arguments[0])
        return subprocess.CompletedProcess(arguments, 0, answer, "")

    monkeypatch.setattr(subprocess, "run", run)
    assert system_reduces_motion(platform) == reduced
    assert asked == [command]


@pytest.mark.parametrize("trouble", [FileNotFoundError(), subprocess.TimeoutExpired("gsettings", 2.0)])
def test_a_system_that_does_not_answer_moves(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    def run(*_arguments: object, **_options: object) -> None:
        raise trouble

    monkeypatch.setattr(subprocess, "run", run)
    assert not system_reduces_motion("linux")
