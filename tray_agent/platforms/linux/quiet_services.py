"""How each notification service says that it is told not to disturb.

Known by what the service calls itself; one that is not listed here is asked for the property
`Inhibited`, which came from Plasma and which others have taken up.
"""

from __future__ import annotations

from typing import Any

from tray_agent.platforms.linux.bus_question import PROPERTIES, Hint, Question, boolean, property_of
from tray_agent.platforms.linux.gsettings import Switch

NOTES, NOTES_PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
DUNST, MAKO, SWAYNC = "org.dunstproject.cmd0", "fr.emersion.Mako", "org.erikreider.swaync.cc"
XFCONF, CHANNEL, KEY = "org.xfce.Xfconf", "xfce4-notifyd", "/do-not-disturb"
QUIET_MODES = frozenset({"do-not-disturb", "dnd"})
"""Mako's modes are named by the person; these are the names its manual and most people use."""


def _is_quiet_mode_on(modes: Any) -> bool:
    return not QUIET_MODES.isdisjoint(modes)


INHIBITED = property_of("notification_service", NOTES_PATH, NOTES, "Inhibited", boolean)

SERVICES: dict[str, Question | Switch] = {
    # Plasma says so while the screen is shared or mirrored, too.
    "Plasma": property_of("plasma", NOTES_PATH, NOTES, "Inhibited", boolean),
    "dunst": property_of("dunst", NOTES_PATH, DUNST, "paused", boolean),
    # 1.7 announces no change of mode; its successors do, as of a property.
    "mako": Question(
        "mako",
        "/fr/emersion/Mako",
        MAKO,
        "ListModes",
        "",
        (),
        "as",
        _is_quiet_mode_on,
        (Hint(PROPERTIES, "PropertiesChanged", (MAKO,)),),
    ),
    # `Subscribe` in 0.7 and `SubscribeV2` since announce every change.
    "SwayNotificationCenter": Question(
        "swaync", "/org/erikreider/swaync/cc", SWAYNC, "GetDnd", "", (), "b", bool, (Hint(SWAYNC),)
    ),
    # Xfconf knows nothing of a switch that nobody ever touched.
    "Xfce Notify Daemon": Question(
        "xfce4_notifyd",
        "/org/xfce/Xfconf",
        XFCONF,
        "GetProperty",
        "ss",
        (CHANNEL, KEY),
        "v",
        boolean,
        (Hint(XFCONF, "PropertyChanged", (CHANNEL, KEY)), Hint(XFCONF, "PropertyRemoved", (CHANNEL, KEY))),
        no=frozenset({"org.xfce.Xfconf.Error.PropertyNotFound", "org.xfce.Xfconf.Error.ChannelNotFound"}),
    ),
    "gnome-shell": Switch(
        "gnome_settings",
        "org.gnome.desktop.notifications",
        "/org/gnome/desktop/notifications/",
        "show-banners",
        on=False,
    ),
    "cinnamon": Switch(
        "cinnamon_settings",
        "org.cinnamon.desktop.notifications",
        "/org/cinnamon/desktop/notifications/",
        "display-notifications",
        on=False,
    ),
    "MATE": Switch(
        "mate_settings",
        "org.mate.NotificationDaemon",
        "/org/mate/notification-daemon/",
        "do-not-disturb",
        on=True,
    ),
}

NAMED_BY_VENDOR = "Notification Daemon"
"""What both MATE's service and the old one of GNOME, which has no such switch, call themselves."""


def quiet_switch(name: str, vendor: str) -> Question | Switch:
    """What to ask a service that introduced itself so."""
    return SERVICES.get(vendor if name == NAMED_BY_VENDOR else name, INHIBITED)
