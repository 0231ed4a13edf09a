"""Joins the player to the document: which pass is played, and when what it taught is kept."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from playground.app.document import Document
from playground.app.pass_source import PassSource
from playground.app.player import Player
from playground.model import edits
from playground.model.message import Message, message
from playground.model.trace import LearnerState, Trace

NOT_FROM_TEST = message("The network does not learn from test examples, so nothing has changed.")


class PassControl(QObject):
    """Gives the player the pass to play, and keeps what a pass has taught as one undo step.

    Scrubbing and stepping never change the document. When playback runs past the end of Update, or the next
    example is asked for, the new values are kept, unless `keep` is off. A loop goes round without keeping.
    The finished pass stays on the stage until the person goes on; the document is one update ahead of it.
    """

    started = Signal()
    """A pass begins to play: training must pause."""
    kept = Signal(object)
    """What a pass has taught was kept: the name of the undo step, a message; or why it was not."""

    def __init__(
        self, document: Document, source: PassSource, player: Player, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._source = source
        self._player = player
        self._held: Trace | None = None
        self._held_state: LearnerState | None = None
        self._is_keeping = False
        self.keep = True
        self.may_keep = True
        """Whether there is anything that could keep it: not while an instant of the past is looked at."""
        source.prepare = player.prepare
        document.leaving.connect(self.leave)
        source.changed.connect(self._on_source)
        player.ended.connect(self._on_ended)
        player.playing_changed.connect(self._on_playing)

    @property
    def trace(self) -> Trace | None:
        """The pass on the stage: the one just finished while it is held, else that of the present values."""
        return self._held if self._held is not None else self._source.trace

    @property
    def state(self) -> LearnerState:
        """The learner as it is before the pass on the stage."""
        return self._held_state if self._held_state is not None else self._source.state

    def toggle(self) -> None:
        """Play or pause; from the end of a pass the next one begins with the present values."""
        timeline = self._player.timeline
        at_end = timeline is not None and self._player.time_s == timeline.duration_s
        if at_end and not self._player.is_playing:
            self._release()
        self._player.toggle()

    def leave(self) -> None:
        """Show the present values at rest."""
        self._player.rest()
        self._release()

    def go_on(self, direction: int = 1) -> None:
        """Take the next example (or the one before); forward, keep what this pass teaches."""
        was_playing, was_under_way = self._player.is_playing, self._player.time_s is not None
        if direction > 0 and was_under_way:
            self._learn()
        self._player.rest()
        self._held = self._held_state = None
        self._source.choose(self._source.row + direction * max(len(self._source.rows), 1))
        self._player.set_trace(self.trace)
        if was_under_way:
            self._player.seek(0.0)
        if was_playing:
            self._player.play()

    def _on_source(self) -> None:
        if self._is_keeping:
            return
        self._held = self._held_state = None
        self._player.set_trace(self.trace)

    def _on_playing(self, is_playing: bool) -> None:
        if is_playing:
            self.started.emit()

    def _on_ended(self) -> None:
        self._learn()

    def _learn(self) -> None:
        done = self.trace
        if not (self.keep and self.may_keep) or done is None or not done.has_answer or done is self._held:
            return
        if self._source.test_row is not None:
            self.kept.emit(NOT_FROM_TEST)
            return
        state = self._source.state_after(done)
        self._is_keeping = True
        self._held, self._held_state = done, self._source.state
        if self._document.apply(edits.learn(state.parameters, learned_from(done))):
            self._document.set_state(state)
            self.kept.emit(learned_from(done))
        self._is_keeping = False

    def _release(self) -> None:
        if self._held is not None:
            self._held = self._held_state = None
            self._player.set_trace(self.trace)


def learned_from(done: Trace) -> Message:
    """Return the name of the undo step that keeps what a pass has taught."""
    if done.n_rows == 1:
        return message("Learn from example {number}", number=int(done.rows[0]) + 1)
    return message("Learn from {count} examples", count=done.n_rows)
