"""The words people see: every visible sentence passes through `_`, so that it can be translated.

One language is spoken at a time, by the whole process: that of `speak`, at first the one the environment
asks for; where it asks for none, the one of which `listen_to` heard.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from pathlib import Path

ENGLISH = "en"
"""The language the sentences are written in; it needs no catalogue."""

LOCALE = Path(__file__).parents[1] / "locale"

_REVIEWED = "reviewed by a native speaker"
_EXACT_UP_TO_MIN = 10
_STEP_MIN = 5
_HOUR_MIN = 60
_IN_MINUTES_UP_TO = 120

_spoken = (ENGLISH, gettext.NullTranslations())
_chosen = ""
_told: Callable[[], Sequence[str]] = tuple


def speak(language: str = "") -> None:
    """From now on speak `language`, such as `de` or `pt-BR`; empty means what the system asks for.

    A language nobody has translated to is English.
    """
    global _chosen, _spoken  # noqa: PLW0603 - a sentence is written where nobody could hand it a catalogue
    _chosen = language
    code, file = next(_found(_wished(language)), (ENGLISH, None))
    if file is None:
        _spoken = (ENGLISH, gettext.NullTranslations())
    else:
        with file.open("rb") as catalogue:
            _spoken = (code, gettext.GNUTranslations(catalogue))


def listen_to(languages: Callable[[], Sequence[str]]) -> None:
    """From now on let `languages()` say what the system asks for, the dearest first, where no variable does.

    Some systems keep it elsewhere than in the environment.  Nobody is asked who need not be.
    """
    global _told  # noqa: PLW0603 - as above
    _told = languages
    if not _chosen and not _in_the_environment():
        speak()


def language() -> str:
    """The language that is spoken, such as `en` or `pt_BR`."""
    return _spoken[0]


def chosen() -> str:
    """The language that was asked for; empty when it is the system's choice."""
    return _chosen


def reviewed() -> bool:
    """Whether a native speaker has read the translation; English was written as it is."""
    return language() == ENGLISH or _spoken[1].info().get("language-team") == _REVIEWED


def _wished(language: str) -> Sequence[str]:
    """The languages wished for, the dearest first."""
    return [language] if language else _in_the_environment() or _told()


def _in_the_environment() -> list[str]:
    """Those that the environment asks for, where `gettext` looks; empty where it says nothing."""
    names = (os.environ.get(name) for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))
    found = next((name for name in names if name), "")
    return found.split(":") if found else []


def _found(wished: Sequence[str]) -> Iterator[tuple[str, Path | None]]:
    for name in wished:
        whole = name.replace("-", "_").partition(".")[0].partition("@")[0]
        for code in dict.fromkeys((whole, whole.partition("_")[0])):
            file = LOCALE / code / "LC_MESSAGES" / "tray_agent.mo"
            if code == ENGLISH:
                yield ENGLISH, None
            elif code and file.exists():
                yield code, file


def _(sentence: str) -> str:
    """The sentence in the person's language, or as it stands where nobody has translated it."""
    return _spoken[1].gettext(sentence)


def N_(sentence: str) -> str:  # noqa: N802 - the name every extractor of sentences knows
    """The sentence itself, marked as one that `_` will be asked for later."""
    return sentence


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the sentence that fits the count `n`."""
    return _spoken[1].ngettext(one, many, n)


def in_a_row(words: Iterable[str]) -> str:
    """Words in a row, with the comma of the language; nothing for none."""
    first, *more = [*words] or [""]
    return reduce(lambda row, word: _("{row}, {word}").format(row=row, word=word), more, first)


def about(seconds: float) -> str:
    """A length of time without false precision: minutes, in fives past ten, then hours."""
    if _minutes(seconds) < 1:
        return _("less than a minute")
    return _("about {time}").format(time=duration(seconds))


def duration(seconds: float) -> str:
    """A length of time as short as can be, `35 min` or `2 h 10 min`."""
    minutes = _minutes(seconds)
    if minutes < _IN_MINUTES_UP_TO:
        return _("{n} min").format(n=minutes)
    hours, minutes = divmod(minutes, _HOUR_MIN)
    if not minutes:
        return _("{n} h").format(n=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def _minutes(seconds: float) -> int:
    minutes = round(seconds / 60)
    return minutes if minutes <= _EXACT_UP_TO_MIN else _STEP_MIN * round(minutes / _STEP_MIN)


speak()
