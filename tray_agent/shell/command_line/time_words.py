"""The times people type after `pause` and `was`, as the arguments the agent is asked with."""

from __future__ import annotations

import re
from typing import Any

from tray_agent.shell.command_line.arguments import Form, wrong
from tray_agent.shell.words import _

_HOUR_S = 3600
_MINUTE_S = 60
_LENGTH = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m(?:in)?)?")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d")


def pause_args(form: Form, words: list[str]) -> dict[str, Any]:
    """What `pause` is to ask the agent for; raises `CommandError`."""
    match words:
        case ["today"]:
            return {"today": True}
        case ["indefinitely"]:
            return {"indefinitely": True}
        case ["until", clock]:
            return {"until": _time_of_day(form, clock)}
        case [length] if (found := _LENGTH.fullmatch(length)) is not None:
            hours, minutes = (int(part or 0) for part in found.groups())
            if length_s := hours * _HOUR_S + minutes * _MINUTE_S:
                return {"length_s": length_s}
    raise wrong(form, _('"{words}" is no length of time').format(words=" ".join(words)))


def was_args(form: Form, words: list[str]) -> dict[str, Any]:
    """What `was` is to ask the agent for; without times it is about the last absence."""
    posture, *times = words
    if not times:
        return {"as": posture}
    began, dash, ended = times[0].partition("-")
    if not dash:
        raise wrong(form, _('"{words}" is no time such as 12:30-13:00').format(words=times[0]))
    args = {"as": posture, "from": _time_of_day(form, began), "to": _time_of_day(form, ended)}
    if args["from"] == args["to"]:
        raise wrong(form, _("{words} is no time at all").format(words=times[0]))
    return args


def _time_of_day(form: Form, clock: str) -> str:
    if not _CLOCK.fullmatch(clock):
        raise wrong(form, _('"{clock}" is not a time of day such as 14:30').format(clock=clock))
    return clock.zfill(len("14:30"))
