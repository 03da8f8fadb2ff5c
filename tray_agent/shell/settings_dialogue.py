"""The settings window as the agent sees it: what it shows, and what becomes of each change.

The window says `{"event": "set", "key", "value"}` or `{"event": "reset", "key"}` at each change, and
hears `{"do": "value", ...}` with the value now in force, or `{"do": "fault", "key", "sentence", "faults"}`
and keeps what was typed.  `{"event": "ics", "path"}` is answered by `{"do": "days_off", "days",
"sentence"}`: nothing is kept until the person has chosen among them.  `{"event": "safety"}` asks for the
safety check, `{"event": "file"}` for the file behind it all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tray_agent.ports import Windows
from tray_agent.shell import ics, setting_entries, setting_values, setting_words
from tray_agent.shell.conversation import ENDED, Failed, converse
from tray_agent.shell.origins import Origins
from tray_agent.shell.schema import MANAGED_ONLY, Settings
from tray_agent.shell.words import _, ngettext

SETTINGS = "settings"

_DRESS = ("appearance.scale", "language", "appearance.scheme")
"""What a window takes on only as it opens; other colours than the desktop's it changes by itself."""


class SettingsDialogue:
    """Opens the window, keeps it true, and carries out what it says.

    `current()` are the settings in force, `change(values)` keeps new ones, all or none, and `forget(key)`
    takes back what the person chose; both return None or the sentence that says why not.  `languages()`
    are the languages to choose from, each by its own name under its code; an empty code is the system's.
    `check_safety()` and `open_file()` open the safety check and the settings file.
    """

    def __init__(
        self,
        windows: Windows,
        origins: Origins,
        *,
        current: Callable[[], Settings],
        change: Callable[[Mapping[str, Any]], str | None],
        forget: Callable[[str], str | None],
        languages: Callable[[], Mapping[str, str]],
        check_safety: Callable[[], object],
        open_file: Callable[[], object],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._windows = windows
        self._origins = origins
        self._current = current
        self._change = change
        self._forget = forget
        self._languages = languages
        self._check_safety = check_safety
        self._open_file = open_file
        self._today = today
        self._failed: Failed = lambda _reason: None
        self._conversation = 0
        self._shown: dict[str, dict[str, Any]] = {}

    def open(self, failed: Failed, page: str = "") -> None:
        """Open the window on a page, or bring it to the front; `failed(reason)` where none can be shown.

        An empty `page` is the one that is shown, or the first.
        """
        self._failed = failed
        if self._shown:
            self._tell("front", page=page)
        else:
            self._open(page, "")

    def refresh(self) -> None:
        """Show what somebody else has changed meanwhile."""
        if not self._shown:
            return
        changed = [key for key, shown in self._shown.items() if shown != self._state(key)]
        for key in changed:
            self._tell_value(key)
        self._dress_anew(changed)

    def close(self) -> None:
        """Close the window if it is open; what was typed last is still kept."""
        self._shown = {}
        self._windows.close(SETTINGS)

    def _open(self, page: str, focus: str) -> None:
        self._conversation += 1
        this = self._conversation
        self._shown = {key: self._state(key) for key in setting_values.TYPES if key not in MANAGED_ONLY}
        languages = self._languages()
        groups = [{"name": name, "title": title} for name, title in setting_words.groups().items()]
        entries = [{**setting_entries.entry(key, languages), **shown} for key, shown in self._shown.items()]
        brief = {"title": _("Settings"), "groups": groups, "entries": entries, "page": page, "focus": focus}

        def heard(message: dict[str, Any]) -> None:
            # A window that was replaced may say what was typed last; that it ended is no news.
            if this == self._conversation or message != ENDED:
                self._heard(message)

        converse(self._windows, SETTINGS, brief, heard, self._not_shown)

    def _not_shown(self, reason: str) -> None:
        self._shown = {}
        self._failed(reason)

    def _heard(self, message: dict[str, Any]) -> None:
        match message:
            case {"event": "set", "key": str(key), "value": value}:
                self._set(key, value)
            case {"event": "reset", "key": str(key)}:
                self._take(key, lambda: self._forget(key))
            case {"event": "ics", "path": str(path)}:
                self._tell("days_off", **self._days_off(path))
            case {"event": "safety"}:
                self._check_safety()
            case {"event": "file"}:
                self._open_file()
            case {"event": "ended"}:
                self._shown = {}
            case _:
                pass

    def _set(self, key: str, raw: Any) -> None:
        try:
            value = setting_entries.checked(key, raw)
        except setting_entries.BadRows as error:
            self._tell_fault(key, f"{error}", error.faults)
        except ValueError as error:
            self._tell_fault(key, f"{error}")
        else:
            self._take(key, lambda: self._change({key: value}))

    def _take(self, key: str, change: Callable[[], str | None]) -> None:
        origin = self._origins.of(key)
        if origin.managed:
            self._tell_value(key)
            self._tell_fault(key, setting_entries.reason(origin))
            return
        trouble = change()
        if trouble is not None:
            self._tell_fault(key, trouble)
            return
        self.refresh()
        self._tell_value(key)  # an answer is due even when all is as it was

    def _dress_anew(self, changed: list[str]) -> None:
        """Open the window again when what has changed shows only in a new one."""
        scheme = self._current().appearance.scheme
        for key in _DRESS:
            if key in changed and (key != "appearance.scheme" or scheme == "system"):
                self._open(setting_words.group(key), key)
                return

    def _state(self, key: str) -> dict[str, Any]:
        return setting_entries.state(key, self._current(), self._origins.of(key))

    def _tell_value(self, key: str) -> None:
        if self._shown:
            self._shown[key] = self._state(key)
            self._tell("value", **self._shown[key])

    def _tell_fault(self, key: str, sentence: str, faults: setting_entries.Faults | None = None) -> None:
        self._tell("fault", key=key, sentence=sentence, faults=faults or [])

    def _tell(self, do: str, **more: Any) -> None:
        self._windows.tell(SETTINGS, {"do": do, **more})

    def _days_off(self, path: str) -> dict[str, Any]:
        try:
            found = ics.read(Path(path).expanduser(), self._today())
        except ValueError as error:
            return {"days": [], "sentence": f"{error}"}
        known = set(self._current().hours.holidays)
        fresh = [day for day in found.days if day.text not in known]
        days = [{"text": day.text, "weekday": day.first.weekday(), "name": day.name} for day in fresh]
        return {"days": days, "sentence": _left_out(found, len(found.days) - len(fresh))}


def _left_out(found: ics.Found, known: int) -> str:
    """What became of the events that are not among the days to choose from, a line for each kind."""
    timed, strange = found.timed, found.strange
    counted = (
        (known, ngettext("{n} is in your list already.", "{n} are in your list already.", known)),
        (
            timed,
            ngettext(
                "{n} event has a time of day: left out.", "{n} events have a time of day: left out.", timed
            ),
        ),
        (
            strange,
            ngettext(
                "{n} event is not understood: left out.", "{n} events are not understood: left out.", strange
            ),
        ),
    )
    lines = [] if found.days else [_("There are no days off to come in this file.")]
    return "\n".join([*lines, *(sentence.format(n=n) for n, sentence in counted if n)])
