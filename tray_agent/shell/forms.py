"""How each verb of the command line is typed."""

from __future__ import annotations

import re
from typing import Any

from tray_agent.shell.arguments import Form, wrong
from tray_agent.shell.words import _

_HOUR_S = 3600
_MINUTE_S = 60
_LENGTH = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m(?:in)?)?")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_JSON = frozenset({"--json"})

FORMS: dict[str, Form] = {
    "run": Form(
        "run [--no-tray] [--speed N] [--config FILE]",
        _("be the agent, in the tray"),
        frozenset({"--no-tray"}),
        frozenset({"--speed", "--config"}),
    ),
    "status": Form("status [--json]", _("how you are sitting, and what is coming"), _JSON),
    "why": Form("why [--json]", _("why it thinks so, and why it asks or does not"), _JSON),
    "break": Form("break [stand_up|hip_flexor|glutes]", _("start a break now"), _JSON, most=1),
    "snooze": Form("snooze", _("ask again later"), _JSON),
    "skip": Form("skip", _("not while I sit this time"), _JSON),
    "pause": Form(
        "pause 30m|1h|until HH:MM|today|indefinitely", _("no prompts for a while"), _JSON, least=1, most=2
    ),
    "resume": Form("resume", _("prompts again"), _JSON),
    "standing": Form("standing", _("I am standing"), _JSON),
    "sitting": Form("sitting", _("I am sitting"), _JSON),
    "away": Form("away", _("I am leaving the desk"), _JSON),
    "get": Form("get KEY", _("show a setting"), least=1, most=1),
    "set": Form("set KEY VALUE", _("change a setting, such as: set intensity gentle"), least=2, most=2),
    "replay": Form(
        "replay FILE [--config FILE] [--every S] [--format text|jsonl]",
        _("run the agent over a recorded trace"),
        values=frozenset({"--config", "--every", "--format"}),
        least=1,
        most=1,
    ),
    "doctor": Form(
        "doctor [--json] [--selftest]", _("what works here and what does not"), _JSON | {"--selftest"}
    ),
    "quit": Form("quit", _("end the agent"), _JSON),
    "version": Form("version", _("show the version")),
    "help": Form("help", _("show this")),
}


def pause_args(form: Form, words: list[str]) -> dict[str, Any]:
    """What `pause` is to ask the agent for; raises `CommandError`."""
    match words:
        case ["today"]:
            return {"today": True}
        case ["indefinitely"]:
            return {"indefinitely": True}
        case ["until", clock] if _CLOCK.fullmatch(clock):
            return {"until": clock}
        case ["until", clock]:
            raise wrong(form, _('"{clock}" is not a time of day such as 14:30').format(clock=clock))
        case [length] if (found := _LENGTH.fullmatch(length)) is not None:
            hours, minutes = (int(part or 0) for part in found.groups())
            if length_s := hours * _HOUR_S + minutes * _MINUTE_S:
                return {"length_s": length_s}
    raise wrong(form, _('"{words}" is no length of time').format(words=" ".join(words)))
