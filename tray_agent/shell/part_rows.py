"""The parts of the outside world as `doctor` lists them: what each is, how it is, and what helps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

from tray_agent.shell import setting_words
from tray_agent.shell.schema import Sensing
from tray_agent.shell.words import N_, _, in_a_row

WIDTH = 100
"""Columns of the text; only what helps is broken into lines, since what the system said may be looked for."""

NAMES = {
    "counter": N_("Idle counter"),
    "pynput": N_("Input listener"),
    "tray": N_("Icon"),
    "notifier": N_("Notes"),
    "windows": N_("Its windows"),
    "session": N_("Lock and sleep"),
    "snapshot": N_("Memory of today"),
    "history": N_("History"),
    "log": N_("Log"),
    "settings": N_("Settings"),
    "autostart": N_("Start when you log in"),
}
"""Every part but the sensors that the settings name."""

_STATES = {
    "ok": N_("works"),
    "degraded": N_("works in part"),
    "lost": N_("lost"),
    "denied": N_("not allowed"),
    "absent": N_("not there"),
    "off": N_("off"),
}
_VALUES = {"on": N_("yes"), "off": N_("no")}

Part = Mapping[str, Any]


def rows(parts: Iterable[Part]) -> Iterator[str]:
    """A line for each part, and more for what helps; the names are a column of their own."""
    named = [(name(part["name"]), part) for part in parts]
    column = max((_columns(words) for words, _part in named), default=0) + 2
    for words, part in named:
        yield f"  {words}{' ' * (column - _columns(words))}{_how(part)}"
        for line in wrap(
            part.get("remedy") or "", WIDTH - column - 2, break_long_words=False, break_on_hyphens=False
        ):
            yield f"{' ' * (column + 2)}{line}"


def name(part: str) -> str:
    """What people call a part; its code where nobody has thought of a word."""
    if part in Sensing.__struct_fields__:
        return setting_words.title(f"sensing.{part}")
    return _(NAMES[part]) if part in NAMES else part


def _how(part: Part) -> str:
    """The state in words, who says so, and the particulars as the system told them."""
    state = _("on") if (part["name"], part["state"]) == ("autostart", "ok") else _state(part["state"])
    told = f"{state} ({part['source']})" if part.get("source") else state
    particulars = in_a_row(
        word for word in (_value(part), part.get("permission"), part.get("reason")) if word
    )
    return f"{told}: {particulars}" if particulars else told


def _state(state: str) -> str:
    return _(_STATES[state]) if state in _STATES else state


def _value(part: Part) -> str | None:
    value = part.get("value")
    return _(_VALUES[value]) if value in _VALUES else value


def _columns(words: str) -> int:
    """How wide the words are at a terminal, where letters of East Asia take two places."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
