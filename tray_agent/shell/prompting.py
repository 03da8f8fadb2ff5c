"""Puts a prompt before the person as hard as they wished: in the icon, as a note, in a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tray_agent.core import events as ev
from tray_agent.core.engine import View
from tray_agent.core.model import Do, Insistence, Kind, Outcome, Prompt, Routine
from tray_agent.ports import Loop, Note, Notifier, Timer
from tray_agent.shell import resources
from tray_agent.shell.catalogue import Catalogue
from tray_agent.shell.guide import Guide, Invitation
from tray_agent.shell.words import _, about

HEADS_UP_S = 15.0
"""A note tells so long before that a window is going to open."""

_ANSWERS = {"default": Do.START} | {do.value: do for do in Do}
"""Some services invent keys of their own: then the note is gone, and that is all there is to know."""

_IN_A_WINDOW = (Insistence.WINDOW, Insistence.FIRM)


class Prompting:
    """Shows one prompt at a time.

    `read_aloud()` tells whether a screen reader runs: it speaks notes, but cannot see an icon change.
    """

    def __init__(
        self,
        loop: Loop,
        catalogue: Catalogue,
        notifier: Notifier,
        guide: Guide,
        *,
        speed: float,
        read_aloud: Callable[[], bool] = lambda: False,
    ) -> None:
        self._loop = loop
        self._catalogue = catalogue
        self._notifier = notifier
        self._guide = guide
        self._speed = speed
        self._read_aloud = read_aloud
        self._timer: Timer | None = None

    def show(self, prompt: Prompt, view: View, coming: Routine, snooze_s: float) -> None:
        """Put the prompt, with the routine that would come with it, in place of the one before."""
        self._cancel()
        if prompt.insistence is Insistence.ICON and not self._read_aloud():
            return
        opens = prompt.insistence in _IN_A_WINDOW

        # Everything may hurt by the time a prompt is taken up again: then it asks for the break alone.
        exercise = coming.steps[0].exercise if coming.steps else None
        picture = resources.icon(f"exercises/{exercise}.png") if exercise else None
        movement = ""
        if exercise and prompt.kind is not Kind.STAND_UP:
            movement = self._catalogue.text(exercise).title
        plain = note(prompt, view, movement, picture, snooze_s)
        invited = invitation(prompt, view, movement, coming, snooze_s)

        def window() -> None:
            self._guide.invite(invited, self._notifier.withdraw, lambda: self._notifier.show(plain))

        if opens:
            self._notifier.show(heads_up(plain))
            self._timer = self._loop.call_later(HEADS_UP_S / self._speed, window)
        else:
            self._notifier.show(plain)

    def ask(self, question: int, absence_s: float) -> None:
        """Ask whether the person was up; the answer's number is the question's, below 0."""
        body = _("Nothing was typed for {time}.").format(time=about(absence_s))
        actions = (("up", _("I was up")), ("sat", _("I was sitting")))
        self._notifier.show(Note(-question, _("Were you up just now?"), body, actions))

    def withdraw(self, outcome: Outcome) -> None:
        """Take the prompt away; one that was started goes over into its routine."""
        self._cancel()
        self._notifier.withdraw()
        if outcome is not Outcome.STARTED:
            self._guide.withdraw()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def answer(prompt: int, key: str) -> ev.Event | None:
    """What a note's button says: prompts count up from 1, questions down from -1, 0 only informs."""
    if prompt < 0:
        return ev.WereUp(-prompt, {"up": True, "sat": False}.get(key))
    if prompt > 0:
        return ev.Answer(_ANSWERS.get(key, Do.DISMISS), prompt)
    return None


def note(prompt: Prompt, view: View, movement: str, picture: Path | None, snooze_s: float) -> Note:
    """The prompt in words, with its answers; `movement` names the exercise that comes with it, if any."""
    body = _join(_sitting(view), _movement(movement))
    answers = [("start", _("Start"))]
    if prompt.snoozes_left > 0:
        answers.append(("snooze", _("In {n} min").format(n=round(snooze_s / 60))))
    answers.append(("skip", _("Skip")))
    return Note(prompt.id, _title(view), body, tuple(answers), picture)


def heads_up(plain: Note) -> Note:
    """The same when a window is going to put it too."""
    return replace(plain, body=_join(plain.body, _("The break window opens in a moment.")))


def invitation(prompt: Prompt, view: View, movement: str, coming: Routine, snooze_s: float) -> Invitation:
    """The prompt as the break window puts it."""
    return Invitation(
        prompt.id,
        prompt.kind,
        _title(view),
        _sitting(view),
        _movement(movement),
        round(snooze_s / 60) if prompt.snoozes_left > 0 else None,
        prompt.insistence is Insistence.FIRM,
        coming,
    )


def _title(view: View) -> str:
    return _("Time to stand up") if view.stands else _("Time to move")


def _sitting(view: View) -> str:
    return _("You have been sitting {time}.").format(time=about(view.estimate.sitting_s))


def _movement(exercise: str) -> str:
    return _("With this break: {movement}.").format(movement=exercise) if exercise else ""


def _join(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
