"""Settings as the agent tells a window of them, made by the agent's own code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from tray_agent.shell import setting_entries, setting_values, setting_words
from tray_agent.shell.origins import Level, Origin
from tray_agent.ui.settings.setting_brief import Entry, SettingsBrief

DEFAULT = Origin(Level.DEFAULT)
LANGUAGES = {"": "As the system", "de": "Deutsch"}


def entry(key: str, value: Any = None, origin: Origin = DEFAULT) -> Entry:
    """The setting with this value, or its default."""
    return msgspec.convert(_told(key, {} if value is None else {key: value}, origin), Entry)


def brief(values: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Every setting, as it goes over the pipe; `more` goes into the brief."""
    groups = [{"name": name, "title": title} for name, title in setting_words.groups().items()]
    entries = [_told(key, values or {}, DEFAULT) for key in setting_values.TYPES]
    return {"v": 1, "title": "Settings", "groups": groups, "entries": entries, **more}


def typed(told: Mapping[str, Any]) -> SettingsBrief:
    """The brief as the window reads it."""
    return msgspec.json.decode(msgspec.json.encode(told), type=SettingsBrief)


def state(key: str, value: Any, origin: Origin = DEFAULT) -> dict[str, Any]:
    """What the window hears of a setting that has this value now."""
    settings = setting_values.typed({key: value})
    told: dict[str, Any] = msgspec.to_builtins(setting_entries.state(key, settings, origin))
    return {"do": "value", **told}


def _told(key: str, values: Mapping[str, Any], origin: Origin) -> dict[str, Any]:
    settings = setting_values.typed(values)
    told: dict[str, Any] = msgspec.to_builtins(
        setting_entries.entry(key, LANGUAGES) | setting_entries.state(key, settings, origin)
    )
    return told
