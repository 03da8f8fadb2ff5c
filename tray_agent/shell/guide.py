"""The break window: invites to a routine and guides through one.

Where no window can be shown, notes and the clock guide.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from tray_agent.core import events as ev
from tray_agent.core.model import Do, Kind, Routine
from tray_agent.ports import Loop, Note, Notifier, Timer, Windows
from tray_agent.shell import break_brief
from tray_agent.shell.catalogue import Catalogue

WINDOW = "break"

Said = dict[str, Any]


class Invitation(Struct, frozen=True):
    """A prompt as the window puts it, with the routine that would come with it.

    `snooze_min` is None when it cannot be snoozed any more.
    """

    prompt: int
    kind: Kind
    title: str
    sentence: str
    movement: str
    snooze_min: int | None
    firm: bool
    coming: Routine


class Manner(Struct, frozen=True):
    """How the person wants to be guided.

    `time_limit` multiplies the time to get ready; None means as long as they like.
    """

    time_limit: float | None = 1.0
    sound: bool = False
    speech: bool = False


class Guide:
    """Keeps at most one window; what the person does in it is told as events.

    `manner()` is asked each time one opens, `help_wanted()` when the person asks for help in one.
    """

    def __init__(
        self,
        loop: Loop,
        catalogue: Catalogue,
        windows: Windows,
        notifier: Notifier,
        *,
        speed: float,
        tell: Callable[[ev.Event], object],
        manner: Callable[[], Manner] = Manner,
        help_wanted: Callable[[], object] = lambda: None,
    ) -> None:
        self._loop = loop
        self._catalogue = catalogue
        self._windows = windows
        self._notifier = notifier
        self._speed = speed
        self._tell = tell
        self._manner = manner
        self._help_wanted = help_wanted
        self._open: _Opened | None = None
        self._playing: Routine | None = None
        self._timer: Timer | None = None

    def invite(
        self, invitation: Invitation, shown: Callable[[], object], failed: Callable[[], object]
    ) -> None:
        """Show a prompt in the window: `shown` when it is there, `failed` if it never is or dies."""
        self.stop()
        ask = {
            "prompt": invitation.prompt,
            "sentence": invitation.sentence,
            "movement": invitation.movement,
            "snooze_min": invitation.snooze_min,
        }
        words: dict[str, Any] = {
            "title": invitation.title,
            "kind": invitation.kind,
            "routine": None,
            "steps": break_brief.steps(invitation.coming, self._catalogue)[:1],
            "ask": ask,
        }
        opened = _Opened(invitation.prompt, shown, failed)
        self._show(opened, {**words, "quietly": True, "firm": invitation.firm})

    def withdraw(self) -> None:
        """Take an invitation away; a routine goes on."""
        if self._open is not None and self._open.inviting is not None:
            self._close()

    def play(self, routine: Routine) -> None:
        """Begin the routine, in place of the one before; an open invitation becomes its window."""
        words = break_brief.routine(routine, self._catalogue)
        if self._open is not None and self._open.inviting is not None:
            self._playing, self._open.inviting = routine, None
            self._windows.tell(WINDOW, {"do": "play", **words})
            return
        self.stop()
        self._playing = routine
        self._show(_Opened(), words)

    def swap(self, routine: Routine, at: int) -> None:
        """Go on with these steps from number `at`; those before are as they were."""
        self._playing = routine
        if self._open is not None:
            changed = break_brief.steps(routine, self._catalogue)
            self._windows.tell(WINDOW, {"do": "swap", "steps": changed, "at": at})

    def come_forward(self) -> bool:
        """Bring the window to the front; False when there is none."""
        if self._open is None:
            return False
        self._windows.tell(WINDOW, {"do": "front"})
        return True

    def release(self) -> None:
        """Let go of the screens a window fills, for a call that begins; the routine goes on."""
        if self._open is not None:
            self._windows.tell(WINDOW, {"do": "release"})

    def stop(self) -> None:
        """Close the window without waiting for its word."""
        self._playing = None
        self._cancel()
        self._close()

    def _show(self, opened: _Opened, words: dict[str, Any]) -> None:
        manner = self._manner()
        brief = {
            "v": 1,
            **words,
            "speed": self._speed,
            "time_limit": manner.time_limit,
            "sound": manner.sound,
            "speech": manner.speech,
        }
        self._open = opened
        self._windows.open(WINDOW, brief, lambda said: self._heard(opened, said))

    def _heard(self, opened: _Opened, said: Said) -> None:
        if self._open is not opened:
            return
        match said["event"]:
            case "ready":
                opened.shown()
            case "answer":
                self._answered(opened, said)
            case "too_hard":
                self._tell(ev.TooHard(said["routine"], said["step"]))
            case "hurts":
                self._tell(ev.Hurts(said["routine"], said["step"]))
            case "help":
                self._help_wanted()
            case "ended":
                self._ended(opened, tuple(said.get("done", ())))
            case "gone":
                self._gone(opened)
            case _:
                pass

    def _answered(self, opened: _Opened, said: Said) -> None:
        if opened.inviting != said["prompt"]:
            return
        answer = Do(said["do"])
        if answer is not Do.START:
            self._close()
        self._tell(ev.Answer(answer, said["prompt"]))

    def _ended(self, opened: _Opened, done: tuple[int, ...]) -> None:
        self._open = None
        routine, self._playing = self._playing, None
        if opened.inviting is not None:
            self._tell(ev.Answer(Do.DISMISS, opened.inviting))
        elif routine is not None:
            self._tell(ev.RoutineEnded(routine.id, done))

    def _gone(self, opened: _Opened) -> None:
        self._open = None
        if opened.inviting is not None:
            opened.failed()
        elif self._playing is not None:
            self._note(self._playing, 0)

    def _note(self, routine: Routine, number: int) -> None:
        """The clock guides: each step has a note, and is done when its time has run."""
        if number == len(routine.steps):
            self.stop()
            self._notifier.withdraw()
            self._tell(ev.RoutineEnded(routine.id, tuple(range(number))))
            return
        step = routine.steps[number]
        lines = self._catalogue.text(step.exercise).steps
        self._notifier.show(Note(0, break_brief.heading(step, self._catalogue), " ".join(lines), ()))
        wait_s = step.seconds / self._speed
        self._timer = self._loop.call_later(wait_s, lambda: self._note(routine, number + 1))

    def _close(self) -> None:
        if self._open is not None:
            self._open = None
            self._windows.close(WINDOW)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


class _Opened(Struct, eq=False):
    """One window's life: the prompt it puts, or None once it plays."""

    inviting: int | None = None
    shown: Callable[[], object] = lambda: None
    failed: Callable[[], object] = lambda: None
