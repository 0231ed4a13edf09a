"""Opening and saving: nothing is lost, whatever another window, another program or the disk does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from playground.app.background import Background
from playground.app.document import Document
from playground.app.file_guard import FileLock
from playground.app.files import Files
from playground.app.recent import RecentFiles
from playground.app.recovery import RecoveryFile, lost_work
from playground.app.settings import Settings
from playground.model import edits, file
from playground.model.message import Message, sentence
from tests.end_to_end.butler import Butler
from tests.model.random_edits import random_experiment
from widgets.dialogs.changed_dialog import ChangedDialog
from widgets.dialogs.error_dialog import ErrorDialog
from widgets.dialogs.recovery_dialog import RecoveryDialog
from widgets.dialogs.unsaved_dialog import UnsavedDialog

Choose = Callable[[Path | None], None]


class Desk:
    """A window with a document, its files, and what they say."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.document = Document(*random_experiment(Random(5)))
        self.background = Background()
        self.recent = RecentFiles(Settings())
        self.files = Files(self.window, self.document, self.background, Settings(), self.recent)
        self.said: list[str] = []
        self.files.notice.connect(self._hear)

    def wait(self) -> None:
        """Wait until reading and writing are done."""
        self._qtbot.waitUntil(lambda: self.background.is_idle, timeout=20_000)

    def edit(self, name: str) -> None:
        """Change the document."""
        assert self.document.apply(edits.rename(self.document.experiment.network.node_ids[0], name))

    @property
    def name(self) -> str:
        """What `edit` has set last."""
        network = self.document.experiment.network
        return network.nodes[network.node_ids[0]].label

    def close(self) -> None:
        """Close as the window does."""
        self.background.shutdown()
        self.files.release()
        self.document.close()

    def _hear(self, said: Message) -> None:
        self.said.append(sentence(said))


@pytest.fixture
def make_desk(qtbot: QtBot) -> Iterator[Callable[[], Desk]]:
    desks: list[Desk] = []

    def make() -> Desk:
        desks.append(Desk(qtbot))
        return desks[-1]

    yield make
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()


@pytest.fixture
def saved(desk: Desk, file_chosen: Choose, tmp_path: Path) -> Path:
    """The desk's document, saved to a file."""
    path = tmp_path / "mine.playground"
    file_chosen(path)
    desk.edit("first")
    desk.files.save()
    desk.wait()
    assert desk.said == ["Saved as mine.playground."]
    desk.said.clear()
    return path


def label_in(path: Path) -> str:
    network = file.read(path.read_bytes())[0].network
    return network.nodes[network.node_ids[0]].label


def press(answer: str) -> Callable[[QDialog], object]:
    """Press the button of this name in a dialog."""
    return lambda dialog: getattr(dialog, answer).click()


def test_the_first_save_asks_where_and_the_next_does_not(
    desk: Desk, saved: Path, file_chosen: Choose
) -> None:
    assert desk.document.path == saved
    assert not desk.document.is_modified
    assert desk.recent.files == [saved]
    file_chosen(None)
    desk.edit("second")
    desk.files.save()
    desk.wait()
    assert label_in(saved) == "second"
    assert not desk.document.is_modified


def test_save_as_gives_a_second_file_and_goes_on_there(
    desk: Desk, saved: Path, file_chosen: Choose, tmp_path: Path
) -> None:
    file_chosen(tmp_path / "other")
    desk.edit("second")
    desk.files.save_as()
    desk.wait()
    assert desk.document.path == tmp_path / "other.playground"
    assert (label_in(saved), label_in(tmp_path / "other.playground")) == ("first", "second")
    assert FileLock(saved).take()


def test_cancelling_the_choice_of_a_file_saves_nothing(desk: Desk, file_chosen: Choose) -> None:
    file_chosen(None)
    desk.edit("never saved")
    went_on: list[bool] = []
    desk.files.save(lambda: went_on.append(True))
    assert desk.background.is_idle
    assert desk.document.is_modified
    assert desk.document.path is None
    assert not went_on


def test_what_was_edited_while_it_was_saved_counts_as_new(desk: Desk, saved: Path) -> None:
    desk.edit("second")
    desk.files.save()
    desk.edit("third")
    desk.wait()
    assert label_in(saved) == "second"
    assert desk.document.is_modified


def test_work_done_while_it_is_saved_is_asked_about_before_going_on(
    desk: Desk, saved: Path, butler: Butler
) -> None:
    butler.expect(UnsavedDialog.__name__, press("cancel"))
    went_on: list[bool] = []
    desk.edit("second")
    desk.files.save(lambda: went_on.append(True))
    desk.edit("third")
    desk.wait()
    assert label_in(saved) == "second"
    assert butler.seen == ["UnsavedDialog"]
    assert not went_on
    desk.files.save(lambda: went_on.append(True))
    desk.wait()
    assert went_on == [True]


def test_a_document_opened_while_another_is_saved_does_not_take_its_file(
    desk: Desk, butler: Butler, file_chosen: Choose, tmp_path: Path
) -> None:
    path = tmp_path / "mine.playground"
    file_chosen(path)
    desk.edit("first")
    butler.expect(UnsavedDialog.__name__, press("discard"))
    desk.files.save()
    desk.files.new()
    desk.wait()
    assert label_in(path) == "first"
    assert desk.document.path is None
    assert not desk.document.is_modified
    assert FileLock(path).take()


@pytest.mark.parametrize(
    ("answer", "in_file", "in_other"),
    [("cancel", "theirs", None), ("overwrite", "mine", None), ("save_as", "theirs", "mine")],
)
def test_a_file_changed_by_another_program_is_asked_about(
    desk: Desk,
    saved: Path,
    butler: Butler,
    file_chosen: Choose,
    tmp_path: Path,
    answer: str,
    in_file: str,
    in_other: str | None,
) -> None:
    saved.write_bytes(saved.read_bytes().replace(b"first", b"theirs"))
    desk.edit("mine")
    file_chosen(tmp_path / "other.playground")
    butler.expect(ChangedDialog.__name__, press(answer))
    desk.files.look_for_change()
    desk.files.look_for_change()
    assert desk.said == ["mine.playground was changed by another program; saving asks which to keep."]
    desk.files.save()
    desk.wait()
    assert butler.seen == ["ChangedDialog"]
    assert label_in(saved) == in_file
    other = tmp_path / "other.playground"
    assert (label_in(other) if other.exists() else None) == in_other
    assert desk.document.is_modified == (answer == "cancel")


def test_a_second_window_on_the_same_file_gets_a_copy(
    make_desk: Callable[[], Desk], saved: Path, butler: Butler, file_chosen: Choose
) -> None:
    second = make_desk()
    second.files.open(saved)
    second.wait()
    assert second.said == ["mine.playground is open in another window, so this is a copy."]
    assert second.name == "first"
    assert second.document.path is None
    assert second.document.is_modified
    file_chosen(saved)
    butler.expect("ErrorDialog", lambda dialog: dialog.accept())
    second.files.save()
    second.wait()
    assert butler.seen == ["ErrorDialog"]
    assert second.document.path is None


def test_a_file_is_free_again_when_its_window_opens_another(
    desk: Desk, make_desk: Callable[[], Desk], saved: Path
) -> None:
    desk.files.new()
    second = make_desk()
    second.files.open(saved)
    second.wait()
    assert second.document.path == saved
    assert second.said == []


def test_a_file_that_cannot_be_written_is_told_and_stays(
    desk: Desk, saved: Path, butler: Butler, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("os.fsync", refuse)
    shown: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, ErrorDialog)
        shown.append(dialog.sentence.text())
        dialog.accept()

    butler.expect("ErrorDialog", read)
    desk.edit("second")
    went_on: list[bool] = []
    desk.files.save(lambda: went_on.append(True))
    desk.wait()
    assert shown == [f"Nothing can be written into the folder {saved.parent}. Choose another place."]
    assert label_in(saved) == "first"
    assert desk.document.is_modified
    assert not went_on


@pytest.mark.parametrize(
    ("answer", "went", "kept_in_file"),
    [("cancel", False, "first"), ("discard", True, "first"), ("save", True, "second")],
)
def test_unsaved_work_is_asked_about(
    desk: Desk, saved: Path, butler: Butler, answer: str, went: bool, kept_in_file: str
) -> None:
    desk.edit("second")
    butler.expect(UnsavedDialog.__name__, press(answer))
    desk.files.new()
    desk.wait()
    assert butler.seen == ["UnsavedDialog"]
    assert (len(desk.document.experiment.network.nodes) == 0) == went
    assert label_in(saved) == kept_in_file


def test_saved_work_is_not_asked_about(desk: Desk, saved: Path, butler: Butler) -> None:
    del saved
    desk.files.open_example("xor")
    desk.wait()
    assert butler.seen == []
    assert len(desk.document.experiment.network.inputs) == 2
    assert desk.document.path is None
    assert not desk.document.is_modified


def test_work_done_while_a_file_is_read_is_asked_about(
    desk: Desk, make_desk: Callable[[], Desk], saved: Path, butler: Butler
) -> None:
    del desk
    second = make_desk()
    butler.expect(UnsavedDialog.__name__, press("cancel"))
    second.files.open(saved)
    second.edit("meanwhile")
    second.wait()
    assert butler.seen == ["UnsavedDialog"]
    assert second.name == "meanwhile"


def test_tables_are_handed_on(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.files.table_requested) as asked:
        desk.files.open(tmp_path / "rows.CSV")
    assert asked.args == [tmp_path / "rows.CSV"]


@pytest.fixture
def lost(desk: Desk) -> str:
    """What an ended program has left behind: its lock is free."""
    document = Document(*random_experiment(Random(6)))
    document.apply(edits.rename(document.experiment.network.node_ids[0], "nearly lost"))
    recovery = RecoveryFile()
    recovery.write(file.write(document.experiment, document.parameters), Path("/somewhere/plan.playground"))
    recovery._lock.unlock()
    document.close()
    assert len(lost_work()) == 1
    assert desk.name != "nearly lost"
    return "nearly lost"


@pytest.mark.parametrize(("answer", "still_there"), [("later", 1), ("discard", 0), ("recover", 0)])
def test_lost_work_is_offered(desk: Desk, lost: str, butler: Butler, answer: str, still_there: int) -> None:
    kept_before_discarding: list[int] = []
    desk.files.recovered.connect(lambda: kept_before_discarding.append(len(lost_work())))
    butler.expect(RecoveryDialog.__name__, press(answer))
    desk.files.offer_lost_work()
    assert butler.seen == ["RecoveryDialog"]
    desk.wait()
    assert len(lost_work()) == still_there
    assert (desk.name == lost) == (answer == "recover")
    assert desk.document.is_modified == (answer == "recover")
    assert desk.document.path is None
    assert kept_before_discarding == ([1] if answer == "recover" else [])
