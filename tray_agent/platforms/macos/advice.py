"""What helps on macOS where a part is not well, and where the icon hides when it is.

Settings are called as System Settings calls them in English.
"""

from __future__ import annotations

from tray_agent.ports import Advice, State
from tray_agent.shell.words import N_

_NO_NOTES = N_("Until notes can be shown the icon asks; log out and in again if that lasts.")
_NOT_NEEDED = N_("Nothing is missing: the idle counter tells of input, and needs no permission.")
_LISTENING = N_(
    "Nothing is missing: the idle counter suffices. To allow it all the same:"
    " System Settings > Privacy & Security > Input Monitoring."
)

ADVICE = Advice(
    by_reason=(
        ("counter", "just after a wake", N_("Nothing is to be done: the next real input puts it right.")),
        ("pynput", "switched off", _NOT_NEEDED),
        ("pynput", "does not let it hear", _LISTENING),
        ("pynput", "no event tap", _LISTENING),
        (
            "pynput",
            "Secure Input",
            N_("A field for a password, or a terminal, hides keys; the idle counter notices all meanwhile."),
        ),
        (
            "microphone",
            "cannot be told from one that records",
            N_("Music may look like a call; if that bothers you: tray-agent set sensing.microphone false."),
        ),
        (
            "notifier",
            "bundle",
            N_("Notifications of macOS need the app Tray Agent; without it the icon asks."),
        ),
        (
            "notifier",
            "has not yet said",
            N_("Answer the question of macOS, or allow Tray Agent in System Settings > Notifications."),
        ),
        (
            "notifier",
            "kept off the screen",
            N_("Choose alerts for Tray Agent in System Settings > Notifications; until then a window asks."),
        ),
        (
            "autostart",
            "Login Items",
            N_("Switch Tray Agent on in System Settings > General > Login Items."),
        ),
    ),
    by_state={
        ("tray", State.OK): N_(
            "You find the icon in the menu bar; where that is full, or has a notch, icons go missing:"
            " quit a program whose icon you can spare."
        ),
        ("tray", State.ABSENT): N_("The icon needs the menu bar of a desktop: log in at the screen."),
        ("tray", State.LOST): N_("Quit Tray Agent and open it again; the icon comes back."),
        ("tray", State.DEGRADED): N_("It comes within a moment; open Tray Agent anew if it stays away."),
        ("tray", State.DENIED): N_("Allow Tray Agent in System Settings > Menu Bar."),
        ("notifier", State.DENIED): N_(
            "Allow Tray Agent in System Settings > Notifications; until then a window asks."
        ),
        ("notifier", State.ABSENT): _NO_NOTES,
        ("notifier", State.LOST): _NO_NOTES,
        ("notifier", State.DEGRADED): N_("Answer prompts in the icon's menu."),
        ("pynput", State.DENIED): _LISTENING,
        ("pynput", State.ABSENT): _NOT_NEEDED,
        ("player", State.ABSENT): N_("Nothing is missing: a video keeps the screen awake, which is noticed."),
        ("sharing", State.ABSENT): N_(
            "Calls are noticed anyway; before you share anything else, pause by hand: tray-agent pause 1h."
        ),
        ("do_not_disturb", State.ABSENT): N_(
            "macOS holds notifications back by itself while a Focus is on; for quiet from windows, too:"
            " tray-agent pause 1h."
        ),
        ("autostart", State.DENIED): N_("Switch Tray Agent on in System Settings > General > Login Items."),
    },
)
"""The sentences, to be looked up by `words._`."""
