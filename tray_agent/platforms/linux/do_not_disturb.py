"""Whether the desktop is told not to disturb, as its notification service knows.

Whoever owns org.freedesktop.Notifications is the one that counts; it is asked who it is, and by that
how it can be asked.  A service that starts anew or gives way to another is followed.  Nothing of ours
ever sets do-not-disturb, so what is found is always the person's or the desktop's own doing.
"""

from __future__ import annotations

from collections.abc import Callable

from jeepney import DBusAddress

from tray_agent.core.model import Signal
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.bus_question import BusQuestion
from tray_agent.platforms.linux.gsettings import SettingsSwitch, Switch
from tray_agent.platforms.linux.messages import Body, Refusal, method
from tray_agent.platforms.linux.quiet_services import NOTES, NOTES_PATH, XFCONF, quiet_switch
from tray_agent.platforms.linux.survey import Source, Survey
from tray_agent.ports import Health, Loop, State


class DoNotDisturb:
    """Keeps `ports.ContextSensor`."""

    name = "do_not_disturb"
    signal = Signal.DND

    def __init__(self, loop: Loop, bus: Bus, told: Callable[[bool | None], object]) -> None:
        self._loop = loop
        self._bus = bus
        self._survey = Survey(loop, told)
        self._source: Source | None = None
        self._owner: str | None = None
        self._meeting = False
        self._stop = bus.watch_name(NOTES, self._owned_by)

    def look(self) -> None:
        """Ask the service; one that has not introduced itself is asked for that once more."""
        self._meet()
        self._survey.look()

    def health(self) -> Health:
        """Which service tells, or why none does."""
        if not self._bus.connected:
            return self._without(State.LOST, f"no message bus: {self._bus.reason}")
        if self._owner is None:
            return self._without(State.ABSENT, "no notification service is running")
        silent = self._without(State.DEGRADED, "the notification service has not said who it is")
        return self._survey.health(self.name, silent)

    def close(self) -> None:
        """Let go of the bus; safe to call twice."""
        self._stop()
        self._owner = None
        self._survey.close()

    def _without(self, state: State, reason: str) -> Health:
        return Health(self.name, state, None, reason)

    def _owned_by(self, owner: str | None) -> None:
        self._owner, self._meeting = owner, False
        if self._source is not None:
            source, self._source = self._source, None
            self._survey.drop(source)
        self._meet()

    def _meet(self) -> None:
        owner = self._owner
        if owner is None or self._source is not None or self._meeting:
            return
        self._meeting = True
        question = method(DBusAddress(NOTES_PATH, owner, NOTES), "GetServerInformation")
        self._bus.call(
            question,
            lambda body: self._introduced(owner, body),
            lambda refusal: self._did_not(owner, refusal),
            signature="ssss",
        )

    def _introduced(self, owner: str, body: Body) -> None:
        if owner == self._owner:
            self._meeting = False
            self._source = self._source_for(owner, name=body[0], vendor=body[1])
            self._survey.add(self._source)

    def _did_not(self, owner: str, _refusal: Refusal) -> None:
        if owner == self._owner:
            self._meeting = False

    def _source_for(self, owner: str, *, name: str, vendor: str) -> Source:
        switch = quiet_switch(name, vendor)
        if isinstance(switch, Switch):
            return SettingsSwitch(self._loop, self._bus, switch)
        # Xfce's service keeps its switch with Xfconf; every other has it itself.
        return BusQuestion(self._bus, switch, XFCONF if switch.interface == XFCONF else owner)
