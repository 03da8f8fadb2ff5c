"""The zone of a machine whose `localtime` is a link in a folder of the test's own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.turning import turn_for, turn_until
from tray_agent.platforms.linux.zone import ZoneWatch
from tray_agent.shell.loop import SelectorLoop

ZONES = Path("/usr/share/zoneinfo")


class Machine:
    """Watched while it is somewhere; `offsets` are those that local time had when it changed."""

    def __init__(self, folder: Path) -> None:
        self.loop = SelectorLoop()
        self.link = folder / "localtime"
        self.moves_to("Europe/Berlin")
        self.offsets: list[timedelta | None] = []
        self.watch = ZoneWatch(self.loop, self._moved, self.link)

    def moves_to(self, zone: str) -> None:
        """As timedated does: another link in place of the old one."""
        fresh = self.link.with_name(".localtime")
        fresh.symlink_to(ZONES / zone)
        fresh.replace(self.link)

    def _moved(self) -> None:
        self.offsets.append(datetime.now().astimezone().utcoffset())

    def notices(self) -> timedelta | None:
        turn_until(self.loop, lambda: self.offsets, "the other zone")
        return self.offsets.pop()

    def close(self) -> None:
        self.watch.close()
        self.watch.close()
        self.loop.close()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An environment without `TZ`, put back for the tests to come."""
    with monkeypatch.context() as patch:
        patch.delenv("TZ", raising=False)
        yield patch
    time.tzset()


@pytest.fixture
def machine(tmp_path: Path, environment: pytest.MonkeyPatch) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.close()


def test_each_move_is_noticed_once(machine: Machine) -> None:
    machine.moves_to("America/New_York")
    machine.notices()
    machine.moves_to("Asia/Kolkata")
    machine.notices()
    turn_for(machine.loop, 0.2)
    assert machine.offsets == []


def test_local_time_is_the_new_one_already(machine: Machine, environment: pytest.MonkeyPatch) -> None:
    # What the library reads on `tzset` cannot be a file of ours, but it can be this.
    environment.setenv("TZ", "Asia/Kolkata")
    machine.moves_to("Asia/Kolkata")
    assert machine.notices() == timedelta(hours=5, minutes=30)


def test_a_zone_that_is_removed_and_written_as_a_file(machine: Machine) -> None:
    machine.link.unlink()
    machine.notices()
    machine.link.write_bytes((ZONES / "Asia/Kolkata").read_bytes())
    machine.notices()


def test_what_else_happens_in_the_folder_is_no_move(machine: Machine) -> None:
    (machine.link.parent / "passwd").write_text("")
    machine.moves_to("Europe/Berlin")
    turn_for(machine.loop, 0.3)
    assert machine.offsets == []


def test_where_the_environment_fixes_the_zone_nothing_is_watched(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("TZ", "Europe/Berlin")
    machine = Machine(tmp_path)
    machine.moves_to("Asia/Kolkata")
    turn_for(machine.loop, 0.3)
    assert machine.offsets == []
    machine.close()
