"""Whether a player that can show videos is playing (MPRIS 2).

Only the status is asked for, and of the kinds of files it takes whether any is a video: music holds
nobody on a chair.  Browsers list no kinds; they keep the display awake by themselves.  A player of
both that plays music counts as well.  What is played (Metadata) and by whom (Identity) is never asked
for, and of the announcements of players that are for music nothing is heard.  Names on the bus serve
as addresses, and to know the one oddity below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jeepney import DBusAddress, MatchRule, Message, Properties, message_bus

from tray_agent.core.model import Signal
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.bus_question import BusQuestion, property_of
from tray_agent.platforms.linux.messages import THE_BUS, Body
from tray_agent.platforms.linux.survey import Survey
from tray_agent.ports import Health, Loop, State

PLAYERS, PATH = "org.mpris.MediaPlayer2", "/org/mpris/MediaPlayer2"
STAND_IN = f"{PLAYERS}.playerctld"
"""Speaks for whichever player was used last, which is there under its own name."""

UNDERSTATED = f"{PLAYERS}.mpv"
"""Its plugin (mpv-mpris 0.7) lists two kinds of sound, whatever mpv can show."""


def _is_playing(variant: Any) -> bool | None:
    kind, value = variant
    return bool(value == "Playing") if kind == "s" else None


STATUS = property_of("mpris", PATH, f"{PLAYERS}.Player", "PlaybackStatus", _is_playing)


class VideoPlayer:
    """Keeps `ports.ContextSensor`."""

    name = "player"
    signal = Signal.MEDIA

    def __init__(self, loop: Loop, bus: Bus, told: Callable[[bool | None], object]) -> None:
        self._bus = bus
        self._survey = Survey(loop, told)
        self._strangers: dict[str, str] = {}
        self._players: dict[str, BusQuestion] = {}
        rule = MatchRule(type="signal", sender=THE_BUS, interface=THE_BUS, member="NameOwnerChanged")
        rule.add_arg_condition(0, PLAYERS, "namespace")
        self._stops = [bus.match(rule, self._owner_changed, "sss"), bus.follow(self._connection)]
        self._connection(bus.connected)

    def look(self) -> None:
        """Ask every player of videos, and whoever has not said yet whether it is one."""
        for name, owner in tuple(self._strangers.items()):
            self._meet(name, owner)
        self._survey.look()

    def health(self) -> Health:
        """What is known of the players that are there."""
        if not self._bus.connected:
            return Health(self.name, State.LOST, None, f"no message bus: {self._bus.reason}")
        nobody_plays = Health(self.name, State.OK, "mpris", "no player of videos is running", "off")
        return self._survey.health(self.name, nobody_plays)

    def close(self) -> None:
        """Let go of the bus; safe to call twice."""
        stops, self._stops = self._stops, []
        for stop in stops:
            stop()
        self._strangers.clear()
        self._survey.close()

    def _connection(self, connected: bool) -> None:
        for name in (*self._strangers, *self._players):
            self._gone(name)
        self._survey.assume(False if connected else None)
        if connected:
            self._bus.call(message_bus.ListNames(), self._listed, signature="as")

    def _listed(self, body: Body) -> None:
        for name in body[0]:
            if name.startswith(f"{PLAYERS}."):
                self._ask_owner(name)

    def _ask_owner(self, name: str) -> None:
        question = message_bus.GetNameOwner(name)
        self._bus.call(question, lambda body: self._here(name, body[0]), signature="s")

    def _owner_changed(self, signal: Message) -> None:
        name, _before, owner = signal.body
        self._gone(name)
        if owner:
            self._here(name, owner)

    def _here(self, name: str, owner: str) -> None:
        known = name in self._players or self._strangers.get(name) == owner
        if name != STAND_IN and not known:
            self._strangers[name] = owner
            self._meet(name, owner)

    def _gone(self, name: str) -> None:
        self._strangers.pop(name, None)
        if player := self._players.pop(name, None):
            self._survey.drop(player)

    def _meet(self, name: str, owner: str) -> None:
        address = DBusAddress(PATH, owner, PLAYERS)

        def said(body: Body) -> None:
            self._met(name, owner, body[0])

        # Who does not answer is asked again at the next look.
        self._bus.call(Properties(address).get("SupportedMimeTypes"), said, signature="v")

    def _met(self, name: str, owner: str, kinds: Any) -> None:
        if self._strangers.get(name) != owner:
            return
        del self._strangers[name]
        if _shows_videos(kinds) or name == UNDERSTATED or name.startswith(f"{UNDERSTATED}."):
            player = self._players[name] = BusQuestion(self._bus, STATUS, owner)
            self._survey.add(player)


def _shows_videos(kinds: Any) -> bool:
    signature, listed = kinds
    return signature == "as" and any(kind.startswith("video/") for kind in listed)
