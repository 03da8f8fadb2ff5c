"""Every setting as the settings window shows it: its words, its value, what it may hold, who decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from tray_agent.shell import setting_values, setting_words
from tray_agent.shell.hour_rows import HourRow, row, written
from tray_agent.shell.hours_ranges import parse_holidays
from tray_agent.shell.origins import Level, Origin
from tray_agent.shell.schema import Settings
from tray_agent.shell.words import _, in_a_row

HOURS, HOLIDAYS = "hours.ranges", "hours.holidays"

Faults = list[dict[str, Any]]
"""What is wrong with single rows of a list: `{"at": index, "sentence": ...}`."""


class BadRows(Exception):
    """Rows of a list that cannot be; `faults` has those to blame, the text is for the list as a whole."""

    def __init__(self, sentence: str, faults: Faults) -> None:
        super().__init__(sentence)
        self.faults = faults


def entry(key: str, languages: Mapping[str, str]) -> dict[str, Any]:
    """What never changes about a setting while its window is open; `languages` are those to choose from."""
    choices = languages if key == "language" else setting_words.choices(key)
    return {
        "key": key,
        "group": setting_words.group(key),
        "title": setting_words.title(key),
        "help": setting_words.help_on(key),
        "default": in_words(key, setting_values.value_of(Settings(), key), choices),
        "choices": [{"value": value, "words": words} for value, words in choices.items()],
        "unit": setting_words.unit(key),
        **_kind(key, choices),
    }


def state(key: str, settings: Settings, origin: Origin) -> dict[str, Any]:
    """What may change: the value, whether it is the default, and who decided it."""
    value = setting_values.value_of(settings, key)
    return {
        "key": key,
        "value": [asdict(row(text)) for text in value] if key == HOURS else value,
        "is_default": value == setting_values.value_of(Settings(), key),
        "managed": origin.managed,
        "reason": reason(origin),
        "link": origin.link,
    }


def reason(origin: Origin) -> str:
    """Why a value is not the person's own, in a sentence; empty when it is."""
    match origin.level:
        case Level.MANDATORY if origin.organisation:
            return _("{organisation} has decided this.").format(organisation=origin.organisation)
        case Level.MANDATORY:
            return _("Your organisation has decided this.")
        case Level.RECOMMENDED if origin.organisation:
            return _("{organisation} recommends this.").format(organisation=origin.organisation)
        case Level.RECOMMENDED:
            return _("Your organisation recommends this.")
        case _:
            return ""


def in_words(key: str, value: Any, choices: Mapping[str, str]) -> str:
    """The value as people say it."""
    if isinstance(value, bool):
        return _("On") if value else _("Off")
    if isinstance(value, int):
        return setting_words.amount(key, value)
    if isinstance(value, tuple):
        return in_a_row(value) or _("None")
    return choices.get(value, value) or _("Empty")


def checked(key: str, raw: Any) -> Any:
    """What the window sent as a value to keep; raises `BadRows` or `ValueError` with a sentence."""
    if key == HOURS:
        return _checked_hours(raw)
    if key == HOLIDAYS:
        return _checked_holidays(raw)
    try:
        return setting_values.checked(key, raw)
    except ValueError as error:
        raise ValueError(_("It must be {allowed}.").format(allowed=error)) from None


def _checked_hours(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    texts, faults = [], []
    for at, fields in enumerate(rows):
        try:
            texts.append(written(replace(HourRow(**fields), days=tuple(fields["days"]))))
        except ValueError as error:
            faults.append({"at": at, "sentence": f"{error}"})
    if faults:
        raise BadRows("", faults)
    if not texts:
        raise BadRows(_("Add the hours you work, or choose any time."), [])
    return texts


def _checked_holidays(texts: Sequence[str]) -> list[str]:
    faults = []
    for at, text in enumerate(texts):
        try:
            parse_holidays(text)
        except ValueError as error:
            faults.append({"at": at, "sentence": f"{error}"})
    if faults:
        raise BadRows("", faults)
    return list(texts)


def _kind(key: str, choices: Mapping[str, str]) -> dict[str, Any]:
    """The kind of control and its bounds."""
    if key in {HOURS, HOLIDAYS}:
        return {"type": "hours" if key == HOURS else "holidays"}
    if choices:
        return {"type": "enum"}
    # Rarely needed, so the resident process does not carry it.
    from msgspec import inspect

    match inspect.type_info(setting_values.TYPES[key]):
        case inspect.BoolType():
            return {"type": "bool"}
        case inspect.IntType(ge=low, le=high):
            return {"type": "int", "min": low, "max": high}
        case _:
            return {"type": "text"}
