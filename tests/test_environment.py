"""The versions that the program stands on: their ranges, their locks and the fault that they avoid."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from playground.app.guard import Version, check_versions, refusal
from playground.model.message import sentence

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
REQUIRED = [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]]


def test_a_call_that_returns_none_keeps_its_reference(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.update()
    before = sys.getrefcount(None)
    for _ in range(1_000):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 100


@pytest.mark.parametrize(
    ("python", "pyside", "refused"),
    [
        ((3, 11), (6, 11, 3), False),
        ((3, 11), (6, 12, 0), True),
        ((3, 11), (6, 13, 0), True),
        ((3, 10), (6, 12, 0), True),
        ((3, 12), (6, 12, 0), False),
        ((3, 13), (6, 11, 3), False),
    ],
)
def test_the_guard_refuses_the_versions_that_crash(python: Version, pyside: Version, refused: bool) -> None:
    refusal_text = check_versions(python, pyside)
    assert (refusal_text is not None) == refused
    if refusal_text is not None:
        text = sentence(refusal_text)
        assert ".".join(map(str, pyside)) in text
        assert ".".join(map(str, python)) in text


def test_the_guard_accepts_what_is_installed() -> None:
    assert refusal() is None


@pytest.mark.parametrize(
    ("python", "pyside", "wanted"),
    [
        ("3.11", "6.11.3", True),
        ("3.11", "6.12.0", False),
        ("3.12", "6.12.0", True),
        ("3.13", "6.11.2", False),
        ("3.13", "7.0.0", False),
    ],
)
def test_the_ranges_agree_with_the_guard(python: str, pyside: str, wanted: bool) -> None:
    ranges = [item for item in REQUIRED if item.name == "PySide6-Essentials"]
    applying = [item for item in ranges if item.marker and item.marker.evaluate({"python_version": python})]
    assert len(applying) == 1
    assert (pyside in applying[0].specifier) == wanted


def test_what_is_installed_is_within_the_ranges() -> None:
    applying = [item for item in REQUIRED if item.marker is None or item.marker.evaluate()]
    assert len(applying) == len(REQUIRED) - 1
    for item in applying:
        assert metadata.version(item.name) in item.specifier


def test_the_lock_names_no_place_and_hashes_everything() -> None:
    assert "://" not in LOCK
    assert not re.search(r"^\s*-(?!-hash=sha256:[0-9a-f]{64}\b)", LOCK, flags=re.MULTILINE)
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", LOCK, flags=re.MULTILINE | re.DOTALL)
    assert len(entries) > len(REQUIRED)
    for entry in entries:
        assert re.match(r"[a-z0-9-]+==[^\s;]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_lock_holds_every_requirement_within_its_range() -> None:
    pinned: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==([^\s;]+)", LOCK, flags=re.MULTILINE):
        pinned.setdefault(name, set()).add(version)
    for item in REQUIRED:
        versions = pinned[canonicalize_name(item.name)]
        assert any(version in item.specifier for version in versions), item
