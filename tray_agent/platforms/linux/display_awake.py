"""Whether some program keeps the display from sleeping, as players and browsers do while a video runs.

Four things can be asked: logind (`idle` in BlockInhibited), the session manager of GNOME, MATE and
Cinnamon (IsInhibited 8), Plasma's PolicyAgent (HasInhibition 4) and Xfce's power manager (HasInhibit).
None is asked who keeps it awake or why.  What cannot be read by anybody: XScreenSaverSuspend and DPMS
switched off by an X client, a Wayland surface's idle inhibitor under compositors without a service
of their own, and what a screen saver was asked for through org.freedesktop.ScreenSaver.

A program that is meant to keep the display awake all day (caffeine, a presentation mode) says yes all
day: that holds the estimate only for the first 20 minutes after the last input.  The agent itself
never keeps anything awake.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tray_agent.core.model import Signal
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.bus_question import BusQuestion, Hint, Question, property_of
from tray_agent.platforms.linux.survey import Survey
from tray_agent.ports import Health, Loop, State

LOGIND, SESSION = "org.freedesktop.login1", "org.gnome.SessionManager"
PLASMA, XFCE = "org.kde.Solid.PowerManagement.PolicyAgent", "org.xfce.PowerManager"
INHIBIT = "org.freedesktop.PowerManagement.Inhibit"
SESSION_IDLE, SCREEN_SETTINGS = 8, 4


def _blocks_idle(variant: Any) -> bool | None:
    kind, value = variant
    return "idle" in value.split(":") if kind == "s" else None


BY_LOGIND = property_of(
    "logind", "/org/freedesktop/login1", f"{LOGIND}.Manager", "BlockInhibited", _blocks_idle
)
BY_SESSION = {
    SESSION: Question(
        "session_manager",
        "/org/gnome/SessionManager",
        SESSION,
        "IsInhibited",
        "u",
        (SESSION_IDLE,),
        "b",
        bool,
        (Hint(SESSION, "InhibitorAdded"), Hint(SESSION, "InhibitorRemoved")),
    ),
    PLASMA: Question(
        "plasma_power",
        "/org/kde/Solid/PowerManagement/PolicyAgent",
        PLASMA,
        "HasInhibition",
        "u",
        (SCREEN_SETTINGS,),
        "b",
        bool,
        (Hint(PLASMA, "InhibitionsChanged"),),
    ),
    # The interface has a name of its own on the bus, which Plasma owns as well and means otherwise.
    XFCE: Question(
        "xfce4_power_manager",
        "/org/freedesktop/PowerManagement/Inhibit",
        INHIBIT,
        "HasInhibit",
        "",
        (),
        "b",
        bool,
        (Hint(INHIBIT, "HasInhibitChanged"),),
    ),
}


class DisplayAwake:
    """Keeps `ports.ContextSensor`; each service counts while it is there, and none is started."""

    name = "display_awake"
    signal = Signal.MEDIA

    def __init__(self, loop: Loop, bus: Bus, system_bus: Bus, told: Callable[[bool | None], object]) -> None:
        self._bus = bus
        self._survey = Survey(loop, told)
        self._sources: dict[str, BusQuestion] = {}
        asked = [(system_bus, LOGIND, BY_LOGIND), *((bus, *service) for service in BY_SESSION.items())]
        self._stops = [
            where.watch_name(service, partial(self._owned_by, where, question))
            for where, service, question in asked
        ]

    def look(self) -> None:
        """Ask every service that is there."""
        self._survey.look()

    def health(self) -> Health:
        """Which services tell, or why none does."""
        if self._bus.connected:
            reason = "no service here knows whether the display is kept awake"
            return self._survey.health(self.name, Health(self.name, State.ABSENT, None, reason))
        reason = f"no message bus: {self._bus.reason}"
        return self._survey.health(self.name, Health(self.name, State.LOST, None, reason))

    def close(self) -> None:
        """Let go of both buses; safe to call twice."""
        for stop in self._stops:
            stop()
        self._survey.close()

    def _owned_by(self, bus: Bus, question: Question, owner: str | None) -> None:
        if before := self._sources.pop(question.source, None):
            self._survey.drop(before)
        if owner is not None:
            source = self._sources[question.source] = BusQuestion(bus, question, owner)
            self._survey.add(source)
