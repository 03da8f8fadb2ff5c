"""A world that takes down what the agent does to it, and clocks that follow a fake loop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.support.fake_loop import FakeLoop, FakeTimer
from tray_agent.core.events import Event, Input, SensorFound
from tray_agent.core.model import Signal
from tray_agent.ports import Clocks, Face, Health, Note, State


class FakeMachine:
    """Clocks that run with the loop, sleep when told and can be set."""

    def __init__(self, loop: FakeLoop, wall: float) -> None:
        self._loop = loop
        self.wall = wall
        self.slept = 0.0

    def read(self) -> Clocks:
        awake = 10_000.0 + self._loop.time
        return Clocks("this-boot", awake + self.slept, awake, self.wall + self._loop.time + self.slept)


class FakeAlarms:
    """The alarm clock's face over a fake loop."""

    def __init__(self, loop: FakeLoop) -> None:
        self._loop = loop
        self._timers: dict[str, FakeTimer] = {}
        self.rearmed = 0

    def set(self, name: str, in_s: float, post: Callable[[], object]) -> None:
        self.clear(name)
        self._timers[name] = self._loop.call_later(in_s, post)

    def every(self, name: str, seconds: float, post: Callable[[], object]) -> None:
        def ring() -> None:
            self.set(name, seconds, ring)
            post()

        self.set(name, seconds, ring)

    def daily(self, name: str, hour: int, minute: int, post: Callable[[], object]) -> None:
        pass

    def clear(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    def rearm(self) -> None:
        self.rearmed += 1

    def close(self) -> None:
        for name in tuple(self._timers):
            self.clear(name)


@dataclass
class FakeTray:
    """Keeps the faces it was shown."""

    faces: list[Face] = field(default_factory=list)
    closed: bool = False
    healthy: Health = Health("tray", State.OK, "fake")

    def show(self, face: Face) -> None:
        self.faces.append(face)

    def health(self) -> Health:
        return self.healthy

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeNotifier:
    """Shows one note at a time; `shown` is the one on the screen."""

    shown: Note | None = None
    notes: list[Note] = field(default_factory=list)
    healthy: Health = Health("notifier", State.OK, "fake")

    def show(self, note: Note) -> None:
        self.shown = note
        self.notes.append(note)

    def withdraw(self) -> None:
        self.shown = None

    def health(self) -> Health:
        return self.healthy

    def close(self) -> None:
        self.shown = None


class FakeSensor:
    """Answers a look with `on`, at once or never."""

    def __init__(self, name: str, told: Callable[[bool | None], object], signal: Signal) -> None:
        self.name = name
        self.signal = signal
        self.tell = told
        self.on: bool | None = False
        self.answers = True
        self.looks = 0
        self.closed = False

    def look(self) -> None:
        self.looks += 1
        if self.answers:
            self.tell(self.on)

    def health(self) -> Health:
        value = None if self.on is None else "on" if self.on else "off"
        return Health(self.name, State.OK, "fake", value=value)

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeWindows:
    """Opens windows that say what a test makes them say; `brief` and `said` are the last one's."""

    brief: dict[str, Any] | None = None
    said: Callable[[dict[str, Any]], object] | None = None
    open_now: dict[str, dict[str, Any]] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)

    def open(self, name: str, brief: dict[str, Any], said: Callable[[dict[str, Any]], object]) -> None:
        self.brief, self.said = brief, said
        self.open_now[name] = brief

    def say(self, message: dict[str, Any]) -> None:
        """Let the last window say this."""
        assert self.said is not None
        self.said(message)

    def tell(self, name: str, message: dict[str, Any]) -> None:
        self.told.append(message)

    def close(self, name: str) -> None:
        self.brief = self.said = None
        self.open_now.pop(name, None)

    def health(self) -> Health:
        return Health("windows", State.OK, "fake")


class FakeActivity:
    """Input as a test wants it; `start` finds a sensor and a person at the desk."""

    def __init__(self, emit: Callable[[Event], object]) -> None:
        self._emit = emit
        self.idle: float | None = 0.0
        self.fine_s: float | None = None

    def start(self) -> None:
        self._emit(SensorFound())
        self._emit(Input(ongoing=True))

    def watch(self, fine_s: float | None) -> None:
        self.fine_s = fine_s

    def idle_s(self) -> float | None:
        return self.idle

    def health(self) -> list[Health]:
        return [Health("counter", State.OK, "fake")]

    def close(self) -> None:
        pass
