"""What the settings window is told: each setting with its words, its bounds and its present state."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from tray_agent.ui.incoming import Brief


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A range of working hours: days from 0, Monday, and minutes after midnight.

    `text` is the range as it is written, None once the person changed the row.
    """

    text: str | None
    days: tuple[int, ...]
    start_min: int
    end_min: int


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value to choose and the words for it."""

    value: str
    words: str


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What may change about a setting; `reason` tells who decided it, where it was not the person."""

    key: str
    value: Any
    is_default: bool
    managed: bool = False
    reason: str = ""
    link: str = ""


class Entry(State, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A setting as the window opens; `default` is in words, `unit` the word behind a number."""

    type: Literal["bool", "int", "enum", "text", "hours", "holidays"]
    group: str
    title: str
    help: str
    default: str
    choices: tuple[Option, ...] = ()
    unit: str = ""
    min: int = 0
    max: int = 0


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with the row `at` of a list."""

    at: int
    sentence: str


class Refusal(msgspec.Struct, frozen=True):
    """Why a change was not kept, as a whole and for single rows."""

    key: str
    sentence: str
    faults: tuple[Fault, ...] = ()


class DayFound(msgspec.Struct, frozen=True):
    """A day off found in a calendar file: as it would be kept, its weekday, and its name to choose by."""

    text: str
    weekday: int
    name: str


class DaysFound(msgspec.Struct, frozen=True):
    """The days off of a calendar file and a word on what was left out."""

    days: tuple[DayFound, ...]
    sentence: str = ""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page of the window."""

    name: str
    title: str


class SettingsBrief(Brief, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything there is to set; the window opens on `page`, with the setting `focus` in hand."""

    title: str
    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]
    page: str = ""
    focus: str = ""
