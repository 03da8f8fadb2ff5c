"""What an organisation has decided for the agent: managed preferences, as a profile brings them.

Only what is forced is a policy.  The same place in the system also holds what people wrote there themselves
(`defaults write`), which comes with `forced` False.  Nothing is written.
Apple developer documentation: "CFPreferencesCopyAppValue", "CFPreferencesAppValueIsForced",
"CFPreferencesAppSynchronize"; "Preferences Utilities" calls them safe on every thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from CoreFoundation import (
    CFPreferencesAppSynchronize,
    CFPreferencesAppValueIsForced,
    CFPreferencesCopyAppValue,
)

from tray_agent.platforms.macos.bundle import APP

Plain = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None
"""A value as Python has it; None stands for one of a kind that no setting has, such as a date."""


class Preference(NamedTuple):
    """A value, and whether the person may not change it."""

    value: Plain
    forced: bool


def preferences(keys: Iterable[str], app: str = APP) -> dict[str, Preference]:
    """Those of the keys that have a value, as it is now."""
    CFPreferencesAppSynchronize(app)  # or what changed since the first look is not seen
    found = {}
    for key in keys:
        value = CFPreferencesCopyAppValue(key, app)
        if value is not None:
            found[key] = Preference(plain(value), bool(CFPreferencesAppValueIsForced(key, app)))
    return found


def plain(value: object) -> Plain:
    """The value without the bridge: its strings and numbers are subclasses, its collections stand-ins."""
    if isinstance(value, bool):
        return value
    for kind in (int, float, str):
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [plain(one) for one in value]
    return None
