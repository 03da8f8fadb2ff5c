"""What happened in the course of a day, in order: the one source of its chart, its table and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tray_agent.shell.words import N_, _, about
from tray_agent.ui.today.clock_words import time_of_day
from tray_agent.ui.today.today_brief import Call, Day, Prompt, Span


class Track(StrEnum):
    """Where something stands in the picture of a day."""

    POSTURE = "posture"
    CALL = "call"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that lasted, or (a prompt) that came at one moment.

    `look` says how it is drawn: a posture, `unseen`, `call` or the outcome of a prompt.
    """

    track: Track
    look: str
    from_s: float
    to_s: float
    what: str

    @property
    def sentence(self) -> str:
        """All there is to know of it."""
        if self.track is Track.PROMPT:
            return _("{time}: {what}").format(time=time_of_day(self.from_s), what=self.what)
        return _("{start} to {end}: {what}, {length}").format(
            start=time_of_day(self.from_s),
            end=time_of_day(self.to_s),
            what=self.what,
            length=about(self.to_s - self.from_s),
        )

    @property
    def cells(self) -> tuple[str, ...]:
        """Its row in the table."""
        if self.track is Track.PROMPT:
            return time_of_day(self.from_s), "", self.what, ""
        ends = time_of_day(self.from_s), time_of_day(self.to_s)
        return *ends, self.what, about(self.to_s - self.from_s)


_NAMES = {
    "seated": N_("Sitting"),
    "standing": N_("Standing"),
    "away": N_("Away from the desk"),
    "unseen": N_("Not observed"),
    "call": N_("Call"),
}
_CAUSES = {
    "lock": N_("Away from the desk (screen locked)"),
    "sleep": N_("Away from the desk (computer asleep)"),
    "said": N_("Away from the desk (you said so)"),
}
_KINDS = {
    "stand_up": N_("Prompt to stand up: {outcome}"),
    "hip_flexor": N_("Prompt for a hip-flexor stretch: {outcome}"),
    "glutes": N_("Prompt for a glute set: {outcome}"),
}
_OUTCOMES = {
    "started": N_("started"),
    "snoozed": N_("asked again later"),
    "skipped": N_("skipped"),
    "dismissed": N_("closed"),
    "ignored": N_("no answer"),
    "withdrawn": N_("you were up already"),
    "showing": N_("waiting for you"),
}


def happenings(day: Day) -> list[Happening]:
    """Everything of the day, by the time it began."""
    every = [*map(_span, day.spans), *map(_call, day.calls), *map(_prompt, day.prompts)]
    return sorted(every, key=lambda each: (each.from_s, list(Track).index(each.track)))


def titles() -> tuple[str, ...]:
    """The heads of the table's columns."""
    return _("From"), _("To"), _("What"), _("How long")


def legend(all_of_it: Sequence[Happening], now_s: float | None) -> list[tuple[str, str]]:
    """Every look that occurs and what it stands for; the prompts begin a line of their own."""
    seen = {each.look for each in all_of_it}
    told = [(look, _(name)) for look, name in _NAMES.items() if look in seen]
    if now_s is not None:
        told.append(("now", _("Now")))
    prompts = [(look, _(name)) for look, name in _OUTCOMES.items() if look in seen]
    return [*told, ("", _("Prompts:")), *prompts] if prompts else told


def _span(span: Span) -> Happening:
    look = "unseen" if span.cause == "gap" else span.posture
    what = _CAUSES.get(span.cause, _NAMES[look]) if look == "away" else _NAMES[look]
    return Happening(Track.POSTURE, look, span.from_s, span.to_s, _(what))


def _call(call: Call) -> Happening:
    return Happening(Track.CALL, "call", call.from_s, call.to_s, _(_NAMES["call"]))


def _prompt(prompt: Prompt) -> Happening:
    what = _(_KINDS[prompt.kind]).format(outcome=_(_OUTCOMES[prompt.outcome]))
    return Happening(Track.PROMPT, prompt.outcome, prompt.at_s, prompt.at_s, what)
