"""What helps on Linux where a part is not well, in the words of its desktops."""

from __future__ import annotations

from tray_agent.ports import Advice, State
from tray_agent.shell.words import N_, _

_BY_REASON: tuple[tuple[str, str, str], ...] = (
    (
        "tray",
        "no message bus",
        N_("The icon needs the session's message bus: log out and in again if it does not come back."),
    ),
    (
        "notifier",
        "no message bus",
        N_("Notes need the session's message bus: log out and in again if it does not come back."),
    ),
    (
        "notifier",
        "buttons",
        N_("Answer prompts in the icon's menu, or use a notification service with buttons, such as dunst."),
    ),
    (
        "counter",
        "DISPLAY is not set",
        N_("Start Tray Agent from within your desktop, so that it knows your screen."),
    ),
    (
        "counter",
        "no X server answers",
        N_("Start Tray Agent from within your desktop, so that it knows your screen."),
    ),
    (
        "counter",
        "XWayland",
        N_("This Wayland desktop tells programs nothing about idle time; log in to an X11 session."),
    ),
    ("pynput", "XWayland", N_("Under Wayland the idle counter alone notices input; nothing is missing.")),
    ("counter", "libxcb", N_("Install libxcb, the package libxcb1 or libxcb.")),
)

_NO_SERVICE = N_("Start a notification service, such as dunst or xfce4-notifyd; until then the icon asks.")

_BY_STATE = {
    ("tray", State.LOST): N_("Restart the panel; the icon comes back by itself."),
    ("tray", State.DENIED): N_("Allow tray icons in the settings of your desktop."),
    ("tray", State.DEGRADED): N_("Restart the panel if the icon stays away."),
    ("notifier", State.ABSENT): _NO_SERVICE,
    ("notifier", State.LOST): _NO_SERVICE,
    ("notifier", State.DENIED): N_("Allow Tray Agent's notifications in the settings of your desktop."),
    ("notifier", State.DEGRADED): N_("Restart the notification service; until it answers the icon asks."),
    ("autostart", State.ABSENT): N_("Add tray-agent run to what your desktop starts when you log in."),
}

_PANELS = {
    "XFCE": "Status Tray Plugin",
    "MATE": "Notification Area",
    "LXQT": "Status Notifier Plugin",
    "LXDE": "System Tray",
    "BUDGIE": "System Tray",
    "X-CINNAMON": "XApp Status Applet",
    "KDE": "System Tray",
}
"""What the panel of a desktop calls its tray, as its own dialogue spells it."""


def advice(desktop: str) -> Advice:
    """For the desktop that XDG_CURRENT_DESKTOP calls so; its panel is named in the language spoken now."""
    return Advice(_BY_REASON, {**_BY_STATE, ("tray", State.ABSENT): _tray_hint(desktop)})


def _tray_hint(desktop: str) -> str:
    """What to do to see the icon, in two sentences."""
    meanwhile = _("Without it, you find Tray Agent in the applications menu.")
    return f"{_how(desktop)} {meanwhile}"


def _how(desktop: str) -> str:
    names = [name.strip().upper() for name in desktop.split(":")]
    if "GNOME" in names:
        return _(
            "To see its icon, install the GNOME extension “AppIndicator and KStatusNotifierItem Support”."
        )
    if panel := next((_PANELS[name] for name in names if name in _PANELS), None):
        return _("To see its icon, add “{name}” to your panel.").format(name=panel)
    return _(
        "To see its icon, start a tray with your session, such as trayer, stalonetray or a bar with a tray."
    )
