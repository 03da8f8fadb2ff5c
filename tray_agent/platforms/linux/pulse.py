"""The sound server as sensors see it: whether some program records from a microphone, or plays.

One connection serves all who follow, and there is none while nobody does.  The server's events say
when to ask again, so nothing runs while no stream begins, stands still or ends.  A server that went
away is found again when its door appears, a second after it was lost, or at the next look.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import partial

from msgspec import Struct, field

from tray_agent.platforms.linux.inotify import FolderWatch
from tray_agent.platforms.linux.pulse_tags import (
    NOWHERE,
    Command,
    Reader,
    Stream,
    is_monitor,
    number,
    playbacks,
    recordings,
)
from tray_agent.platforms.linux.pulse_wire import ANSWER_TIMEOUT_S, SILENT, PulseWire, server_door
from tray_agent.ports import Health, Loop, State, Timer, Unavailable

LOOK_S = 0.8
"""Patience with an answer before a look is answered with what is known."""

SETTLE_S = 0.2
"""The events of this time are answered by one question: a call begins with several."""

AGAIN_S = 1.0
"""From a loss, or from a change at the door, to the one try that follows."""

Heard = Callable[[bool | None], object]
Stop = Callable[[], None]


class Sound(Enum):
    """What can be followed, by the number of its kind in the server's events."""

    PLAYED = 2
    RECORDED = 3


class _Ear(Struct, eq=False):
    """Somebody who follows one kind of sound; `question` counts what was asked, the last alone matters."""

    sound: Sound
    heard: Heard
    known: bool | None = None
    question: int = 0
    timers: dict[str, Timer] = field(default_factory=dict)

    def forget(self, *names: str) -> None:
        """Cancel these timers."""
        for name in names:
            if timer := self.timers.pop(name, None):
                timer.cancel()


class Pulse:
    """The connection that is shared; `state` and `reason` say how it is doing."""

    name = "pulse"

    def __init__(self, loop: Loop) -> None:
        self.state = State.OFF
        self.reason: str | None = None
        self._loop = loop
        self._ears: dict[Sound, _Ear] = {}
        self._wire: PulseWire | None = None
        self._open: PulseWire | None = None  # the same, once logged in
        self._missed = State.ABSENT
        self._answered = False
        self._door: FolderWatch | None = None
        self._retry: Timer | None = None

    def follow(self, sound: Sound, heard: Heard) -> Stop:
        """Call `heard` with each answer from now on: whether there is such sound; None, it cannot be known.

        One at a time can follow a kind of sound.
        """
        ear = self._ears[sound] = _Ear(sound, heard)
        if self._open is not None:
            self._subscribe(self._open)
            self._ask(ear, self._open)
        else:
            self._connect()

        def stop() -> None:
            if self._ears.get(sound) is ear:
                self._unfollow(ear)

        return stop

    def look(self, sound: Sound) -> None:
        """Ask now; `heard` is called within a second, if need be with what was known before."""
        ear = self._ears.get(sound)
        if ear is None:
            return
        ear.forget("late")
        ear.timers["late"] = self._loop.call_later(LOOK_S, lambda: self._late(ear))
        if self._open is not None:
            self._ask(ear, self._open)
        else:
            self._connect()

    def health(self, name: str, value: str | None) -> Health:
        """The health of a sensor that lives on this connection."""
        return Health(name, self.state, self.name, self.reason, value)

    def close(self) -> None:
        """Leave the server; nobody hears anything any more."""
        for ear in tuple(self._ears.values()):
            self._unfollow(ear)

    def _unfollow(self, ear: _Ear) -> None:
        ear.forget(*ear.timers)
        ear.question += 1
        del self._ears[ear.sound]
        if self._ears:
            if self._open is not None:
                self._subscribe(self._open)
            return
        self._watch_no_door()
        if self._wire is not None:
            self._wire.close()
        self._wire = self._open = None
        self.state, self.reason, self._missed = State.OFF, None, State.ABSENT

    def _connect(self) -> None:
        if self._wire is not None or not self._ears:
            return
        try:
            wire = PulseWire(
                self._loop,
                server_door(),
                lambda: self._opened(wire),
                self._event,
                lambda state, reason: self._lost(wire, state, reason),
            )
        except Unavailable as why:
            self.state, self.reason = self._missed, str(why)
            self._watch_the_door()
            self._loop.call_soon(self._tell_nothing)
        else:
            self._wire = wire

    def _opened(self, wire: PulseWire) -> None:
        self._open = wire
        self.state, self.reason, self._missed = State.OK, None, State.LOST
        self._watch_no_door()
        self._subscribe(wire)
        for ear in self._ears.values():
            self._ask(ear, wire)

    def _lost(self, wire: PulseWire, state: State, reason: str) -> None:
        if wire is not self._wire:
            return
        self._wire = self._open = None
        self.state, self.reason = state, reason
        self._watch_the_door()
        if self._answered:  # one that never answers is left to its door and to looks
            self._answered = False
            self._try_soon()
        self._tell_nothing()

    def _tell_nothing(self) -> None:
        if self._wire is None:
            for ear in tuple(self._ears.values()):
                ear.forget(*ear.timers)
                ear.known = None
                ear.heard(None)

    def _watch_the_door(self) -> None:
        if self._door is None:
            try:
                self._door = FolderWatch(self._loop, server_door().parent, self._try_soon)
            except Unavailable:
                pass  # then a look has to find it

    def _watch_no_door(self) -> None:
        if self._retry is not None:
            self._retry.cancel()
        if self._door is not None:
            self._door.close()
        self._retry = self._door = None

    def _try_soon(self) -> None:
        """Try once, a little later: a door is there a moment before anybody listens at it."""
        if self._retry is None:
            self._retry = self._loop.call_later(AGAIN_S, self._try)

    def _try(self) -> None:
        self._retry = None
        self._connect()

    def _subscribe(self, wire: PulseWire) -> None:
        mask = sum(1 << sound.value for sound in self._ears)
        wire.ask(Command.SUBSCRIBE, number(mask), lambda _: None, wire.refused)

    def _event(self, about: int) -> None:
        for sound, ear in self._ears.items():
            if about & 0x0F == sound.value and "settle" not in ear.timers:
                ear.timers["settle"] = self._loop.call_later(SETTLE_S, partial(self._settled, ear))

    def _settled(self, ear: _Ear) -> None:
        ear.forget("settle")
        if self._open is not None:
            self._ask(ear, self._open)

    def _ask(self, ear: _Ear, wire: PulseWire) -> None:
        ear.question += 1
        mine = ear.question
        if "silent" not in ear.timers:
            ear.timers["silent"] = self._loop.call_later(ANSWER_TIMEOUT_S, lambda: wire.give_up(SILENT))

        def listed(answer: Reader) -> None:
            played = ear.sound is Sound.PLAYED
            streams = tuple((playbacks if played else recordings)(answer))
            if mine != ear.question:
                return
            if played:
                self._conclude(ear, any(stream.used for stream in streams))
            else:
                self._find_a_microphone(ear, wire, _devices(streams))

        lists = (Command.GET_SINK_INPUT_INFO_LIST, Command.GET_SOURCE_OUTPUT_INFO_LIST)
        wire.ask(lists[ear.sound is Sound.RECORDED], b"", listed, wire.refused)

    def _find_a_microphone(self, ear: _Ear, wire: PulseWire, devices: set[int]) -> None:
        """Whether one of these sources is no monitor: the server is asked for each until one is found."""
        if not devices:
            self._conclude(ear, False)
            return
        mine = ear.question

        def go_on(found: bool) -> None:
            if mine == ear.question:
                if found:
                    self._conclude(ear, True)
                else:
                    self._find_a_microphone(ear, wire, devices)

        question = number(devices.pop()) + b"N"  # by its number, without a name
        wire.ask(
            Command.GET_SOURCE_INFO,
            question,
            lambda answer: go_on(not is_monitor(answer)),
            lambda _code: go_on(False),
        )

    def _conclude(self, ear: _Ear, there_is: bool) -> None:
        ear.forget("late", "silent")
        ear.known, self._answered = there_is, True
        self.state, self.reason = State.OK, None
        ear.heard(there_is)

    def _late(self, ear: _Ear) -> None:
        ear.forget("late")
        self.state, self.reason = State.DEGRADED, SILENT
        ear.heard(ear.known)


def _devices(streams: tuple[Stream, ...]) -> set[int]:
    return {stream.device for stream in streams if stream.used} - {NOWHERE}
