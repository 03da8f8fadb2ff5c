"""The tray menu, made from the agent's state each time it is opened.

The same entries are the panel's menu, the popup of an icon without one, and the buttons of the
window where there is no icon at all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from msgspec import Struct

from tray_agent.core import events as ev
from tray_agent.core.engine import View
from tray_agent.core.model import Do, Kind, Posture
from tray_agent.ports import Entry, Startup
from tray_agent.shell import presenter, report, sentences, setting_values, setting_words
from tray_agent.shell.menu_grey import decided, free, grey
from tray_agent.shell.origins import Origins, Unmanaged
from tray_agent.shell.presenter import kind_name, status_line
from tray_agent.shell.schema import Settings
from tray_agent.shell.words import _

SEPARATOR = Entry("")
HALF_HOUR_S = 1800
PAUSE_ENDS_OFFERED = 8

PRESET_HOURS = (("08:00", "18:00"), ("09:00", "17:00"), ("07:00", "16:00"))
"""Working hours from Monday to Friday that many people have."""

_PROMPTS = ("prompts.stand_up", "prompts.hip_flexor", "prompts.glutes", "prompts.ask_were_you_up")
_QUIET = ("quiet.call", "quiet.sharing", "quiet.fullscreen", "quiet.dnd")


class Controls(Protocol):
    """What the menu can do."""

    def tell(self, event: ev.Event) -> object:
        """Tell the agent of an event."""

    def pause_until(self, wall: float) -> object:
        """No prompts until that wall time."""

    def correct(self, start: float, end: float, posture: Posture) -> object:
        """Between these times of the agent's axis the person was in `posture`, whatever we thought."""

    def change(self, values: Mapping[str, Any]) -> object:
        """Change settings, all or none."""

    def start_with_session(self, *, on: bool) -> object:
        """Start when the person logs in, or no longer."""

    def explain(self) -> object:
        """Show why the agent thinks what it thinks."""

    def tell_about(self) -> object:
        """Show what this program is."""

    def open_settings(self, page: str = "") -> object:
        """Show the settings, at a page of theirs."""

    def edit_settings(self) -> object:
        """Open the settings file."""

    def open_today(self) -> object:
        """Show the day and the last weeks."""

    def open_welcome(self) -> object:
        """Show the welcome again."""

    def show_help(self) -> object:
        """Show when to get help."""

    def check_safety(self) -> object:
        """Ask what floor and loaded exercises need to know."""

    def quit(self) -> object:
        """End the agent."""


class Shown(Struct, frozen=True):
    """What the menu shows: the agent's `view`, its `settings` and who decided them, whether it starts
    with the session, and the `wall` time.
    """

    view: View
    settings: Settings
    startup: Startup
    wall: float
    origins: Origins = Unmanaged()

    def wall_at(self, t: float) -> float:
        """The wall time of a moment of the agent's axis."""
        return self.wall - (self.view.now - t)


def entries(now: Shown, controls: Controls) -> tuple[Entry, ...]:
    """The whole menu."""
    view = now.view
    return (
        Entry(status_line(view)),
        *_owed(view),
        Entry(sentences.today(report.today(view.today))),
        SEPARATOR,
        *_prompt(view, controls),
        Entry(_("Start a break"), children=tuple(_break(kind, view, controls) for kind in Kind)),
        *_standing(view, controls),
        *_correction(now, controls),
        _pause(now, controls),
        SEPARATOR,
        Entry(_("Today …"), controls.open_today),
        Entry(_("Why?"), children=_why(now, controls)),
        Entry(_("Settings"), children=_settings(now, controls)),
        Entry(_("When to get help"), controls.show_help),
        Entry(_("About"), children=_about(controls)),
        *((SEPARATOR, Entry(_("Quit"), controls.quit)) if now.settings.organisation.quit else ()),
    )


def _telling(controls: Controls, event: ev.Event) -> Callable[[], object]:
    return lambda: controls.tell(event)


def _owed(view: View) -> tuple[Entry, ...]:
    """What a break that is due waits for."""
    held = view.owed and view.prompt is None and view.quiet
    return (Entry(sentences.waiting(view.quiet)),) if held else ()


def _why(now: Shown, controls: Controls) -> tuple[Entry, ...]:
    """The grounds in words, and the same to be read at leisure."""
    lines = sentences.why(presenter.why(now.view, now.wall_at)).splitlines()
    return (*map(Entry, lines), SEPARATOR, Entry(_("More …"), controls.explain))


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


def _standing(view: View, controls: Controls) -> tuple[Entry, ...]:
    if not view.stands:
        return ()
    standing = view.estimate.posture is Posture.STANDING
    other = Posture.SEATED if standing else Posture.STANDING
    return (Entry(_("I'm standing"), _telling(controls, ev.Said(other)), checked=standing),)


def _break(kind: Kind, view: View, controls: Controls) -> Entry:
    return Entry(kind_name(kind, stands=view.stands), _telling(controls, ev.BreakRequested(kind)))


def _correction(now: Shown, controls: Controls) -> tuple[Entry, ...]:
    """The last absence may have been something else."""
    absence = now.view.last_absence
    if absence is None or absence.end is None:
        return ()
    start, end = absence.start, absence.end
    postures = {Posture.AWAY: _("Up") if now.view.stands else _("Away"), Posture.SEATED: _("Sitting")}
    if now.view.stands:
        postures[Posture.STANDING] = _("Standing at the desk")

    def was(posture: Posture, label: str) -> Entry:
        return Entry(label, lambda: controls.correct(start, end, posture))

    label = _("From {start} to {end} I was").format(
        start=_clock(now.wall_at(start)), end=_clock(now.wall_at(end))
    )
    return (Entry(label, children=tuple(was(*one) for one in postures.items())),)


def _pause(now: Shown, controls: Controls) -> Entry:
    if now.view.paused:
        return Entry(_("Resume"), _telling(controls, ev.Resume()))
    return Entry(
        _("Pause"),
        children=(
            Entry(_("30 minutes"), _telling(controls, ev.Pause(1800.0))),
            Entry(_("1 hour"), _telling(controls, ev.Pause(3600.0))),
            Entry(_("Until"), children=tuple(_until(end, controls) for end in _half_hours(now.wall))),
            Entry(_("Rest of today"), _telling(controls, ev.Pause(today=True))),
            Entry(_("Until I resume"), _telling(controls, ev.Pause())),
        ),
    )


def _half_hours(wall: float) -> list[float]:
    """The next half hours by the local clock."""
    ahead_s = time.localtime(wall).tm_gmtoff % HALF_HOUR_S
    first = ((wall + ahead_s) // HALF_HOUR_S + 1) * HALF_HOUR_S - ahead_s
    return [first + n * HALF_HOUR_S for n in range(PAUSE_ENDS_OFFERED)]


def _until(end: float, controls: Controls) -> Entry:
    return Entry(_clock(end), lambda: controls.pause_until(end))


def _clock(wall: float) -> str:
    return time.strftime("%H:%M", time.localtime(wall))


def _settings(now: Shown, controls: Controls) -> tuple[Entry, ...]:
    return (
        _choice("intensity", now, controls),
        _choice("insistence", now, controls),
        Entry(setting_words.title("hours.ranges"), children=_hours(now, controls)),
        Entry(_("Prompts"), children=tuple(_switch(key, now, controls) for key in _PROMPTS)),
        Entry(_("No prompts"), children=tuple(_switch(key, now, controls) for key in _QUIET)),
        _switch("activity.long_silences", now, controls),
        SEPARATOR,
        _startup(now, controls),
        Entry(_("Safety check …"), controls.check_safety),
        Entry(_("All settings …"), controls.open_settings),
        Entry(_("Settings file"), controls.edit_settings),
        *decided(now.origins, controls.tell_about),
    )


def _startup(now: Shown, controls: Controls) -> Entry:
    on = now.startup.on
    entry = Entry(_("Start with the session"), lambda: controls.start_with_session(on=not on), checked=on)
    return entry if now.settings.organisation.autostart == "person" else grey(entry)


def _about(controls: Controls) -> tuple[Entry, ...]:
    return (
        Entry(_("Welcome …"), controls.open_welcome),
        Entry(_("About Tray Agent"), controls.tell_about),
    )


def _choice(key: str, now: Shown, controls: Controls) -> Entry:
    """A setting with choices, one of which is in force."""
    in_force = setting_values.value_of(now.settings, key)

    def choice(value: str, label: str) -> Entry:
        entry = Entry(label, lambda: controls.change({key: value}), checked=value == in_force, radio=True)
        return free(entry, now.origins, key)

    choices = setting_words.choices(key).items()
    return Entry(setting_words.title(key), children=tuple(choice(*one) for one in choices))


def _switch(key: str, now: Shown, controls: Controls) -> Entry:
    on = setting_values.value_of(now.settings, key)
    entry = Entry(setting_words.title(key), lambda: controls.change({key: not on}), checked=on)
    return free(entry, now.origins, key)


def _hours(now: Shown, controls: Controls) -> tuple[Entry, ...]:
    always = now.settings.hours.mode == "always"
    in_force = None if always else now.settings.hours.ranges
    presets = tuple(
        free(_preset(start, end, in_force, controls), now.origins, "hours.mode", "hours.ranges")
        for start, end in PRESET_HOURS
    )
    any_time = Entry(
        setting_words.choices("hours.mode")["always"],
        lambda: controls.change({"hours.mode": "always"}),
        checked=always,
        radio=True,
    )
    own = not always and not any(preset.checked for preset in presets)
    edit = Entry(_("Edit …"), lambda: controls.open_settings("hours"), checked=own, radio=True)
    return (*presets, free(any_time, now.origins, "hours.mode"), SEPARATOR, edit)


def _preset(start: str, end: str, in_force: tuple[str, ...] | None, controls: Controls) -> Entry:
    ranges = (f"mon-fri {start}-{end}",)
    values = {"hours.mode": "schedule", "hours.ranges": ranges}
    label = _("Monday to Friday, {start} to {end}").format(start=start, end=end)
    return Entry(label, lambda: controls.change(values), checked=ranges == in_force, radio=True)
