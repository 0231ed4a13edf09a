"""Guards round every test: its own folders, no warning, no message from Qt, nothing left behind."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from kernels.cache import use_cache
from tests import leaks
from tests.qt_messages import QtMessages

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for variable in ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_STYLE_OVERRIDE", "QT_QPA_PLATFORMTHEME"):
    os.environ.pop(variable, None)

# Compiled once for all workers and the runs after this one; before anything loads Numba.
use_cache(Path(__file__).parent.parent / ".pytest_cache")

# The same examples on every machine, and none refused for being slow on a busy one.
settings.register_profile(
    "playground", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("playground")

ALIVE_BEFORE = pytest.StashKey[dict[leaks.Identity, str]]()
FAILED = pytest.StashKey[bool]()

FOLDERS = {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime",
}


def pytest_collection_finish() -> None:
    """Collect garbage only when asked, as the program does, and never look at the libraries again."""
    gc.disable()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the settings, caches and recovery files of one test."""
    home = tmp_path_factory.mktemp("home")
    for variable, name in FOLDERS.items():
        (home / name).mkdir(mode=0o700)
        monkeypatch.setenv(variable, str(home / name))
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QSettings, QStandardPaths

        # Qt reads the variables for settings once, and on Windows and macOS not at all.
        for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
            QSettings.setPath(form, QSettings.Scope.UserScope, str(home / "config"))
        QStandardPaths.setTestModeEnabled(sys.platform != "linux")
    return home


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Remember what is alive before the test and its fixtures."""
    item.stash[ALIVE_BEFORE] = leaks.alive()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember a failure: its traceback keeps objects alive for good reason."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Fail a test that leaves something alive, or whose end makes Qt complain."""
    with QtMessages(item.config.getini("qt_log_ignore")) as messages:
        yield
        getattr(item, "funcargs", {}).clear()  # values of fixtures that are over
        leaks.settle()
    if item.stash.get(FAILED, False):
        return
    left = leaks.left_since(item.stash[ALIVE_BEFORE])
    assert not left, f"the test leaves behind: {', '.join(left)}"
    assert not messages.texts, f"Qt complained while the test was cleared away: {messages.texts}"
    gc.freeze()  # what is here now stays: libraries loaded since, and all that a closed window gave back
