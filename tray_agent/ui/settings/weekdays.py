"""The days of the week, from Monday, in the person's language."""

from __future__ import annotations

from tray_agent.shell.words import N_, _

_WHOLE = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
_SHORT = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))

DAYS = range(len(_WHOLE))


def whole(day: int) -> str:
    """The name of the day; 0 is Monday."""
    return _(_WHOLE[day])


def short(day: int) -> str:
    """Its short form, for a column or a button."""
    return _(_SHORT[day])
