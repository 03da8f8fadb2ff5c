"""`Activity` over the sensors of a real X server, with a real person."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from functools import cached_property

import pytest

from tests.support.person import Person
from tests.support.turning import turn_for, turn_until
from tests.support.xserver import XServer, xserver
from tray_agent.core.events import Event, Input, SensorFound, SensorLost
from tray_agent.platforms.linux.xidle import XSyncIdle
from tray_agent.platforms.linux.xrecord import PynputListener
from tray_agent.ports import Health, State
from tray_agent.shell.activity import Activity, Source
from tray_agent.shell.loop import SelectorLoop

SPEED = 60.0
"""Half a second of life is the coarse pause of 30 s."""


class RealDesk:
    """An `Activity` on a real X server with a real person."""

    def __init__(self, server: XServer, source: Source) -> None:
        self.server = server
        self.loop = SelectorLoop()
        self.events: list[Event] = []
        self.reset_screen_saver()  # the counter starts from zero
        self.activity = Activity(
            self.loop,
            source,
            lambda lost: XSyncIdle(self.loop, lost),
            lambda lost: PynputListener(self.loop, lost),
            self.events.append,
            now=lambda: time.monotonic() * SPEED,
            speed=SPEED,
        )
        self.activity.start()

    @cached_property
    def person(self) -> Person:
        return Person(self.server.display)

    def until(self, event: type[Event], **wanted: object) -> None:
        """Turn until such an event comes; forget it and those before it."""

        def come() -> bool:
            return any(
                isinstance(each, event)
                and all(getattr(each, name) == value for name, value in wanted.items())
                for each in self.events
            )

        turn_until(self.loop, come, f"{event.__name__} with {wanted}")
        self.events.clear()

    def reset_screen_saver(self) -> None:
        subprocess.run(["xset", "-display", self.server.display, "s", "reset"], check=True)

    def close(self) -> None:
        self.activity.close()
        self.loop.close()
        if "person" in vars(self):
            self.person.leave()


def real_desk(source: Source, monkeypatch: pytest.MonkeyPatch, *options: str) -> Iterator[RealDesk]:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("XDG_SESSION_TYPE", raising=False)
    with xserver(*options) as server:
        monkeypatch.setenv("DISPLAY", server.display)
        with closing(RealDesk(server, source)) as desk:
            yield desk


@pytest.fixture
def with_record(monkeypatch: pytest.MonkeyPatch) -> Iterator[RealDesk]:
    yield from real_desk(Source.AUTO, monkeypatch)


# A server that is told to leave out RECORD leaves out XTEST with it: nobody can type there.
@pytest.fixture
def without_record(monkeypatch: pytest.MonkeyPatch) -> Iterator[RealDesk]:
    yield from real_desk(Source.AUTO, monkeypatch, "-extension", "RECORD")


@pytest.fixture(params=list(Source))
def any_source(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[RealDesk]:
    yield from real_desk(request.param, monkeypatch)


def test_real_input_is_told_by_every_source(any_source: RealDesk) -> None:
    any_source.until(SensorFound)
    turn_for(any_source.loop, 1.0)
    any_source.events.clear()
    any_source.person.type()
    any_source.until(Input, age=0.0)
    idle = any_source.activity.idle_s()
    assert idle is not None
    assert idle < SPEED


def test_with_record_a_screen_saver_reset_is_not_taken_for_a_person(with_record: RealDesk) -> None:
    with_record.until(Input, ongoing=True)
    with_record.until(Input, ongoing=False)
    before = with_record.activity.idle_s()
    with_record.reset_screen_saver()
    turn_for(with_record.loop, 2.5)
    assert with_record.events == []
    after = with_record.activity.idle_s()
    assert before is not None
    assert after is not None
    assert after - before >= 2.5 * SPEED
    assert all(health.state is State.OK for health in with_record.activity.health())
    with_record.person.move()
    with_record.until(Input, age=0.0)


def test_without_record_the_counter_alone_is_taken_in_and_health_says_so(without_record: RealDesk) -> None:
    assert without_record.activity.health() == [
        Health("counter", State.OK, "xsync"),
        Health("pynput", State.ABSENT, None, "the X server has no RECORD"),
    ]
    without_record.until(Input, ongoing=False)
    without_record.reset_screen_saver()
    without_record.until(Input, ongoing=True)


def test_a_server_that_dies_is_a_lost_sensor_and_no_more(any_source: RealDesk) -> None:
    any_source.until(SensorFound)
    any_source.server.kill()
    any_source.until(SensorLost)
    assert State.OK not in [health.state for health in any_source.activity.health()]
    turn_for(any_source.loop, 0.3)
    assert any_source.events == []
