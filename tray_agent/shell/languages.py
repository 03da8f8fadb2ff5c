"""The languages there are to choose from, each by the name its speakers give it."""

from __future__ import annotations

from tray_agent.shell.words import ENGLISH, LOCALE, _

_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    ENGLISH: "English",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "pt_BR": "Português (Brasil)",
}


def known() -> dict[str, str]:
    """The name of each language by its code; the empty code stands for what the system speaks."""
    translated = {file.parts[-3] for file in LOCALE.glob("*/LC_MESSAGES/tray_agent.mo")}
    names = {code: _NAMES.get(code, code) for code in {ENGLISH, *translated}}
    return {"": _("As the system"), **dict(sorted(names.items(), key=lambda each: each[1].casefold()))}
