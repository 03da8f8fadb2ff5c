"""The seven things a person can do at any moment of a routine."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt

from tray_agent.shell.words import _
from tray_agent.ui.breaks.break_buttons import Act, Buttons, letter


class Deeds(Protocol):
    """What the buttons do."""

    def stop(self) -> object:
        """Leave."""

    def hurts(self) -> object:
        """This hurts."""

    def too_hard(self) -> object:
        """This is too hard."""

    def back(self) -> object:
        """The step before."""

    def pause(self) -> object:
        """Stop the clock, or let it run on."""

    def skip(self) -> object:
        """The next step."""

    def go_on(self) -> object:
        """Begin the exercise; or it is done."""


class PlayButtons(Buttons):
    """The way out and what is wrong at one end, the way through the routine at the other.

    `mirrored`: people read from the right here, so that is where back is.
    """

    def __init__(self, deeds: Deeds, *, mirrored: bool) -> None:
        back, on = (Qt.Key.Key_Left, "←"), (Qt.Key.Key_Right, "→")
        if mirrored:
            back, on = on, back
        super().__init__(
            near=(
                Act(_("&Stop"), deeds.stop, Qt.Key.Key_Escape, _("Esc"), "aside"),
                Act(_("This &hurts"), deeds.hurts, role="aside"),
                Act(_("&Too hard"), deeds.too_hard, role="aside"),
            ),
            far=(
                Act(_("&Back"), deeds.back, *back),
                Act(_("&Pause"), deeds.pause, Qt.Key.Key_Space, _("Space")),
                Act(_("S&kip step"), deeds.skip, *on),
                Act(_("&Go on"), deeds.go_on, Qt.Key.Key_Return, _("Enter"), "main"),
            ),
        )
        _stop, self._hurts, self._too_hard, _back, self._pause, _skip, self._go_on = self.all

    def show_state(self, *, preparing: bool, paused: bool) -> None:
        """Say what the main button and the pause mean now."""
        self._go_on.say(_("&Go on") if preparing else _("&Done"))
        self._pause.say(_("&Resume") if paused else _("&Pause"))

    def legend(self) -> str:
        """The keys in one line."""
        words = _("Space pauses · Enter goes on · arrows go back and skip · {hard} too hard · {hurts} hurts")
        hard, hurts = (letter(each.text()).upper() for each in (self._too_hard, self._hurts))
        return words.format(hard=hard, hurts=hurts)
