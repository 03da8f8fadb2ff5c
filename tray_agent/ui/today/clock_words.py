"""Times, dates and numbers in the manner of the person's own locale.

The digits are those of all our sentences, so that no two kinds stand side by side.
"""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from tray_agent.shell.words import ENGLISH, language


def time_of_day(at_s: float) -> str:
    """The time of day, such as `14:05` or `2:05 PM`."""
    return _time(_local(at_s).time(), _time_format())


def hour(at_s: float) -> str:
    """A full hour as short as the locale has it, such as `14:00` or `2 PM`."""
    form = _time_format()
    return _time(_local(at_s).time(), "h AP" if "a" in form.lower() else form)


def hour_number(at_s: float) -> int:
    """Which hour of the local day it is."""
    return _local(at_s).time().hour()


def hour_began(at_s: float) -> float:
    """When the local hour of that time began: half of them are crooked to UTC somewhere."""
    time = _local(at_s).time()
    return int(at_s) - time.minute() * 60 - time.second()


def long_date(iso: str) -> str:
    """A date with its weekday."""
    locale = _locale()
    form = locale.dateFormat(QLocale.FormatType.LongFormat)
    return _plain(locale.toString(_date(iso), "dddd, d MMMM yyyy" if _is_bare(locale) else form))


def short_date(iso: str) -> str:
    """Day and month, as narrow as can be."""
    return _plain(_locale().toString(_date(iso), "d MMM"))


def count(number: float, decimals: int = 0) -> str:
    """A number with the locale's decimal point."""
    locale = _locale()
    point = locale.decimalPoint() if locale.zeroDigit() == "0" else "."
    return f"{number:.{decimals}f}".replace(".", point)


def _local(at_s: float) -> QDateTime:
    return QDateTime.fromSecsSinceEpoch(int(at_s))


def _date(iso: str) -> QDate:
    return QDate.fromString(iso, "yyyy-MM-dd")


def _time(time: QTime, form: str) -> str:
    return _plain(_locale().toString(time, form))


def _locale() -> QLocale:
    """The system's own where it speaks our language: it knows the person's country, too."""
    system, spoken = QLocale(), QLocale(language())
    bare = _is_bare(system) and language() == ENGLISH
    return system if bare or system.language() is spoken.language() else spoken


def _is_bare(locale: QLocale) -> bool:
    """Whether it is the locale of a system that was told none."""
    return locale.language() is QLocale.Language.C


def _time_format() -> str:
    locale = _locale()
    # The bare locale would show seconds.
    return "HH:mm" if _is_bare(locale) else locale.timeFormat(QLocale.FormatType.ShortFormat)


def _plain(text: str) -> str:
    nought = ord(_locale().zeroDigit())
    return text.translate({nought + digit: str(digit) for digit in range(10)})
