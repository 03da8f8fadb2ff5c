"""The zone of a machine whose `localtime` is a link in a folder of the test's own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.macos.foundation import NSNotificationCenter, NSSystemTimeZoneDidChangeNotification
from tests.support.macos.played_main import main
from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.macos.zone import ZoneWatch
from tray_agent.shell.loop import SelectorLoop

ZONES = Path("/usr/share/zoneinfo")


class Machine:
    def __init__(self, loop: SelectorLoop, folder: Path) -> None:
        self.loop = loop
        self.link = folder / "localtime"
        self.link.symlink_to(ZONES / "Europe/Berlin")
        self.offsets: list[timedelta | None] = []
        self.watch = ZoneWatch(
            loop, lambda: self.offsets.append(datetime.now().astimezone().utcoffset()), self.link
        )
        main.settle()

    def moves_to(self, zone: str) -> None:
        """Another link, and word of it."""
        self.link.unlink()
        self.link.symlink_to(ZONES / zone)
        name = NSSystemTimeZoneDidChangeNotification
        main.ask(lambda: NSNotificationCenter.defaultCenter().postNotificationName_object_(name, None))


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    with monkeypatch.context() as patch:
        patch.delenv("TZ", raising=False)
        yield patch
    time.tzset()


def test_local_time_is_the_new_one_when_it_is_told(
    loop: SelectorLoop, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    machine = Machine(loop, tmp_path)
    # What the library reads on `tzset` cannot be a file of ours, but it can be this.
    environment.setenv("TZ", "Asia/Kolkata")
    machine.moves_to("Asia/Kolkata")
    turn_until(loop, lambda: machine.offsets, "the other zone")
    assert machine.offsets == [timedelta(hours=5, minutes=30)]
    machine.watch.close()


def test_word_without_a_move_is_none_and_a_closed_watch_is_silent(
    loop: SelectorLoop, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    machine = Machine(loop, tmp_path)
    machine.moves_to("Europe/Berlin")
    turn_for(loop, 0.05)
    machine.watch.close()
    machine.watch.close()
    machine.moves_to("Asia/Kolkata")
    turn_for(loop, 0.05)
    assert machine.offsets == []


def test_where_the_environment_fixes_the_zone_nothing_is_watched(
    loop: SelectorLoop, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("TZ", "Europe/Berlin")
    machine = Machine(loop, tmp_path)
    machine.moves_to("Asia/Kolkata")
    turn_for(loop, 0.05)
    assert machine.offsets == []
    machine.watch.close()
