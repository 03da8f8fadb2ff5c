"""The words people see: every visible sentence passes through `_`, so that it can be translated."""

from __future__ import annotations

import gettext
from pathlib import Path

_EXACT_UP_TO_MIN = 10
_STEP_MIN = 5
_HOUR_MIN = 60
_IN_MINUTES_UP_TO = 120

_catalogue = gettext.translation("tray_agent", Path(__file__).parents[1] / "locale", fallback=True)


def _(sentence: str) -> str:
    """The sentence in the person's language, or as it stands where nobody has translated it."""
    return _catalogue.gettext(sentence)


def N_(sentence: str) -> str:  # noqa: N802 - the name every extractor of sentences knows
    """The sentence itself, marked as one that `_` will be asked for later."""
    return sentence


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the sentence that fits the count `n`."""
    return _catalogue.ngettext(one, many, n)


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
