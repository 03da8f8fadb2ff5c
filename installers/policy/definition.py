"""What an organisation may decide, from `config/settings.toml`, and the words for it in three languages."""

from __future__ import annotations

import gettext
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEFINITION = ROOT / "config" / "settings.toml"
LOCALE = ROOT / "tray_agent" / "locale"

DOMAIN = "org.trayagent.TrayAgent"
"""Bundle id, domain of macOS' preferences and AppUserModelID."""

REGISTRY = r"Software\Policies\TrayAgent"
RECOMMENDED = "Recommended"
LANGUAGES = {"en": "en-US", "de": "de-DE", "fr": "fr-FR"}
"""Our languages that policy editors are given, and what those editors call them."""

Say = Callable[[str], str]
"""From an English sentence to that of a language."""

SAMPLE: dict[str, Any] = {
    "organisation.name": "Example Works",
    "organisation.link": "https://intranet.example/breaks",
    "activity.source": "counter",
    "exercises.floor": False,
    "history.retention_days": 30,
    "hours.ranges": ["mon-thu 08:00-17:00", "fri 08:00-14:00"],
}
"""A plausible choice of an organisation, for the samples."""

SAMPLE_RECOMMENDED: dict[str, Any] = {"intensity": "gentle", "insistence": "window"}


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; `choices` are those an organisation may impose, each with its words in English."""

    key: str
    kind: str
    default: Any
    title: str
    help: str
    group: str
    low: int = 0
    high: int = 0
    unit: str = ""
    length: int = 0
    format: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    also: tuple[int, ...] = ()
    recommendable: bool = True

    @property
    def id(self) -> str:
        """The key as policy editors allow a name to be."""
        return self.key.replace(".", "_")


def load() -> dict[str, Any]:
    """The whole definition."""
    return tomllib.loads(DEFINITION.read_text("utf-8"))


def groups(definition: dict[str, Any]) -> dict[str, str]:
    """The pages of the settings window, each with its title; policies keep to them."""
    return dict(definition["groups"])


def settings(definition: dict[str, Any]) -> list[Setting]:
    """What an organisation may decide, in the order of the definition."""
    return [_setting(key, entry) for key, entry in _entries(definition) if entry["manageable"]]


def _entries(table: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entry in table.items():
        if name in ("groups", "units") or not isinstance(entry, dict):
            continue
        if "type" in entry:
            yield prefix + name, entry
        else:
            yield from _entries(entry, f"{prefix}{name}.")


def _setting(key: str, entry: dict[str, Any]) -> Setting:
    refused = entry.get("managed_not", ())
    return Setting(
        key,
        entry["type"],
        entry["default"],
        entry["title"],
        entry["help"],
        entry["group"],
        low=entry.get("min", 0),
        high=entry.get("max", 0),
        unit=entry.get("unit", ""),
        length=entry.get("max_length", 0),
        format=entry.get("format", ""),
        choices=tuple(pair for pair in entry.get("choices", {}).items() if pair[0] not in refused),
        also=tuple(entry.get("managed_also", ())),
        recommendable=not entry.get("managed_only", False),
    )


def speaker(language: str) -> Say:
    """How a sentence is said in one of `LANGUAGES`; raises `ValueError` for one that has no translation."""
    if language == "en":
        return lambda sentence: sentence
    with (LOCALE / language / "LC_MESSAGES" / "tray_agent.mo").open("rb") as file:
        known = gettext.GNUTranslations(file)

    def say(sentence: str) -> str:
        said = OWN_WORDS.get(sentence, {}).get(language)
        return said or known.gettext(sentence)

    return say


OWN_WORDS: dict[str, dict[str, str]] = {
    "Tray Agent": {"de": "Tray Agent", "fr": "Tray Agent"},
    "Tray Agent: where people start from (they may change it)": {
        "de": "Tray Agent: Ausgangswerte (jede Person darf sie ändern)",
        "fr": "Tray Agent : valeurs de départ (chacun peut les changer)",
    },
    "Tray Agent 0.1 or later": {
        "de": "Tray Agent 0.1 oder neuer",
        "fr": "Tray Agent 0.1 ou plus récent",
    },
    "Without a policy: {value}.": {
        "de": "Ohne Richtlinie: {value}.",
        "fr": "Sans stratégie : {value}.",
    },
    "From {low} to {high}.": {"de": "Von {low} bis {high}.", "fr": "De {low} à {high}."},
    "{value} is possible too.": {
        "de": "{value} ist ebenfalls möglich.",
        "fr": "{value} est également possible.",
    },
    "One entry a line, such as {example}.": {
        "de": "Ein Eintrag je Zeile, zum Beispiel {example}.",
        "fr": "Une entrée par ligne, par exemple {example}.",
    },
    "People may change it.": {"de": "Jede Person darf es ändern.", "fr": "Chacun peut le changer."},
    "nothing": {"de": "nichts", "fr": "rien"},
    "yes": {"de": "ja", "fr": "oui"},
    "no": {"de": "nein", "fr": "non"},
}
"""What only policy editors say; the rest is said by the program too, and translated with it."""

EXAMPLES = {"hours_range": "mon-fri 08:00-18:00", "date_range": "2026-12-24..2027-01-01"}
"""An entry of each format of a list."""


def in_words(setting: Setting, say: Say) -> str:
    """The default as an administrator reads it."""
    value = setting.default
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, list):
        return ", ".join(value) or say("nothing")
    words = dict(setting.choices).get(str(value))
    return say(words) if words else str(value) or say("nothing")


def explained(setting: Setting, say: Say, *, recommended: bool = False) -> str:
    """What a policy does, what it may hold and what holds without it."""
    lines = [say(setting.help)]
    if setting.kind == "int":
        lines.append(say("From {low} to {high}.").format(low=setting.low, high=setting.high))
        lines += [say("{value} is possible too.").format(value=value) for value in setting.also]
    if setting.kind == "list":
        example = EXAMPLES[setting.format]
        lines.append(say("One entry a line, such as {example}.").format(example=example))
    lines.append(say("Without a policy: {value}.").format(value=in_words(setting, say)))
    if recommended:
        lines.append(say("People may change it."))
    return "\n".join(lines)
