"""The welcome: shown once on an account, opened again from the menu, and what becomes of its choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from tray_agent.core.model import Condition, Intensity, Limits
from tray_agent.ports import Windows
from tray_agent.shell import intensities, resources, setting_values, setting_words
from tray_agent.shell.conversation import Failed, converse
from tray_agent.shell.firsts import WELCOMED
from tray_agent.shell.intensities import Numbers
from tray_agent.shell.menu import PRESET_HOURS
from tray_agent.shell.schema import Settings
from tray_agent.shell.words import _, duration, ngettext

WELCOME = "welcome"
Values = Mapping[str, Any]


class Notes(Protocol):
    """Where it is kept that the welcome was shown."""

    def note(self, name: str) -> str | None:
        """A small fact by its name."""

    def set_note(self, name: str, value: str) -> object:
        """Keep it."""


class Welcome:
    """Opens the window and carries out what was chosen.

    `fixed(key)` says why a setting is not the person's to change, None when it is; `change(values)`
    returns why they could not be kept, None when they were; `hint()` is how to get an icon where there
    is none, `whereabouts()` where the system puts it, nothing where that is plain to see;
    `check_safety()` opens the safety check; `inform(title, body)` shows a note.
    """

    def __init__(
        self,
        windows: Windows,
        notes: Notes,
        *,
        settings: Callable[[], Settings],
        limits: Callable[[], Limits],
        fixed: Callable[[str], str | None],
        change: Callable[[Values], str | None],
        hint: Callable[[], str],
        check_safety: Callable[[], object],
        inform: Callable[[str, str], object],
        whereabouts: Callable[[], str] = str,
    ) -> None:
        self._windows = windows
        self._notes = notes
        self._settings = settings
        self._limits = limits
        self._fixed = fixed
        self._change = change
        self._hint = hint
        self._check_safety = check_safety
        self._inform = inform
        self._whereabouts = whereabouts

    def begin(self) -> None:
        """Show it, unless it was shown on this account or is switched off."""
        if self._settings().welcome and self._notes.note(WELCOMED) is None:
            self.open(self._say_it_in_short)

    def open(self, failed: Failed) -> None:
        """Show it, with what is in force as chosen; `failed(reason)` when no window can be shown."""
        converse(self._windows, WELCOME, self._brief(), self._heard, failed)

    def close(self) -> None:
        """Close the window; what was not confirmed is not kept."""
        self._windows.close(WELCOME)

    def _heard(self, message: dict[str, Any]) -> None:
        match message["event"]:
            case "chosen":
                self._choose(message["values"], safety=message["safety"])
            case "ended":
                self._notes.set_note(WELCOMED, "yes")
            case _:
                pass

    def _choose(self, values: Values, *, safety: bool) -> None:
        trouble = self._keep(values)
        if trouble is not None:
            self._windows.tell(WELCOME, {"sentence": trouble})
            return
        self._windows.close(WELCOME)
        if safety:
            self._check_safety()

    def _keep(self, values: Values) -> str | None:
        """A choice that is in force already stays what it was, the default or the organisation's advice."""
        now = setting_values.flat(self._settings())
        typed = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
        new = {key: value for key, value in typed.items() if value != now[key]}
        return self._change(new) if new else None

    def _say_it_in_short(self, _reason: str) -> None:
        self._notes.set_note(WELCOMED, "yes")
        # The icon second: a note that is too long loses its end, and who never finds it is lost.
        self._inform(_("Welcome to Tray Agent"), "\n".join((_does()[0], *self._where(), _never()[0])))

    def _brief(self) -> dict[str, Any]:
        settings = self._settings()
        return {
            "does": _does(),
            "never": _never(),
            "intensity": self._question(
                ["intensity"],
                _("How much movement?"),
                _("However you choose, every prompt takes “not now” for an answer."),
                _intensities(settings),
            ),
            "hours": self._question(
                ["hours.mode", "hours.ranges"],
                _("When may it ask?"),
                _("Other hours, several ranges a day and days off can be set later, in the settings."),
                _hours(settings),
            ),
            "floor": self._question(
                ["exercises.floor"],
                _("Exercises on the floor, too?"),
                _("They stay off until you have done the safety check; all others come without it."),
                _floor(settings, cleared=self._limits().cleared),
            ),
            "where": self._where(),
            "stands": Condition.CANNOT_STAND not in self._limits().conditions,
            "tray": not self._hint(),
        }

    def _question(
        self, keys: Iterable[str], title: str, line: str, options: list[dict[str, Any]]
    ) -> dict[str, Any]:
        fixed = next((reason for key in keys if (reason := self._fixed(key))), "")
        return {"title": title, "line": line, "options": options, "fixed": fixed}

    def _where(self) -> tuple[str, ...]:
        hint = self._hint()
        pain = _("If something hurts, stop; “When to get help” in the menu says what to look out for.")
        if hint:
            return (hint, _("A break can be started there, and every setting changed."), pain)
        return (
            self._whereabouts()
            or _("You find Tray Agent as a small icon in the panel. Its ring fills while you sit."),
            _("Its menu starts a break, pauses the prompts and has every setting; this welcome, too."),
            pain,
        )


def _does() -> tuple[str, ...]:
    return (
        _("It estimates how long you have been sitting and asks, kindly, for a break."),
        _("A break is short and guided: a change of position, a stretch, a little strength."),
        _("That may ease stiffness, and it breaks up sitting."),
    )


def _never() -> tuple[str, ...]:
    return (
        _("It never learns which keys you press, what you read or which programs you use."),
        _("Nothing leaves this machine: the program has no network code."),
        _("It shows nothing to your employer, and it never takes a “not now” amiss."),
    )


def _intensities(settings: Settings) -> list[dict[str, Any]]:
    words = setting_words.choices("intensity")
    file = resources.config("intensity.toml")
    options = []
    for which in Intensity:
        numbers = intensities.numbers_of(which, file)
        chosen = which.value == settings.intensity
        option = _option(words[which], _figures(numbers), {"intensity": which.value}, chosen=chosen)
        options.append({**option, "breaks": numbers.aim_breaks})
    return options


def _figures(numbers: Numbers) -> tuple[str, ...]:
    """What an intensity asks for, in words."""
    stretches = ngettext(
        "{n} hip stretch a day", "{n} hip stretches a day", numbers.hip_flexor_sessions
    ).format(n=numbers.hip_flexor_sessions)
    strength = ngettext(
        "{n} set of {reps} for the glutes, {days} days a week",
        "{n} sets of {reps} for the glutes, {days} days a week",
        numbers.glute_sets,
    ).format(n=numbers.glute_sets, reps=numbers.glute_reps, days=numbers.glute_days)
    rest = _("After {sitting} of sitting, a break of {length}").format(
        sitting=duration(numbers.interval_s), length=duration(numbers.break_s)
    )
    most = ngettext("At most {n} prompt a day", "At most {n} prompts a day", numbers.prompts_a_day)
    return rest, stretches, strength, most.format(n=numbers.prompts_a_day)


def _hours(settings: Settings) -> list[dict[str, Any]]:
    in_force = None if settings.hours.mode == "always" else settings.hours.ranges
    presets = [_preset(start, end, in_force) for start, end in PRESET_HOURS]
    any_time = _option(
        setting_words.choices("hours.mode")["always"],
        (),
        {"hours.mode": "always"},
        chosen=settings.hours.mode == "always",
    )
    if in_force is None or any(preset["chosen"] for preset in presets):
        return [*presets, any_time]
    return [_option(_("As it is now"), (", ".join(in_force),), {}, chosen=True), *presets, any_time]


def _preset(start: str, end: str, in_force: tuple[str, ...] | None) -> dict[str, Any]:
    ranges = (f"mon-fri {start}-{end}",)
    return _option(
        _("Monday to Friday, {start} to {end}").format(start=start, end=end),
        (),
        {"hours.mode": "schedule", "hours.ranges": ranges},
        chosen=ranges == in_force,
    )


def _floor(settings: Settings, *, cleared: bool) -> list[dict[str, Any]]:
    on = settings.exercises.floor
    allow, leave = {"exercises.floor": True}, {"exercises.floor": False}
    no = _option(_("No"), (_("They are left out."),), leave, chosen=not on)
    if cleared:
        return [_option(_("Yes"), (_("You have done the safety check."),), allow, chosen=on), no]
    return [
        _option(_("Yes"), (_("The safety check comes next; it takes a minute."),), allow, safety=True),
        _option(
            _("Perhaps later"), (_("You will be offered the safety check after a break."),), allow, chosen=on
        ),
        no,
    ]


def _option(
    title: str, lines: tuple[str, ...], values: Values, *, chosen: bool = False, safety: bool = False
) -> dict[str, Any]:
    return {"title": title, "lines": lines, "values": dict(values), "chosen": chosen, "safety": safety}
