"""What a person can do about a part that is not well: for each one sentence in their own words.

Here stands what is true on every system; each brings what is true on it alone, which comes first.

Most parts need nothing but patience, since the agent goes on trying by itself; then the sentence says
what happens meanwhile.  Where the reason tells more than the state, it comes first.
"""

from __future__ import annotations

from msgspec import Struct

from tray_agent.ports import Advice, Health, State
from tray_agent.shell.folders import Folders
from tray_agent.shell.words import N_, _

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

_LATE = N_("What it said last stands; it is asked again at the next look.")

BY_REASON: tuple[tuple[str, str, str], ...] = (
    ("notifier", "buttons", N_("Answer prompts in the icon's menu.")),
    (
        "notifier",
        "PySide6",
        N_('Install windows with pip install "tray-agent[gui]"; until then the icon asks.'),
    ),
    (
        "pynput",
        "pynput cannot be imported",
        N_("Install pynput, or do without it: tray-agent set activity.source counter."),
    ),
    *((name, "it did not answer in time", _LATE) for name in BY_NAME),
)
"""Name of the part, a clause of its reason, and what to do then."""

_NO_ICON = N_("Without its icon, use commands, such as tray-agent status or tray-agent break.")
_NO_NOTES = N_("Until notes can be shown, the icon asks.")
_TRIED_AGAIN = N_("It is tried again twice a minute; restart Tray Agent if it stays lost.")
_TO_BE_ALLOWED = N_("Allow Tray Agent to notice input in the privacy settings of your system.")
_PYNPUT_SUFFICES = N_("As long as pynput notices input, nothing is missing.")
_COUNTER_SUFFICES = N_("As long as the idle counter notices input, little is missing.")

BY_STATE: dict[tuple[str, State], str] = {
    ("tray", State.ABSENT): _NO_ICON,
    ("tray", State.LOST): N_("The icon comes back by itself; restart Tray Agent if it does not."),
    ("tray", State.DENIED): N_("Allow Tray Agent's icon in the settings of your system."),
    ("tray", State.DEGRADED): N_("Restart Tray Agent if the icon stays away."),
    ("notifier", State.ABSENT): _NO_NOTES,
    ("notifier", State.LOST): _NO_NOTES,
    ("notifier", State.DENIED): N_("Allow Tray Agent's notifications in the settings of your system."),
    ("notifier", State.DEGRADED): _NO_NOTES,
    ("counter", State.ABSENT): _PYNPUT_SUFFICES,
    ("counter", State.LOST): _TRIED_AGAIN,
    ("counter", State.DENIED): _TO_BE_ALLOWED,
    ("counter", State.DEGRADED): _PYNPUT_SUFFICES,
    ("pynput", State.ABSENT): _COUNTER_SUFFICES,
    ("pynput", State.LOST): _TRIED_AGAIN,
    ("pynput", State.DENIED): _TO_BE_ALLOWED,
    ("pynput", State.DEGRADED): _COUNTER_SUFFICES,
    ("windows", State.ABSENT): N_(
        'Install them with pip install "tray-agent[gui]"; until then notes guide your breaks.'
    ),
    ("windows", State.DEGRADED): N_("Open the window once more; until one opens, notes guide your breaks."),
    ("session", State.ABSENT): N_(
        "Lock and sleep are noticed by the idle time alone, which mostly suffices."
    ),
    ("session", State.LOST): N_("Until it is back, lock and sleep are noticed by the idle time alone."),
    ("session", State.DEGRADED): N_("What it does not tell is noticed by the idle time."),
    ("autostart", State.OFF): N_("To start it with your session: tray-agent autostart on."),
    ("autostart", State.DEGRADED): N_("Set it once more: tray-agent autostart on."),
    ("autostart", State.DENIED): N_("Allow Tray Agent to start in the settings of your system."),
    ("autostart", State.ABSENT): N_("Add tray-agent run to what your system starts when you log in."),
}
"""What to do where the state says enough."""

ON_DISK = ("snapshot", "history", "log", "settings")
_FULL = ("No space left", "full", "quota", "too large", "disk I/O")

ANYWAY = N_("Restart Tray Agent; if that does not help, look into its log.")


class Remedies(Struct, frozen=True):
    """Remedies for one person: where their files lie, and what helps on their system alone."""

    places: Folders
    advice: Advice = Advice()

    def of(self, health: Health) -> str | None:
        """What to do about this part; None where nothing is wrong, or it is off because it was to be.

        Of a part that is well, a system may have something to say as well, such as where its icon hides.
        """
        state = health.name, health.state
        on_this_system = self.advice.by_state.get(state)
        if health.state is State.OK:
            return on_this_system and _(on_this_system)
        if health.name in ON_DISK:
            return self._on_disk(health)
        for name, clause, sentence in (*self.advice.by_reason, *BY_REASON):
            if name == health.name and clause in (health.reason or ""):
                return _(sentence)
        by_state = on_this_system or BY_STATE.get(state)
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
