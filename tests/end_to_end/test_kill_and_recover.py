"""The program is killed with unsaved work; the next start offers it."""

from __future__ import annotations

import subprocess
import sys

from pytestqt.qtbot import QtBot

from playground.app.recovery import lost_work
from tests.end_to_end.butler import Butler
from tests.end_to_end.conftest import WAIT_MS, MakeWindow

PROGRAM = """
from PySide6.QtWidgets import QApplication
from playground.app.settings import Settings
from playground.app.window import Window
from playground.model import edits

application = QApplication([])
window = Window(application, Settings())
window.show()
assert window.document.apply(edits.add_node("hidden", 0.0, 400.0, "Precious"))
window.autosave.write_now()
print("kept", flush=True)
application.exec()
"""


def test_a_killed_program_loses_nothing(make_window: MakeWindow, qtbot: QtBot, butler: Butler) -> None:
    process = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    process.kill()
    process.wait()
    process.stdout.close()
    assert len(lost_work()) == 1

    window = make_window()
    butler.expect("RecoveryDialog", lambda dialog: dialog.recover.click())  # type: ignore[attr-defined]  # its button
    window.files.offer_lost_work()
    qtbot.waitUntil(
        lambda: any(node.label == "Precious" for node in window.document.experiment.network.nodes.values()),
        timeout=WAIT_MS,
    )
    assert butler.seen == ["RecoveryDialog"]
    assert window.document.is_modified
    qtbot.waitUntil(lambda: lost_work() == [], timeout=WAIT_MS)
