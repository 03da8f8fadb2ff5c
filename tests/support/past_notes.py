"""What notes said that are gone from the screen by now, as dunst remembers them."""

from __future__ import annotations

from jeepney import new_method_call

from tests.support.desktop import DUNST, Desktop


def past_notes(desktop: Desktop) -> list[str]:
    """Each note's title and, on a line of its own, its text; the latest first."""
    (notes,) = desktop.call(new_method_call(DUNST, "NotificationListHistory"))
    return [f"{note['summary'][1]}\n{note['body'][1]}" for note in notes]
