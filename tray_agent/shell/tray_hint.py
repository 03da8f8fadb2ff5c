"""How to get a tray, for a desktop that has none."""

from __future__ import annotations

from tray_agent.shell.words import _

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


def tray_hint(desktop: str) -> str:
    """What to do on `desktop` (the value of XDG_CURRENT_DESKTOP) to see the icon, in two sentences."""
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
