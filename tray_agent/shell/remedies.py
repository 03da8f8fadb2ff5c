"""What a person can do about a part that is not well: for each one sentence in their own words.

Most parts need nothing but patience, since the agent goes on trying by itself; then the sentence says
what happens meanwhile.  Where the reason tells more than the state, it comes first.
"""

from __future__ import annotations

from dataclasses import dataclass

from tray_agent.ports import Advice, Health, State
from tray_agent.shell.folders import Folders
from tray_agent.shell.tray_hint import tray_hint
from tray_agent.shell.words import N_, _

BY_REASON: tuple[tuple[str, str, str], ...] = (
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
    (
        "pynput",
        "pynput cannot be imported",
        N_("Install pynput, or do without it: tray-agent set activity.source counter."),
    ),
)
"""Name of the part, a clause of its reason, and what to do then."""

BY_STATE: dict[tuple[str, State], str] = {
    ("tray", State.LOST): N_("Restart the panel; the icon comes back by itself."),
    ("tray", State.DENIED): N_("Allow tray icons in the settings of your desktop."),
    ("tray", State.DEGRADED): N_("Restart the panel if the icon stays away."),
    ("notifier", State.ABSENT): N_(
        "Start a notification service, such as dunst or xfce4-notifyd; until then the icon asks."
    ),
    ("notifier", State.LOST): N_(
        "Start a notification service, such as dunst or xfce4-notifyd; until then the icon asks."
    ),
    ("notifier", State.DENIED): N_("Allow Tray Agent's notifications in the settings of your desktop."),
    ("notifier", State.DEGRADED): N_("Restart the notification service; until it answers the icon asks."),
    ("counter", State.ABSENT): N_("As long as pynput notices input, nothing is missing."),
    ("counter", State.LOST): N_("It is tried again twice a minute; restart Tray Agent if it stays lost."),
    ("counter", State.DENIED): N_("Allow Tray Agent to notice input in the privacy settings of your system."),
    ("counter", State.DEGRADED): N_("As long as pynput notices input, nothing is missing."),
    ("pynput", State.ABSENT): N_("As long as the idle counter notices input, little is missing."),
    ("pynput", State.LOST): N_("It is tried again twice a minute; restart Tray Agent if it stays lost."),
    ("pynput", State.DENIED): N_("Allow Tray Agent to notice input in the privacy settings of your system."),
    ("pynput", State.DEGRADED): N_("As long as the idle counter notices input, little is missing."),
    ("windows", State.ABSENT): N_(
        "Install them with pip install 'tray-agent[gui]'; until then notes guide your breaks."
    ),
    ("windows", State.DEGRADED): N_("Open the window once more; until one opens, notes guide your breaks."),
    ("session", State.ABSENT): N_(
        "Lock and sleep are noticed by the idle time alone, which mostly suffices."
    ),
    ("session", State.LOST): N_("Until it is back, lock and sleep are noticed by the idle time alone."),
    ("autostart", State.OFF): N_("To start it with your session: tray-agent autostart on."),
    ("autostart", State.DEGRADED): N_("Set it once more: tray-agent autostart on."),
    ("autostart", State.ABSENT): N_("Add tray-agent run to what your desktop starts when you log in."),
}
"""What to do where the state says enough."""

BY_NAME: dict[str, str] = {
    "microphone": N_("For now calls are noticed by the camera alone; pause by hand before one without it."),
    "camera": N_("For now calls are noticed by the microphone alone."),
    "display_awake": N_("A video may be taken for absence; your word in the menu puts it right."),
    "player": N_("A video may be taken for absence; your word in the menu puts it right."),
    "screen_reader": N_('Switch on "I read, listen or dictate a lot", so that long silences count.'),
    "sharing": N_("Pause by hand before you share your screen: tray-agent pause 1h."),
    "fullscreen": N_("Pause by hand before you present: tray-agent pause 1h."),
    "do_not_disturb": N_("Pause by hand when you want quiet: tray-agent pause 1h."),
}
"""What to do while one thing that goes on around the person cannot be told, for whatever reason."""

ON_DISK = ("snapshot", "history", "log", "settings")
_FULL = ("No space left", "full", "quota", "too large", "disk I/O")

ANYWAY = N_("Restart Tray Agent; if that does not help, look into its log.")


@dataclass(frozen=True, slots=True)
class Remedies:
    """Remedies for one person: where their files lie, the desktop as XDG_CURRENT_DESKTOP has it, and
    what helps on their system alone.
    """

    places: Folders
    desktop: str = ""
    advice: Advice = Advice()

    def of(self, health: Health) -> str | None:
        """What to do about this part; None where nothing is wrong, or it is off because it was to be."""
        if health.state is State.OK:
            return None
        if health.name in ON_DISK:
            return self._on_disk(health)
        for name, clause, sentence in (*self.advice.by_reason, *BY_REASON):
            if name == health.name and clause in (health.reason or ""):
                return _(sentence)
        if (health.name, health.state) == ("tray", State.ABSENT):
            return tray_hint(self.desktop)
        state = health.name, health.state
        by_state = self.advice.by_state.get(state) or BY_STATE.get(state)
        if health.state is State.OFF:
            return by_state and _(by_state)
        return _(by_state or BY_NAME.get(health.name, ANYWAY))

    def _on_disk(self, health: Health) -> str:
        if health.name == "settings":
            folder, then = self.places.settings.parent, _("Until then the settings stay as they are.")
        else:
            folder, then = self.places.state, _("What waits is written then.")
        full = any(sign in (health.reason or "") for sign in _FULL)
        need = _("Free some space on the disk of {folder}.") if full else _("Make {folder} writable for you.")
        return f"{need.format(folder=folder)} {then}"
