"""The words people see: every visible sentence passes through `_`, so that it can be translated."""

from __future__ import annotations

import gettext
from pathlib import Path

_catalogue = gettext.translation("tray_agent", Path(__file__).parents[1] / "locale", fallback=True)


def _(sentence: str) -> str:
    """The sentence in the person's language, or as it stands where nobody has translated it."""
    return _catalogue.gettext(sentence)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of the sentence that fits the count `n`."""
    return _catalogue.ngettext(one, many, n)
