"""The tray menu, made from the agent's state each time it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tray_agent.core import events as ev
from tray_agent.core.engine import View
from tray_agent.core.model import Do, Intensity, Kind, Posture
from tray_agent.ports import Entry
from tray_agent.shell.presenter import kind_name, status_line
from tray_agent.shell.words import _

SEPARATOR = Entry("")


class Controls(Protocol):
    """What the menu can do."""

    def tell(self, event: ev.Event) -> None:
        """Tell the agent of an event."""

    def change(self, key: str, value: str) -> None:
        """Change a setting."""

    def quit(self) -> None:
        """End the agent."""


def entries(view: View, intensity: Intensity, controls: Controls) -> tuple[Entry, ...]:
    """The whole menu."""
    standing = view.estimate.posture is Posture.STANDING
    return (
        Entry(status_line(view)),
        SEPARATOR,
        *_prompt(view, controls),
        Entry(_("Start a break"), children=tuple(_break(kind, controls) for kind in Kind)),
        Entry(
            _("I'm standing"),
            _telling(controls, ev.Said(Posture.SEATED if standing else Posture.STANDING)),
            checked=standing,
        ),
        SEPARATOR,
        *_pause(view, controls),
        Entry(_("Intensity"), children=tuple(_intensity(level, intensity, controls) for level in Intensity)),
        SEPARATOR,
        Entry(_("Quit"), controls.quit),
    )


def _telling(controls: Controls, event: ev.Event) -> Callable[[], object]:
    return lambda: controls.tell(event)


def _prompt(view: View, controls: Controls) -> tuple[Entry, ...]:
    """Not now must always be in reach, wherever notes have no buttons."""
    if view.prompt is None:
        return ()
    answers = [(Do.START, _("Start now"))]
    if view.prompt.snoozes_left > 0:
        answers.append((Do.SNOOZE, _("Later")))
    answers.append((Do.SKIP, _("Skip")))
    prompt = view.prompt.id
    return (
        *(
            Entry(label, _telling(controls, ev.Answer(do, prompt)), default=do is Do.START)
            for do, label in answers
        ),
        SEPARATOR,
    )


def _break(kind: Kind, controls: Controls) -> Entry:
    return Entry(kind_name(kind), _telling(controls, ev.BreakRequested(kind)))


def _pause(view: View, controls: Controls) -> tuple[Entry, ...]:
    if view.paused:
        return (Entry(_("Resume"), _telling(controls, ev.Resume())),)
    lengths = (
        (_("30 minutes"), ev.Pause(1800.0)),
        (_("1 hour"), ev.Pause(3600.0)),
        (_("Today"), ev.Pause(today=True)),
    )
    return (
        Entry(
            _("Pause"), children=tuple(Entry(label, _telling(controls, pause)) for label, pause in lengths)
        ),
    )


def _intensity(level: Intensity, now: Intensity, controls: Controls) -> Entry:
    names = {
        Intensity.GENTLE: _("Gentle"),
        Intensity.STANDARD: _("Standard"),
        Intensity.INTENSIVE: _("Intensive"),
    }
    return Entry(
        names[level], lambda: controls.change("intensity", level.value), checked=level is now, radio=True
    )
