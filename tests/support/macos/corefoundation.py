"""CoreFoundation, as far as the adapters use it: whose bundle this is, and what the machine prefers."""

# ruff: noqa: N802  the names are Apple's

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

FRAMEWORK = "CoreFoundation"


@dataclass(frozen=True)
class _Bundle:
    identifier: str | None


@dataclass
class Played:
    """The machine: the bundle of this process, and values by app and key with whether they are forced."""

    bundle: _Bundle | None = field(default_factory=lambda: _Bundle("org.python.python"))
    preferences: dict[tuple[str, str], tuple[Any, bool]] = field(default_factory=dict)
    on_disk: dict[tuple[str, str], tuple[Any, bool]] = field(default_factory=dict)
    """What was written since the last look, which only `CFPreferencesAppSynchronize` brings."""

    def is_app(self, identifier: str | None) -> None:
        """The process is the main program of this bundle."""
        self.bundle = _Bundle(identifier)

    def begin(self) -> None:
        """As at the beginning."""
        self.__init__()  # type: ignore[misc]


played = Played()


def CFBundleGetMainBundle() -> _Bundle | None:
    return played.bundle


def CFBundleGetIdentifier(bundle: _Bundle) -> str | None:
    assert isinstance(bundle, _Bundle)  # or the process ends
    return bundle.identifier


def CFPreferencesAppSynchronize(app: str) -> bool:
    played.preferences.update({key: value for key, value in played.on_disk.items() if key[0] == app})
    return True


def CFPreferencesCopyAppValue(key: str, app: str) -> Any:
    return played.preferences.get((app, key), (None, False))[0]


def CFPreferencesAppValueIsForced(key: str, app: str) -> bool:
    return played.preferences.get((app, key), (None, False))[1]
