from __future__ import annotations

from tests.support.accessibility_service import accessibility_service
from tests.support.private_bus import PrivateBus
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.bus import Bus
from tray_agent.platforms.linux.screen_reader import ScreenReader
from tray_agent.shell.loop import SelectorLoop


def test_it_follows_the_desktop_without_asking_again(loop: SelectorLoop, daemon: PrivateBus) -> None:
    told: list[bool] = []
    bus = Bus(loop, daemon.address)
    with accessibility_service(daemon.address) as service:
        service.reader(runs=True)
        reader = ScreenReader(bus, told.append)
        turn_until(loop, lambda: reader.runs, "the screen reader")
        service.reader(runs=False)
        turn_until(loop, lambda: not reader.runs, "its end")
        service.reader(runs=True)
        turn_until(loop, lambda: reader.runs, "it to be back")
        assert told == [True, False, True]
    turn_until(loop, lambda: not reader.runs, "the service to be gone")
    assert told == [True, False, True, False]
    bus.close()


def test_a_service_that_comes_later_is_asked_then(loop: SelectorLoop, daemon: PrivateBus) -> None:
    bus = Bus(loop, daemon.address)
    reader = ScreenReader(bus, lambda _runs: None)
    turn_until(loop, lambda: bus.connected, "the bus")
    assert not reader.runs
    with accessibility_service(daemon.address) as service:
        service.reader(runs=True)
        turn_until(loop, lambda: reader.runs, "the screen reader")
    bus.close()


def test_closed_it_hears_nothing(loop: SelectorLoop, daemon: PrivateBus) -> None:
    told: list[bool] = []
    bus = Bus(loop, daemon.address)
    with accessibility_service(daemon.address) as service:
        reader = ScreenReader(bus, told.append)
        turn_until(loop, lambda: bus.connected, "the bus")
        turn_for(loop, 0.1)
        reader.close()
        service.reader(runs=True)
        turn_for(loop, 0.1)
        assert not told
    bus.close()
